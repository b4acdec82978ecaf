//! What the points say, by which rule, and which points these were.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Trend, median, theil_sen};
use crate::case::{Direction, Target};

/// From this share of planned sessions on, in percent, an intervention was given as it was meant.
pub const FIDELITY_PERCENT: u32 = 80;
/// So many points lie on one side of the aimline before it counts.
const FOUR: usize = 4;
/// A trend is read from so many points on.
const FOR_A_TREND: usize = 6;

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Fewer than three points since the aimline began.
    TooFewData,
    /// Fewer than 80 % of the planned sessions were held: there is nothing to judge yet but that.
    Fidelity,
    /// The last four points lie all on one side of the aimline.
    FourPoints,
    /// The trend line of at least six points leads to or past the target, or short of it.
    TrendLine,
    /// The median of the last three points against the aimline.
    MedianOfThree,
}

/// What is to be thought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Measure on.
    WaitForData,
    /// See that the sessions are held as planned before anything else is changed.
    RestoreFidelity,
    /// It works as it is.
    GoOn,
    /// It does better than was aimed at: aim higher.
    RaiseTheGoal,
    /// It does not lead where it is to lead: change something.
    ChangeTheIntervention,
}

/// Advice with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "advice": "change_the_intervention", "rule": "four_points", "points": ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"],
    "trend": {"slope": 0.05, "intercept": 20.0}
}))]
pub struct Basis {
    /// What is to be thought about.
    pub advice: Advice,
    /// The rule that spoke.
    pub rule: Rule,
    /// The days of the points on which it rests.
    pub points: Vec<NaiveDate>,
    /// The trend line, by days since the aimline's first, where there are points for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub trend: Option<Trend>,
}

/// Reads measurements, earliest first, against the aimline of `target`; `fidelity` is the share of planned sessions that
/// were held, in percent, where any were planned.
pub fn advise(target: &Target, measured: &[(NaiveDate, f64)], fidelity: Option<u32>) -> Basis {
    let points: Vec<_> = measured.iter().copied().filter(|(day, _)| *day >= target.starts_on).collect();
    let line: Vec<_> = points.iter().map(|(day, amount)| (days(target, *day), *amount)).collect();
    let trend = theil_sen(&line).filter(|_| points.len() >= FOR_A_TREND);
    let basis = |advice, rule, points: &[(NaiveDate, f64)]| Basis {
        advice,
        rule,
        points: points.iter().map(|(day, _)| *day).collect(),
        trend,
    };
    if fidelity.is_some_and(|percent| percent < FIDELITY_PERCENT) {
        return basis(Advice::RestoreFidelity, Rule::Fidelity, &[]);
    }
    if points.len() < 3 {
        return basis(Advice::WaitForData, Rule::TooFewData, &points);
    }
    let ahead = |(day, amount): &(NaiveDate, f64)| lead(target, *amount, expected(target, *day));
    let last = |number: usize| &points[points.len().saturating_sub(number)..];
    if points.len() >= FOUR {
        let four = last(FOUR);
        if four.iter().all(|point| ahead(point) > 0.0) {
            return basis(Advice::RaiseTheGoal, Rule::FourPoints, four);
        }
        if four.iter().all(|point| ahead(point) < 0.0) {
            return basis(Advice::ChangeTheIntervention, Rule::FourPoints, four);
        }
    }
    if let Some(trend) = trend {
        let there = trend.intercept + trend.slope * days(target, target.due_on);
        let advice =
            if lead(target, there, target.target.into()) >= 0.0 { Advice::GoOn } else { Advice::ChangeTheIntervention };
        return basis(advice, Rule::TrendLine, &points);
    }
    let middle = median(last(3).iter().map(ahead)).unwrap_or_default();
    let advice = if middle >= 0.0 { Advice::GoOn } else { Advice::ChangeTheIntervention };
    basis(advice, Rule::MedianOfThree, last(3))
}

