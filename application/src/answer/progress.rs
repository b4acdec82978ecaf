//! How a goal's progress compares with its aimline.
use chrono::NaiveDate;
use domain::case::{Direction, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::view::GoalRecord;

/// The straight line from a goal's baseline to its target, and where the latest measurement lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Aimline {
    /// What the line expects today, in the goal's unit.
    pub expected_today: f64,
    /// What was measured last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<f64>,
    /// The day of that measurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_on: Option<NaiveDate>,
    /// What the line expected on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_then: Option<f64>,
    /// Whether the measurement is as good as the line or better, in the goal's direction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_track: Option<bool>,
}

impl Aimline {
    /// The aimline of a goal that was set, seen from `today`, with its last `measured` day and amount.
    pub fn of(goal: &GoalRecord, measured: &[(NaiveDate, f64)], today: NaiveDate) -> Option<Self> {
        let target = goal.target.as_ref()?;
        let latest = measured.last();
        let (value, then) = (latest.map(|(_, amount)| *amount), latest.map(|(on, _)| expected(target, *on)));
        let better = |(value, then): (f64, f64)| match target.direction {
            Direction::Increase => value >= then,
            Direction::Decrease => value <= then,
        };
        Some(Self {
            expected_today: expected(target, today),
            latest: value,
            latest_on: latest.map(|(on, _)| *on),
            expected_then: then,
            on_track: value.zip(then).map(better),
        })
    }
}

/// The amount that the line expects on `day`, held level before its start and after its end.
fn expected(target: &Target, day: NaiveDate) -> f64 {
    let whole = (target.due_on - target.starts_on).num_days().max(1);
    let gone = (day - target.starts_on).num_days().clamp(0, whole);
    let (from, to) = (f64::from(target.baseline), f64::from(target.target));
    let share = gone as f64 / whole as f64;
    // Hundredths are as fine as any of these measures is.
    ((from + (to - from) * share) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use domain::case::GoalStatus;
    use uuid::Uuid;

    use super::*;
    use crate::view::Measured;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn line(goal: &GoalRecord, today: &str) -> Option<Aimline> {
        Aimline::of(goal, &goal.measured(), day(today))
    }

    fn goal(value: f64, on: &str) -> GoalRecord {
        let quantity = |amount: f64| amount.try_into().expect("a quantity");
        let target = Target {
            measure: "days absent".try_into().expect("a text"),
            unit: None,
            indicator: None,
            baseline: quantity(20.0),
            target: quantity(10.0),
            direction: Direction::Decrease,
            starts_on: day("2026-03-01"),
            due_on: day("2026-03-11"),
        };
        GoalRecord {
            description: "come every day".try_into().expect("a text"),
            visibility: Default::default(),
            status: GoalStatus::Active,
            target: Some(target),
            measurements: vec![Measured { progress: Uuid::nil().into(), on: day(on), value: quantity(value) }],
            closure: None,
            reason: None,
        }
    }

    #[test]
    fn the_line_falls_where_less_is_better() {
        let ahead = line(&goal(14.0, "2026-03-06"), "2026-03-08").expect("a line");
        assert_eq!((ahead.expected_today, ahead.expected_then, ahead.on_track), (13.0, Some(15.0), Some(true)));
        let behind = line(&goal(16.0, "2026-03-06"), "2026-03-08").expect("a line");
        assert_eq!(behind.on_track, Some(false));
    }

    #[test]
    fn the_line_is_level_before_its_start_and_after_its_end() {
        let expected = |on| line(&goal(14.0, "2026-03-06"), on).expect("a line").expected_today;
        assert_eq!((expected("2026-02-01"), expected("2026-06-01")), (20.0, 10.0));
    }

    #[test]
    fn a_goal_without_a_measure_has_no_line() {
        let proposed = GoalRecord { target: None, ..goal(14.0, "2026-03-06") };
        assert_eq!(line(&proposed, "2026-03-08"), None);
    }
}
