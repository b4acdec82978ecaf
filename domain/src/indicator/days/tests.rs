//! What counts on which day, and what is told of contradictions.
use super::*;
use crate::indicator::{DayMark, Stay, TeachingDays, given::*};

fn all() -> RangeInclusive<NaiveDate> {
    day("2026-03-01")..=day("2026-03-31")
}

fn counted(year: &StudentYear) -> Attendance {
    year.known_days(&march(), &all()).attendance()
}

fn found(year: &StudentYear) -> Vec<(FindingKind, String)> {
    let findings = year.known_days(&march(), &all()).findings;
    findings.iter().map(|finding| (finding.what, finding.on.to_string())).collect()
}

#[test]
fn a_day_without_a_mark_is_a_day_of_presence() {
    let year = StudentYear { marks: marks(&[("2026-03-03", Mark::Unexcused)]), ..year() };
    assert_eq!((counted(&year).enrolled, counted(&year).present, counted(&year).unexcused), (22, 21, 1));
}

#[test]
fn nothing_is_counted_past_what_the_school_has_submitted() {
    let known = year().known_days(&submitted("2026-03-06"), &all());
    assert_eq!((known.attendance().enrolled, known.through()), (5, Some(day("2026-03-06"))));
    let late = known_after("2026-03-09", "2026-03-06");
    assert_eq!((late.days.len(), late.unknown), (0, Some(Unknown::NotSubmitted)));
}

fn known_after(from: &str, submitted_through: &str) -> KnownDays {
    StudentYear { stays: vec![stay(from, None)], ..year() }.known_days(&submitted(submitted_through), &all())
}

#[test]
fn a_mark_on_a_day_without_school_does_not_count_and_is_told() {
    let year = StudentYear { marks: marks(&[("2026-03-07", Mark::Unexcused)]), ..year() };
    assert_eq!(counted(&year).absent(), 0);
    assert_eq!(found(&year), [(FindingKind::NoSchoolThatDay, "2026-03-07".to_owned())]);
}

#[test]
fn a_transfer_splits_the_year_and_each_school_marks_its_own_days() {
    let second = Stay { school: other_school(), from: day("2026-03-16"), until: None, assumed: false };
    let mut year = StudentYear { stays: vec![stay("2026-03-01", Some("2026-03-13")), second], ..year() };
    assert_eq!(counted(&year).enrolled, 22);
    year.marks = marks(&[("2026-03-10", Mark::Excused), ("2026-03-17", Mark::Excused)]);
    assert_eq!(counted(&year).excused, 1, "the first school has nothing to say in the second half");
    assert_eq!(found(&year), [(FindingKind::NotEnrolledThere, "2026-03-17".to_owned())]);
}

#[test]
fn on_a_day_at_two_schools_the_one_entered_last_counts_once() {
    let second = Stay { school: other_school(), from: day("2026-03-13"), until: None, assumed: false };
    let year = StudentYear { stays: vec![stay("2026-03-01", Some("2026-03-13")), second], ..year() };
    assert_eq!(counted(&year).enrolled, 22);
    assert_eq!(found(&year), [(FindingKind::EnrolledTwice, "2026-03-13".to_owned())]);
}

#[test]
fn of_two_marks_the_stronger_counts_and_the_contradiction_is_told() {
    let twice = marks(&[("2026-03-03", Mark::Partial), ("2026-03-03", Mark::Excused)]);
    let year = StudentYear { marks: twice, ..year() };
    assert_eq!((counted(&year).excused, counted(&year).partial), (1, 0));
    assert_eq!(found(&year), [(FindingKind::MarkedTwice, "2026-03-03".to_owned())]);
}

#[test]
fn a_mark_that_nobody_can_read_is_told_and_counts_as_presence() {
    let year = StudentYear { marks: marks(&[("2026-03-03", Mark::Unrecognised)]), ..year() };
    assert_eq!(counted(&year).present, 22);
    assert_eq!(found(&year), [(FindingKind::UnrecognisedMark, "2026-03-03".to_owned())]);
}

#[test]
fn a_suspension_from_school_is_absence_with_or_without_a_mark_unless_the_school_saw_the_student() {
    let suspensions = vec![Suspension { from: day("2026-03-05"), days: 3, out_of_school: true }];
    let marks = marks(&[("2026-03-06", Mark::Unexcused), ("2026-03-09", Mark::Tardy)]);
    let year = StudentYear { suspensions, marks, ..year() };
    let counted = counted(&year);
    assert_eq!((counted.suspended, counted.unexcused, counted.tardy), (2, 0, 1));
    assert_eq!(found(&year), [(FindingKind::PresentWhileSuspended, "2026-03-09".to_owned())]);
}

#[test]
fn a_suspension_in_school_is_no_absence() {
    let suspensions = vec![Suspension { from: day("2026-03-05"), days: 3, out_of_school: false }];
    assert_eq!(counted(&StudentYear { suspensions, ..year() }).absent(), 0);
}

#[test]
fn what_is_unknown_says_why() {
    let why = |year: &StudentYear, schools: &Schools| year.known_days(schools, &all()).unknown;
    assert_eq!(why(&StudentYear::default(), &march()), Some(Unknown::NoEnrolment));
    assert_eq!(why(&year(), &Schools::new()), Some(Unknown::NoCalendar));
    assert_eq!(why(&year(), &[(school(), TeachingDays::default())].into()), Some(Unknown::NoCalendar));
    assert_eq!(why(&year(), &march()), None);
    let elsewhere = DayMark { day: day("2026-03-03"), school: other_school(), mark: Mark::Excused };
    let unplaced = StudentYear { marks: vec![elsewhere], ..StudentYear::default() };
    assert_eq!(found(&unplaced), [(FindingKind::NotEnrolledThere, "2026-03-03".to_owned())]);
}

#[test]
fn days_after_the_last_submission_are_counted_as_not_submitted() {
    let schools = submitted("2026-03-06");
    let year = StudentYear { stays: vec![stay("2026-03-01", Some("2026-03-17"))], ..year() };
    assert_eq!(year.days_not_submitted(&schools, &all()), 7);
    assert_eq!(year.days_not_submitted(&schools, &(day("2026-03-01")..=day("2026-03-06"))), 0);
}

#[test]
fn of_sections_lateness_counts_for_the_day_and_absence_only_without_daily_attendance() {
    let section = |text: &str, mark| DayMark { day: day(text), school: school(), mark };
    let told = |keeps_days, sections: &[(&str, Mark)]| {
        let mut year = year();
        sections.iter().for_each(|&(text, mark)| year.mark_section(section(text, mark), keeps_days));
        let counted = counted(&year);
        (counted.tardy, counted.partial, counted.unexcused)
    };
    let two = [("2026-03-03", Mark::Unexcused), ("2026-03-03", Mark::Unexcused), ("2026-03-04", Mark::Unexcused)];
    assert_eq!(told(false, &two), (0, 1, 1));
    assert_eq!(told(true, &two), (0, 0, 0));
    let late = [("2026-03-03", Mark::Tardy), ("2026-03-03", Mark::Tardy), ("2026-03-03", Mark::Present)];
    assert_eq!(told(true, &late), (1, 0, 0));
}
