//! The whole comparison: numbers, change, difference, interval, balance; nothing where the students are too few.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Balance, Difference, Interval, Observation, Stratum};

/// Of fewer students than these no figure is shown, on either side.
pub const FEWEST: usize = 10;

/// What changed for the served beside those who had no support yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "served": 48, "compared_with": 212, "before": 6.2, "after": 4.1, "change": -2.1, "change_of_others": -1.3,
    "difference": -0.8, "interval": {"from": -1.6, "to": -0.1}, "change_a_year_before": 0.2, "known_a_year_before": 31,
    "balance_before": {"all": 0.84, "matched": 0.02}, "balance_share": {"matched": 0.06}
}))]
pub struct Comparison {
    /// How many were served and are compared.
    pub served: usize,
    /// With how many others.
    pub compared_with: usize,
    /// How often it happened in the window before, for one of the served.
    pub before: f64,
    /// How often in the window after.
    pub after: f64,
    /// The one less the other: naive, since support begins when things are at their worst.
    pub change: f64,
    /// What changed for the others in the same days.
    pub change_of_others: f64,
    /// What changed for the served less what changed for the others.
    pub difference: f64,
    /// Where the difference lies, in 95 of 100 such comparisons.
    pub interval: Interval,
    /// What changed for the served in the same days of the calendar a year before, where enough is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub change_a_year_before: Option<f64>,
    /// For how many of the served that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub known_a_year_before: Option<usize>,
    /// How alike the windows before are.
    pub balance_before: Balance,
    /// How alike the shares of days absent since the year began are.
    pub balance_share: Balance,
}

/// Compares; `all_before` are the windows before of all who had no support yet, compared or not. The same `seed` gives the
/// same interval. Nothing of fewer than ten students on either side.
pub fn compare(strata: &[Stratum], all_before: &[f64], seed: u64) -> Option<Comparison> {
    let served: Vec<&Observation> = strata.iter().flat_map(|stratum| &stratum.served).collect();
    let waiting = strata.iter().flat_map(|stratum| &stratum.waiting);
    let compared_with = waiting.map(|observation| observation.student).collect::<BTreeSet<_>>().len();
    let different: BTreeSet<_> = served.iter().map(|observation| observation.student).collect();
    if different.len() < FEWEST || compared_with < FEWEST {
        return None;
    }
    let difference = Difference::of(strata)?;
    let earlier: Vec<f64> = served.iter().filter_map(|observation| observation.year_before).collect();
    // Neither they nor the others are told of when they are few.
    let known = earlier.len() >= FEWEST && (served.len() == earlier.len() || served.len() - earlier.len() >= FEWEST);
    Some(Comparison {
        served: different.len(),
        compared_with,
        before: mean(served.iter().map(|observation| observation.before))?,
        after: mean(served.iter().map(|observation| observation.after))?,
        change: difference.served,
        change_of_others: difference.waiting,
        difference: difference.difference,
        interval: Difference::interval(strata, seed)?,
        change_a_year_before: mean(earlier.iter().copied()).filter(|_| known),
        known_a_year_before: known.then_some(earlier.len()),
        balance_before: Balance::of(strata, all_before, |observation| Some(observation.before)),
        balance_share: Balance::of(strata, &[], |observation| observation.share),
    })
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (number, sum) = numbers.fold((0_u32, 0.0), |(number, sum), next| (number + 1, sum + next));
    (number > 0).then(|| sum / f64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::given::observed;

    fn stratum(served: u128, waiting: u128) -> Vec<Stratum> {
        let served = (0..served).map(|number| Observation { year_before: Some(1.0), ..observed(number, 5.0, 3.0) });
        let waiting = (100..100 + waiting).map(|number| observed(number, 5.0, 4.0));
        vec![Stratum { served: served.collect(), waiting: waiting.collect() }]
    }

    #[test]
    fn of_fewer_than_ten_on_either_side_no_figure_is_shown() {
        assert_eq!(compare(&stratum(9, 50), &[], 1), None);
        assert_eq!(compare(&stratum(50, 9), &[], 1), None);
        let shown = compare(&stratum(10, 10), &[5.0], 1).expect("a comparison");
        assert_eq!((shown.served, shown.compared_with, shown.change, shown.difference), (10, 10, -2.0, -1.0));
        assert_eq!((shown.known_a_year_before, shown.change_a_year_before), (Some(10), Some(1.0)));
    }

    #[test]
    fn the_year_before_is_not_told_where_few_are_without_one() {
        let mut strata = stratum(30, 30);
        strata[0].served[0].year_before = None;
        let shown = compare(&strata, &[], 1).expect("a comparison");
        assert_eq!((shown.known_a_year_before, shown.change_a_year_before), (None, None));
    }
}
