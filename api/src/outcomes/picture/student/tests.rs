//! What a student's picture shows.
use chrono::NaiveDate;
use serde_json::json;

use super::*;

/// Half a year of somebody who was away more and more, until somebody checked in.
fn half_a_year() -> StudentOutcomes {
    let first: NaiveDate = "2026-01-05".parse().expect("a date");
    let week = |(number, absent): (u64, u32)| {
        let week = first + Days::new(number * 7);
        let known = number < 20;
        json!({
            "week": week, "enrolled": if known { 5 } else { 0 }, "present": if known { 5 - absent } else { 0 },
            "absent": absent, "tardy": u32::from(number % 5 == 1), "not_submitted": if known { 0 } else { 5 }
        })
    };
    let away = [0, 0, 1, 0, 1, 2, 1, 3, 2, 4, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0, 0, 0];
    let weeks: Vec<_> = (0..).zip(away).map(week).collect();
    let id = uuid::Uuid::nil();
    let outcomes = json!({
        "student": id, "school_year": 2026, "from": "2026-01-05", "to": "2026-06-05", "weeks": weeks,
        "incidents": ["2026-02-10", "2026-03-12"],
        "suspensions": [{"from": "2026-03-12", "days": 3, "out_of_school": true}],
        "grades": [
            {"course": "ALG", "from": "2026-01-05", "until": "2026-03-13", "numeric": 5800, "is_final": false},
            {"course": "ELA <1>", "from": "2026-01-05", "until": "2026-03-13", "numeric": 7800, "is_final": false},
            {"course": "ALG", "from": "2026-03-16", "until": "2026-05-22", "numeric": 6900, "is_final": true}
        ],
        "interventions": [{
            "entry": id, "kind": "check_and_connect", "status": "active", "from": "2026-03-16",
            "held": ["2026-03-18", "2026-03-20", "2026-03-25", "2026-04-01", "2026-04-15"], "missed": ["2026-03-23"]
        }],
        "referrals": [{"entry": id, "status": "in_progress", "from": "2026-03-02"}],
        "goals": [{
            "entry": id, "status": "active", "from": "2026-03-16", "due_on": "2026-05-29", "baseline": 20.0, "target": 8.0,
            "direction": "decrease", "measurements": [{"progress": id, "on": "2026-04-01", "value": 17.0}]
        }],
        "assessments": [{"assessment": "State test <2>", "on": "2026-05-06", "scores": [], "levels": ["Met"]}],
        "contacts": ["2026-03-17", "2026-03-19", "2026-03-24"],
        "sources": {"attendance_through": "2026-05-22", "case_changed_at": "2026-05-22T15:00:00Z"}
    });
    serde_json::from_value(outcomes).expect("outcomes")
}

#[test]
fn a_picture_has_a_line_for_everything_that_was_done_and_says_what_it_shows() {
    let svg = student_picture(&half_a_year()).expect("a picture");
    for text in
        ["check and connect", "referral, in progress", "goal, active", "contacts", "assessments", "Mar 2026", "<title>"]
    {
        assert!(svg.contains(text), "{text}");
    }
    assert!(!svg.contains("ELA") && !svg.contains("State test"));
}

#[test]
fn who_has_nothing_yet_gets_an_empty_picture() {
    let nothing = StudentOutcomes {
        weeks: vec![],
        incidents: vec![],
        suspensions: vec![],
        grades: vec![],
        assessments: vec![],
        interventions: vec![],
        referrals: vec![],
        goals: vec![],
        contacts: vec![],
        ..half_a_year()
    };
    assert!(student_picture(&nothing).expect("a picture").contains("May 2026"));
}
