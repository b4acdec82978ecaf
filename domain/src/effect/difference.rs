//! The difference between what changed for the served and for those they are compared with, with its interval.
use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use utoipa::ToSchema;

use super::Stratum;
use crate::StudentId;

/// How often the students are drawn anew.
const DRAWS: usize = 999;
/// How sure the interval is.
const LEVEL: f64 = 0.95;

/// From where to where.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"from": -3.1, "to": -0.6}))]
pub struct Interval {
    /// The lower end.
    pub from: f64,
    /// The upper end.
    pub to: f64,
}

impl Interval {
    /// Whether a number lies in it.
    pub fn covers(&self, number: f64) -> bool {
        (self.from..=self.to).contains(&number)
    }
}

/// What changed for the served, less what changed for those they are compared with (difference in differences).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// What changed for the served, on average.
    pub served: f64,
    /// What changed for those they are compared with, on average, weighted as the served are spread.
    pub waiting: f64,
    /// The one less the other.
    pub difference: f64,
}

/// The changes of one stratum, by the number of the student.
struct Changes {
    served: Vec<(usize, f64)>,
    waiting: Vec<(usize, f64)>,
}

impl Difference {
    /// Of these students; nothing where there are none.
    pub fn of(strata: &[Stratum]) -> Option<Self> {
        let (served, waiting, all) = numbered(strata);
        of_weighted(&all, &vec![1; served], &vec![1; waiting])
    }

    /// The interval that covers the difference in 95 of 100 such comparisons.
    ///
    /// The served and the others are drawn anew with replacement, each with all of his or her windows, 999 times; the
    /// percentiles are widened for small numbers (T. Hesterberg, What Teachers Should Know About the Bootstrap, 2015).
    /// The same `seed` gives the same interval.
    pub fn interval(strata: &[Stratum], seed: u64) -> Option<Interval> {
        let (served, waiting, all) = numbered(strata);
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut draw = |number: usize| {
            let mut weights = vec![0_u32; number];
            (0..number).for_each(|_| weights[chance.random_range(0..number)] += 1);
            weights
        };
        let drawn = (0..DRAWS).filter_map(|_| {
            let (served, waiting) = (draw(served), draw(waiting));
            of_weighted(&all, &served, &waiting).map(|drawn| drawn.difference)
        });
        let mut drawn: Vec<f64> = drawn.collect();
        drawn.sort_by(f64::total_cmp);
        let tail = tail(served.min(waiting))?;
        Some(Interval { from: *drawn.get(rank(tail))?, to: *drawn.get(drawn.len().checked_sub(1 + rank(tail))?)? })
    }
}

/// The share that is cut off at each end for `number` students.
fn tail(number: usize) -> Option<f64> {
    let freedom = number as f64 - 1.0;
    let (student, normal) = (StudentsT::new(0.0, 1.0, freedom).ok()?, Normal::new(0.0, 1.0).ok()?);
    let widened = student.inverse_cdf((1.0 - LEVEL) / 2.0) * (number as f64 / freedom).sqrt();
    Some(normal.cdf(widened))
}

/// The place of a percentile among the draws.
fn rank(share: f64) -> usize {
    ((DRAWS + 1) as f64 * share).floor().max(1.0) as usize - 1
}

/// How many were served, how many wait, and their changes under numbers of theirs.
fn numbered(strata: &[Stratum]) -> (usize, usize, Vec<Changes>) {
    let (mut served, mut waiting): (BTreeMap<StudentId, usize>, BTreeMap<StudentId, usize>) = Default::default();
    let number = |all: &mut BTreeMap<StudentId, usize>, student| {
        let next = all.len();
        *all.entry(student).or_insert(next)
    };
    let changes = strata
        .iter()
        .map(|stratum| Changes {
            served: stratum.served.iter().map(|o| (number(&mut served, o.student), o.change())).collect(),
            waiting: stratum.waiting.iter().map(|o| (number(&mut waiting, o.student), o.change())).collect(),
        })
        .collect();
    (served.len(), waiting.len(), changes)
}

/// The difference where each student counts so many times; a stratum that lost its others goes uncompared.
fn of_weighted(all: &[Changes], served: &[u32], waiting: &[u32]) -> Option<Difference> {
    let (mut weight, mut changed, mut others) = (0.0, 0.0, 0.0);
    for changes in all {
        let (number, sum) = weighted(&changes.served, served);
        let (against, against_sum) = weighted(&changes.waiting, waiting);
        if number > 0.0 && against > 0.0 {
            weight += number;
            changed += sum;
            others += number * against_sum / against;
        }
    }
    let (served, waiting) = (changed / weight, others / weight);
    (weight > 0.0).then_some(Difference { served, waiting, difference: served - waiting })
}

fn weighted(changes: &[(usize, f64)], weights: &[u32]) -> (f64, f64) {
    changes.iter().fold((0.0, 0.0), |(number, sum), &(student, change)| {
        let weight = f64::from(weights[student]);
        (number + weight, sum + weight * change)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::given::observed;

    fn strata() -> Vec<Stratum> {
        let stratum = |from: u128, served: &[f64], waiting: &[f64]| Stratum {
            served: (from..).zip(served).map(|(student, &after)| observed(student, 5.0, after)).collect(),
            waiting: (from + 500..).zip(waiting).map(|(student, &after)| observed(student, 5.0, after)).collect(),
        };
        vec![stratum(1, &[2.0, 4.0], &[4.0, 4.0, 1.0]), stratum(100, &[0.0], &[5.0])]
    }

    #[test]
    fn each_served_student_counts_once_beside_the_mean_of_the_others() {
        let difference = Difference::of(&strata()).expect("a difference");
        assert!((difference.served - -3.0).abs() < 1e-12, "{difference:?}");
        assert!((difference.waiting - (2.0 * -2.0 + 0.0) / 3.0).abs() < 1e-12, "{difference:?}");
        assert!((difference.difference - -5.0 / 3.0).abs() < 1e-12, "{difference:?}");
    }

    #[test]
    fn the_same_seed_draws_the_same_interval() {
        let interval = Difference::interval(&strata(), 7).expect("an interval");
        assert_eq!(Difference::interval(&strata(), 7), Some(interval));
        assert!(interval.covers(-5.0 / 3.0), "{interval:?}");
    }

    #[test]
    fn of_nobody_there_is_nothing() {
        assert_eq!((Difference::of(&[]), Difference::interval(&[], 1)), (None, None));
    }
}
