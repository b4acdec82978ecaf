//! Bands at their very boundaries.
use std::collections::BTreeMap;

use super::*;
use crate::{
    indicator::{CourseCredits, CourseGrade, Suspension, given::*},
    policy::presets,
};

fn preset(name: &str) -> Policy {
    let mut all = presets().into_iter();
    all.find(|(version, _)| version.to_string() == name).expect("a preset").1
}

/// A student whose school has submitted so many days, absent on the first so many of them.
fn absent(days: usize, absent: usize, mark: Mark) -> (StudentYear, Schools, NaiveDate) {
    let first = day("2025-09-01");
    let taught: Vec<_> = first.iter_days().take(days.max(1)).collect();
    let said: BTreeMap<_, _> = taught.iter().map(|&day| (day, true)).collect();
    let school_days = crate::indicator::TeachingDays::new(&[], &said, &[].into());
    let last = taught[days.max(1) - 1];
    let school_days = if days > 0 { school_days.submitted_through(last) } else { school_days };
    let marks = taught.iter().take(absent).map(|&day| crate::indicator::DayMark { day, school: school(), mark });
    let year = StudentYear { stays: vec![stay("2025-09-01", None)], marks: marks.collect(), ..StudentYear::default() };
    (year, [(school(), school_days)].into(), day("2026-06-30"))
}

fn band(policy: &str, (year, schools, as_of): (StudentYear, Schools, NaiveDate)) -> Option<Band> {
    preset(policy).judge(&year, &schools, as_of).band
}

#[test]
fn exactly_ten_percent_absent_is_chronic_and_a_day_less_is_not() {
    let absent = |number| absent(180, number, Mark::Excused);
    let bands = [8, 9, 17, 18, 35, 36].map(|days| band("attendance-works@1", absent(days)));
    use Band::*;
    assert_eq!(bands, [OnTrack, AtRisk, AtRisk, Chronic, Chronic, Severe].map(Some));
}

#[test]
fn exactly_ninety_percent_attended_is_of_the_lower_level() {
    let absent = |number| absent(200, number, Mark::Unexcused);
    let bands = [9, 10, 19, 20, 29, 30].map(|days| band("nysed-2025@1", absent(days)));
    use Band::*;
    assert_eq!(bands, [OnTrack, AtRisk, AtRisk, Chronic, Chronic, Severe].map(Some));
}

#[test]
fn exactly_eighty_percent_attended_warns_in_middle_school_and_a_day_more_does_not() {
    assert_eq!(band("abc-middle-school@1", absent(180, 36, Mark::Excused)), Some(Band::AtRisk));
    assert_eq!(band("abc-middle-school@1", absent(180, 35, Mark::Excused)), Some(Band::OnTrack));
}

#[test]
fn no_day_enrolled_is_unknown_and_thirty_are_enough_for_nysed() {
    let (year, schools, as_of) = absent(0, 0, Mark::Excused);
    let judged = preset("attendance-works@1").judge(&year, &schools, as_of);
    assert_eq!((judged.band, judged.unknown), (None, Some(Unknown::NotSubmitted)));
    let nobody = preset("attendance-works@1").judge(&StudentYear::default(), &schools, as_of);
    assert_eq!((nobody.band, nobody.unknown), (None, Some(Unknown::NoEnrolment)));
    assert_eq!(band("nysed-2025@1", absent(29, 9, Mark::Excused)), None);
    assert_eq!(band("nysed-2025@1", absent(30, 3, Mark::Excused)), Some(Band::Chronic));
}

#[test]
fn days_of_suspension_count_for_one_policy_and_not_for_the_other() {
    let suspended = || absent(180, 20, Mark::Suspended);
    assert_eq!(band("attendance-works@1", suspended()), Some(Band::Chronic));
    let (year, schools, as_of) = suspended();
    let judged = preset("nysed-2025@1").judge(&year, &schools, as_of);
    assert_eq!((judged.band, judged.days_counted, judged.days_absent), (Some(Band::OnTrack), 160, 0));
}

#[test]
fn a_suspension_or_a_failed_course_warns_without_any_attendance() {
    let suspension = Suspension { from: day("2026-03-05"), days: 1, out_of_school: false };
    let failed = CourseGrade {
        course: "ALG".into(),
        from: day("2026-01-05"),
        until: day("2026-03-05"),
        numeric: Some(6_400),
        letter: None,
        is_final: true,
    };
    let year = StudentYear { suspensions: vec![suspension], grades: vec![failed], ..StudentYear::default() };
    let judged = preset("abc-high-school@1").judge(&year, &march(), day("2026-03-31"));
    assert_eq!((judged.band, judged.unknown), (Some(Band::AtRisk), Some(Unknown::NoEnrolment)));
    let told: Vec<_> = judged.triggers.iter().map(Trigger::to_string).collect();
    assert_eq!(told, ["suspension_days 1, at least 1", "courses_failed 1, at least 1"]);
}

#[test]
fn a_month_looks_back_twenty_school_days_and_no_further() {
    let (year, schools, as_of) = absent(60, 3, Mark::Excused);
    let policy = preset("check-and-connect@1");
    assert_eq!(policy.judge(&year, &schools, as_of).band, Some(Band::OnTrack), "that was two months before");
    let then = policy.judge(&year, &schools, day("2025-09-20"));
    assert_eq!((then.band, then.days_counted), (Some(Band::AtRisk), 20));
    assert_eq!(then.triggers[0].to_string(), "days_absent 3, at least 3");
}