/// By how much an amount is better than another, in the goal's direction.
fn lead(target: &Target, amount: f64, than: f64) -> f64 {
    match target.direction {
        Direction::Increase => amount - than,
        Direction::Decrease => than - amount,
    }
}

/// What the aimline expects on `day`: level after its end.
fn expected(target: &Target, day: NaiveDate) -> f64 {
    let whole = days(target, target.due_on).max(1.0);
    let share = (days(target, day) / whole).min(1.0);
    let (from, to): (f64, f64) = (target.baseline.into(), target.target.into());
    from + (to - from) * share
}

fn days(target: &Target, day: NaiveDate) -> f64 {
    (day - target.starts_on).num_days() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// From 20 days absent down to ten, in a hundred days.
    fn target() -> Target {
        Target {
            measure: "days absent".to_owned().try_into().expect("a text"),
            unit: None,
            indicator: None,
            baseline: 20.0.try_into().expect("a quantity"),
            target: 10.0.try_into().expect("a quantity"),
            direction: Direction::Decrease,
            starts_on: day("2026-01-01"),
            due_on: day("2026-04-11"),
        }
    }

    /// A point every ten days; the aimline falls by one each time.
    fn points(amounts: &[f64]) -> Vec<(NaiveDate, f64)> {
        let on = |number: u64| day("2026-01-11") + chrono::Days::new(number * 10);
        (0..).zip(amounts).map(|(number, amount)| (on(number), *amount)).collect()
    }

    fn said(amounts: &[f64], fidelity: Option<u32>) -> (Advice, Rule, usize) {
        let basis = advise(&target(), &points(amounts), fidelity);
        (basis.advice, basis.rule, basis.points.len())
    }

    #[test]
    fn fidelity_comes_before_any_judgement() {
        let bad = [25.0, 25.0, 25.0, 25.0];
        assert_eq!(said(&bad, Some(79)), (Advice::RestoreFidelity, Rule::Fidelity, 0));
        assert_eq!(said(&bad, Some(80)), (Advice::ChangeTheIntervention, Rule::FourPoints, 4));
        assert_eq!(said(&bad, None), (Advice::ChangeTheIntervention, Rule::FourPoints, 4));
    }

    #[test]
    fn two_points_are_too_few_and_those_before_the_aimline_do_not_count() {
        assert_eq!(said(&[25.0, 25.0], None), (Advice::WaitForData, Rule::TooFewData, 2));
        let early = vec![(day("2025-12-01"), 30.0), (day("2025-12-11"), 30.0), (day("2026-01-11"), 10.0)];
        assert_eq!(advise(&target(), &early, None).rule, Rule::TooFewData);
    }

    #[test]
    fn four_points_on_one_side_of_the_line_speak_and_a_point_on_it_breaks_them() {
        assert_eq!(said(&[17.0, 16.0, 15.0, 14.0], None), (Advice::RaiseTheGoal, Rule::FourPoints, 4));
        assert_eq!(said(&[17.0, 18.0, 15.0, 14.0], None).1, Rule::MedianOfThree);
    }

    #[test]
    fn where_points_lie_on_both_sides_the_trend_decides() {
        assert_eq!(said(&[20.0, 17.0, 18.0, 15.0, 16.0, 13.0], None), (Advice::GoOn, Rule::TrendLine, 6));
        assert_eq!(
            said(&[18.0, 19.0, 16.0, 17.0, 14.9, 17.0], None),
            (Advice::ChangeTheIntervention, Rule::TrendLine, 6)
        );
    }

    #[test]
    fn one_bad_day_among_three_does_not_speak() {
        assert_eq!(said(&[18.0, 40.0, 16.0], None), (Advice::GoOn, Rule::MedianOfThree, 3));
        assert_eq!(said(&[30.0, 40.0, 16.0], None), (Advice::ChangeTheIntervention, Rule::MedianOfThree, 3));
    }
}
