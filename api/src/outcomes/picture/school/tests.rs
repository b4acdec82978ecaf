//! What a school's picture shows.
use chrono::{Days, NaiveDate};
use serde_json::json;

use super::*;

/// Half a year of a school of four hundred, where more was done from March on.
fn half_a_year() -> SchoolOutcomes {
    let first: NaiveDate = "2026-01-05".parse().expect("a date");
    let week = |(number, absent): (u64, u32)| {
        let done = if number > 8 { 20 + u32::try_from(number).unwrap_or_default() * 3 } else { 6 };
        json!({
            "week": first + Days::new(number * 7), "student_days": 2000, "absent_days": absent * 2,
            "absent_thousandths": absent, "incidents": number % 5, "interventions_started": u32::from(number == 9) * 31,
            "sessions_held": done, "contacts_made": done * 2, "services_started": number % 3
        })
    };
    let away = [91, 94, 120, 99, 104, 131, 140, 143, 138, 131, 120, 117, 109, 96, 101, 94, 90, 92, 87];
    let weeks: Vec<_> = (0..).zip(away).map(week).collect();
    let month = |(as_of, chronic): (&str, u32)| {
        json!({
            "as_of": as_of, "students": 400, "on_track": 330 - chronic, "at_risk": 40, "chronic": chronic, "severe": 20,
            "unknown": 10
        })
    };
    let months = [("2026-01-30", 40), ("2026-02-27", 66), ("2026-03-31", 61), ("2026-04-30", 52), ("2026-05-15", 50)];
    let outcomes = json!({
        "school": uuid::Uuid::nil(), "school_year": 2026, "from": "2026-01-05", "to": "2026-06-05",
        "policy": {"name": "attendance-works", "version": 1}, "weeks": weeks,
        "courses": [
            {"until": "2026-03-13", "students_graded": 390, "students_failing": 92, "courses_failed": 140},
            {"until": "2026-05-15", "students_graded": 388, "students_failing": 71, "courses_failed": 99}
        ],
        "bands": months.map(month), "sources": {"counted": {"position": 9}}
    });
    serde_json::from_value(outcomes).expect("outcomes")
}

#[test]
fn a_schools_picture_says_what_it_shows() {
    let svg = school_picture(&half_a_year()).expect("a picture");
    for text in ["Days absent, of 100", "sessions held", "services started", "Bands, of 100", "Mar 2026", "<title>"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn what_is_not_told_is_grey_and_a_school_without_anything_gets_an_empty_picture() {
    let mut few = half_a_year();
    few.weeks.iter_mut().for_each(|week| (week.absent_thousandths, week.sessions_held) = (None, None));
    few.bands.iter_mut().for_each(|month| month.students = None);
    assert!(school_picture(&few).expect("a picture").contains("#ECECEC"));
    let nothing = SchoolOutcomes { weeks: vec![], courses: vec![], bands: vec![], ..half_a_year() };
    assert!(school_picture(&nothing).expect("a picture").contains("May 2026"));
}