#[test]
fn a_band_follows_from_the_share_alone_whatever_the_numbers_are() {
    for enrolled in 1..=200 {
        for days in 0..=enrolled {
            let expected = match (days * 100, enrolled) {
                (share, all) if share >= all * 20 => Band::Severe,
                (share, all) if share >= all * 10 => Band::Chronic,
                (share, all) if share >= all * 5 => Band::AtRisk,
                _ => Band::OnTrack,
            };
            let policy = preset("attendance-works@1");
            let reached = policy.thresholds.iter().filter(|t| t.is_reached_by_share(days, enrolled)).map(|t| t.band);
            assert_eq!(reached.max().unwrap_or(Band::OnTrack), expected, "{days} of {enrolled}");
        }
    }
}

/// The student changes schools after the hundredth of two hundred days, absent on as many of the first as of the last.
fn transferred(first: usize, last: usize) -> (StudentYear, Schools, NaiveDate) {
    let (year, schools, as_of) = absent(200, 0, Mark::Excused);
    let days = schools[&school()].days().to_vec();
    let second = crate::indicator::Stay { school: other_school(), from: days[100], until: None, assumed: false };
    let mark = |school| move |&day: &NaiveDate| crate::indicator::DayMark { day, school, mark: Mark::Excused };
    let (before, after) =
        (days[..first].iter().map(mark(school())), days[100..100 + last].iter().map(mark(other_school())));
    let stays = vec![crate::indicator::Stay { until: Some(days[99]), ..year.stays[0] }, second];
    let schools = [(school(), schools[&school()].clone()), (other_school(), schools[&school()].clone())].into();
    (StudentYear { stays, marks: before.chain(after).collect(), ..year }, schools, as_of)
}

#[test]
fn a_transfer_in_the_middle_of_the_year_counts_both_halves_as_one_year() {
    assert_eq!(band("attendance-works@1", transferred(10, 10)), Some(Band::Chronic), "20 of 200");
    assert_eq!(band("attendance-works@1", transferred(10, 9)), Some(Band::AtRisk), "19 of 200");
    assert_eq!(band("nysed-2025@1", transferred(20, 0)), Some(Band::Chronic), "90 % attended");
}

#[test]
fn a_mark_on_a_day_without_school_moves_nobody_over_a_boundary() {
    let (mut year, schools, as_of) = absent(180, 17, Mark::Excused);
    let holiday = *schools[&school()].days().last().expect("a day") + chrono::Days::new(3);
    year.marks.push(crate::indicator::DayMark { day: holiday, school: school(), mark: Mark::Excused });
    assert_eq!(band("attendance-works@1", (year.clone(), schools.clone(), as_of)), Some(Band::AtRisk), "17 of 180");
    year.marks.insert(17, crate::indicator::DayMark { day: holiday - chrono::Days::new(4), ..year.marks[17] });
    assert_eq!(band("attendance-works@1", (year, schools, as_of)), Some(Band::Chronic), "18 of 180");
}

#[test]
fn what_is_submitted_late_is_unknown_until_it_is_and_counts_from_then_on() {
    let (year, schools, as_of) = absent(180, 9, Mark::Excused);
    let days = schools[&school()].days().to_vec();
    let said: BTreeMap<_, _> = days.iter().map(|&day| (day, true)).collect();
    let through = |number: usize| -> Schools {
        let submitted = crate::indicator::TeachingDays::new(&[], &said, &[days[number - 1]].into());
        [(school(), submitted)].into()
    };
    let judged = |number| preset("attendance-works@1").judge(&year, &through(number), as_of);
    assert_eq!((judged(45).band, judged(45).days_counted), (Some(Band::Severe), 45), "9 of the 45 that are known");
    assert_eq!(
        (judged(46).band, judged(90).band),
        (Some(Band::Chronic), Some(Band::Chronic)),
        "9 of 90 is exactly 10 %"
    );
    assert_eq!((judged(91).band, judged(180).days_counted), (Some(Band::AtRisk), 180));
    assert_eq!(judged(180).band, Some(Band::AtRisk), "9 of 180 is exactly 5 %");
}

#[test]
fn credits_that_were_missed_put_at_risk_and_credits_of_which_nothing_is_told_do_not() {
    let threshold = |measure, at_least, at_most| Threshold { measure, at_least, at_most, band: Band::AtRisk };
    let thresholds =
        vec![threshold(Measure::CreditsMissed, Some(100), None), threshold(Measure::CreditsEarned, None, Some(400))];
    let policy = Policy { thresholds, ..presets()[0].1.clone() };
    let course =
        |attempted, earned| CourseCredits { school_year: SchoolYear::from(2026), until: None, attempted, earned };
    let judged = |credits| {
        let year = StudentYear { credits, ..StudentYear::default() };
        policy.judge(&year, &Schools::new(), day("2026-03-31")).triggers.len()
    };
    assert_eq!(judged(vec![course(600, 501)]), 0);
    assert_eq!(judged(vec![course(600, 500)]), 1, "exactly one credit");
    assert_eq!(judged(vec![course(600, 400)]), 2);
    assert_eq!(judged(vec![]), 0);
}
