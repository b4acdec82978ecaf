//! What these tests start from: a school that teaches in March 2026, and a student who attends it.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{DayMark, Mark, Schools, Stay, StudentYear, TeachingDays, TermDays};
use crate::SchoolId;

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// The school.
pub fn school() -> SchoolId {
    Uuid::from_u128(1).into()
}

/// Another school.
pub fn other_school() -> SchoolId {
    Uuid::from_u128(2).into()
}

/// Both schools teach on the 22 weekdays of March, and have submitted all of them.
pub fn march() -> Schools {
    submitted("2026-03-31")
}

/// The same, submitted up to that day.
pub fn submitted(through: &str) -> Schools {
    let term = TermDays { begins_on: day("2026-03-01"), ends_on: day("2026-03-31"), taught: None };
    let days = TeachingDays::new(&[term], &[].into(), &BTreeSet::from([day(through)]));
    [(school(), days.clone()), (other_school(), days)].into()
}

/// A stay at the school.
pub fn stay(from: &str, until: Option<&str>) -> Stay {
    Stay { school: school(), from: day(from), until: until.map(day), assumed: false }
}

/// A student who is there all of March, and of whom nothing else is told.
pub fn year() -> StudentYear {
    StudentYear { stays: vec![stay("2026-03-01", None)], ..StudentYear::default() }
}

/// Marks by the school.
pub fn marks(marks: &[(&str, Mark)]) -> Vec<DayMark> {
    marks.iter().map(|&(text, mark)| DayMark { day: day(text), school: school(), mark }).collect()
}
