//! What these tests start from.
use chrono::NaiveDate;
use uuid::Uuid;

use super::{Likeness, Observation};
use crate::case::Band;

/// The windows of a student.
pub fn observed(student: u128, before: f64, after: f64) -> Observation {
    Observation { student: Uuid::from_u128(student).into(), before, after, share: None, year_before: None }
}

/// At risk in that grade, with that level, from a day in March on.
pub fn like(day: u32, grade: &str, level: u16) -> Likeness {
    let start = NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
    Likeness { start, grade: Some(grade.to_owned()), band: Some(Band::AtRisk), level }
}
