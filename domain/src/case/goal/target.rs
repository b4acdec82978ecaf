//! What a goal is measured by.
use chrono::NaiveDate;
use derive_more::Into;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::GoalIndicator;
use crate::{Text, case::CaseError};

/// A measured amount, in the unit of its goal: finite, at most a thousand million either way.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Into, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "f64")]
#[schema(value_type = f64, minimum = -1_000_000_000, maximum = 1_000_000_000, example = 22)]
pub struct Quantity(f64);

impl TryFrom<f64> for Quantity {
    type Error = &'static str;

    fn try_from(amount: f64) -> Result<Self, Self::Error> {
        (amount.abs() <= 1e9).then_some(Self(amount)).ok_or("a quantity is finite and at most 1,000,000,000")
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Increase,
    /// Less is better, as with absences.
    Decrease,
}

/// The measure of a goal, from a baseline to a target by a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "measure": "days absent in the term", "unit": "days", "baseline": 22, "target": 8, "direction": "decrease",
    "starts_on": "2026-02-02", "due_on": "2026-06-26"
}))]
pub struct Target {
    /// What is measured.
    pub measure: Text,
    /// In which unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Text>,
    /// The indicator that measures it; where there is none it is measured by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub indicator: Option<GoalIndicator>,
    /// The amount at the start.
    pub baseline: Quantity,
    /// The amount to be reached.
    pub target: Quantity,
    /// Which way is better.
    pub direction: Direction,
    /// The day of the baseline.
    pub starts_on: NaiveDate,
    /// The day by which the target is to be reached.
    pub due_on: NaiveDate,
}

impl Target {
    pub(super) fn check(&self) -> Result<(), CaseError> {
        let towards = match self.direction {
            Direction::Increase => self.target > self.baseline,
            Direction::Decrease => self.target < self.baseline,
        };
        match (towards, self.due_on > self.starts_on) {
            (false, _) => Err(CaseError::TargetAgainstDirection),
            (_, false) => Err(CaseError::GoalDueBeforeStart),
            _ => Ok(()),
        }
    }
}
