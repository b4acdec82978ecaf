//! How alike the compared students are: standardised differences of means.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Observation, Stratum};

/// How far those who were served lie from those they are compared with, in standard deviations of the served.
///
/// Below 0.1 they are alike for all purposes (E. Stuart, Matching methods for causal inference, 2010).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"all": 0.84, "matched": 0.02}))]
pub struct Balance {
    /// From all who had no support yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub all: Option<f64>,
    /// From those they are compared with, each with its weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub matched: Option<f64>,
}

impl Balance {
    /// Of what `value` says of an observation; `all` are those who had no support yet, compared or not.
    pub fn of(strata: &[Stratum], all: &[f64], value: impl Fn(&Observation) -> Option<f64>) -> Self {
        let served: Vec<f64> = strata.iter().flat_map(|s| &s.served).filter_map(&value).collect();
        let weighted = strata.iter().flat_map(|stratum| {
            let weight = stratum.served.len() as f64 / stratum.waiting.len() as f64;
            stratum.waiting.iter().filter_map(&value).map(move |number| (number, weight))
        });
        let all: Vec<_> = all.iter().map(|&number| (number, 1.0)).collect();
        Self { all: standardised(&served, &all), matched: standardised(&served, &weighted.collect::<Vec<_>>()) }
    }
}

/// The difference of means in standard deviations of `served` (n − 1); the others have weights. Nothing where there is
/// nobody, and where the served are all the same and the others are not.
pub fn standardised(served: &[f64], others: &[(f64, f64)]) -> Option<f64> {
    let weight: f64 = others.iter().map(|other| other.1).sum();
    if served.is_empty() || weight <= 0.0 {
        return None;
    }
    let mean = served.iter().sum::<f64>() / served.len() as f64;
    let other = others.iter().map(|(number, weight)| number * weight).sum::<f64>() / weight;
    let squares: f64 = served.iter().map(|number| (number - mean).powi(2)).sum();
    let deviation = (squares / (served.len() as f64 - 1.0)).sqrt();
    match mean - other {
        0.0 => Some(0.0),
        difference => Some(difference / deviation).filter(|number| number.is_finite()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_in_deviations_of_the_served() {
        assert_eq!(standardised(&[1.0, 3.0], &[(1.0, 1.0), (0.0, 3.0)]), Some(1.75 / 2.0_f64.sqrt()));
        assert_eq!(standardised(&[2.0, 2.0], &[(2.0, 1.0)]), Some(0.0));
        assert_eq!(standardised(&[2.0, 2.0], &[(1.0, 1.0)]), None);
        assert_eq!(standardised(&[], &[(1.0, 1.0)]), None);
    }
}
