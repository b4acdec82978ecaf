//! What is shown of a school's year, to the school and to the district.
use std::collections::BTreeSet;

use domain::{
    indicator::{CourseGrade, DayMark, Mark, Stay, TeachingDays, TermDays},
    policy::presets,
};
use uuid::Uuid;

use super::*;
use crate::served::Serving;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn school() -> SchoolId {
    Uuid::from_u128(1).into()
}

/// Twelve students in March, of whom so many were away on the third, and one had a session on the fourth.
fn shown(away: u128, small_numbers: bool) -> SchoolOutcomes {
    let term = TermDays { begins_on: day("2026-03-02"), ends_on: day("2026-03-31"), taught: None };
    let days = TeachingDays::new(&[term], &BTreeMap::new(), &BTreeSet::from([day("2026-03-31")]));
    let grade = CourseGrade {
        course: "ALG".to_owned(),
        from: day("2026-03-02"),
        until: day("2026-03-13"),
        numeric: Some(6_000),
        letter: None,
        is_final: false,
    };
    let student = |number: u128| {
        let marks = (number < away).then(|| DayMark { day: day("2026-03-03"), school: school(), mark: Mark::Excused });
        let year = StudentYear {
            stays: vec![Stay { school: school(), from: day("2026-03-01"), until: None, assumed: false }],
            marks: marks.into_iter().collect(),
            grades: (number == 0).then(|| grade.clone()).into_iter().collect(),
            ..StudentYear::default()
        };
        (StudentId::from(Uuid::from_u128(number)), year)
    };
    let years: BTreeMap<_, _> = (0..12).map(student).collect();
    let first: StudentId = Uuid::from_u128(0).into();
    let known = KnownOfSchool {
        months: vec![(day("2026-03-31"), years.keys().copied().collect())],
        years,
        schools: [(school(), days)].into(),
        courses: vec![Course {
            student: first,
            entry: Uuid::from_u128(50),
            what: Serving::Intervention,
            code: None,
            partner: None,
            mentor: None,
            started_on: day("2026-03-03"),
            ended_on: None,
        }],
        deliveries: vec![Delivery { student: first, course: Some(Uuid::from_u128(50)), on: day("2026-03-04") }],
    };
    let (version, policy) = presets().into_iter().next().expect("a preset");
    let policy = KnownPolicy { version, policy, preset: true };
    let year = SchoolYear::of(day("2026-03-01"));
    let sources = (&Sources::default(), ServedSoFar::default());
    SchoolOutcomes::of((school(), year), &known, &policy, sources, small_numbers)
}

#[test]
fn the_school_sees_every_number_of_its_weeks() {
    let shown = shown(3, true);
    let week = shown.weeks[0];
    assert_eq!((week.week, week.student_days, week.absent_days), (day("2026-03-02"), Some(60), Some(3)));
    assert_eq!((week.absent_thousandths, week.incidents), (Some(50), Some(0)));
    assert_eq!((week.interventions_started, week.sessions_held, week.contacts_made), (Some(1), Some(1), Some(0)));
    assert_eq!(shown.courses[0].students_failing, Some(1));
    assert_eq!((shown.bands[0].students, shown.bands[0].on_track), (Some(12), Some(12)));
}

#[test]
fn the_district_sees_nothing_of_few_students() {
    let few = shown(3, false);
    let week = few.weeks[0];
    assert_eq!((week.student_days, week.absent_days, week.absent_thousandths), (Some(60), None, None));
    assert_eq!((week.interventions_started, week.sessions_held), (None, None));
    assert_eq!((few.courses[0].students_graded, few.courses[0].students_failing), (None, None));
    assert_eq!(shown(10, false).weeks[0].absent_days, None, "two were there all week");
    assert_eq!(shown(12, false).weeks[0].absent_days, Some(12));
}
