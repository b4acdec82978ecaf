//! When somebody is warned of.
use chrono_tz::Tz;
use domain::{
    case::Tier,
    indicator::{DayMark, Mark, Stay, TeachingDays, TermDays},
    policy::presets,
};
use uuid::Uuid;

use super::*;
use crate::view::CaseStatus;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn school() -> SchoolId {
    Uuid::from_u128(1).into()
}

fn schools() -> Schools {
    let term = TermDays { begins_on: day("2026-01-05"), ends_on: day("2026-06-26"), taught: None };
    let days = TeachingDays::new(&[term], &[].into(), &[day("2026-03-31")].into());
    [(school(), days)].into()
}

/// Absent on these days of 2026.
fn absent(days: &[&str]) -> StudentYear {
    let stays = vec![Stay { school: school(), from: day("2026-01-05"), until: None, assumed: false }];
    let marks = days.iter().map(|text| DayMark { day: day(text), school: school(), mark: Mark::Unexcused }).collect();
    StudentYear { stays, marks, ..StudentYear::default() }
}

fn case(last_contact_on: Option<&str>) -> CaseRow {
    CaseRow {
        student: Uuid::from_u128(9).into(),
        school: school(),
        status: CaseStatus::Open,
        tier: Tier::TWO,
        opened_on: day("2026-01-12"),
        mentors: vec![Uuid::from_u128(7).into()],
        handed_over: vec![],
        partners: vec![],
        last_contact_on: last_contact_on.map(day),
        contacts_on: last_contact_on.map(day).into_iter().collect(),
        open_follow_ups: 0,
        next_due_on: None,
        plan_status: None,
        next_review_on: None,
        version: 3,
    }
}

/// On Tuesday, the last of March.
fn signals(year: &StudentYear, case: Option<&CaseRow>, last_act_on: Option<&str>) -> Vec<Signal> {
    let (_, policy) = presets().into_iter().next().expect("a preset");
    let calendar = SchoolCalendar::new(Tz::America__New_York, []);
    let watch = Watch {
        policy: &policy,
        school: school(),
        schools: &schools(),
        calendar: &calendar,
        judged_on: day("2026-03-31"),
        since: day("2026-03-03"),
        today: day("2026-03-31"),
    };
    let watched = Watched { student: Uuid::from_u128(9).into(), year, case, last_act_on: last_act_on.map(day) };
    watch.warn(&watched).map(|warning| warning.signals).unwrap_or_default()
}

#[test]
fn who_comes_every_day_is_on_no_list() {
    assert_eq!(signals(&absent(&[]), None, None), []);
}

#[test]
fn who_became_at_risk_without_a_case_is_newly_so_and_nobody_has_acted() {
    let year = absent(&["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"]);
    let alone = [Signal::NewlyAtRisk, Signal::AtRiskWithoutCase, Signal::NobodyHasActed];
    assert_eq!(signals(&year, None, None), alone);
    // Twenty school days before the last of March is the third.
    assert_eq!(signals(&year, None, Some("2026-03-02")), alone, "that was too long ago");
    assert_eq!(signals(&year, None, Some("2026-03-03")), alone[..2]);
}

#[test]
fn bands_are_compared_with_those_of_then() {
    let worse =
        absent(&["2026-01-05", "2026-01-06", "2026-01-07", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"]);
    assert!(signals(&worse, None, None).contains(&Signal::Worsened));
    let better = absent(&["2026-01-05", "2026-01-06", "2026-01-07"]);
    assert_eq!(signals(&better, None, None), [Signal::Improved]);
}

#[test]
fn five_school_days_without_a_contact_are_silence_and_four_are_not() {
    let silent = |last| signals(&absent(&[]), Some(&case(Some(last))), None).contains(&Signal::NoContact);
    assert!(silent("2026-03-24") && !silent("2026-03-25"));
    assert!(signals(&absent(&[]), Some(&case(None)), None).contains(&Signal::NoContact), "none since it was opened");
}

#[test]
fn contacts_of_a_week_are_fewer_where_the_student_was_away() {
    let too_few = |year: &StudentYear| {
        let one = case(Some("2026-03-26"));
        signals(year, Some(&one), None).contains(&Signal::TooFewContacts)
    };
    assert!(too_few(&absent(&[])), "one of three");
    // Two days at school: 6/5, so one contact is enough.
    assert!(!too_few(&absent(&["2026-03-23", "2026-03-24", "2026-03-25"])));
}
