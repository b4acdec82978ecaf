//! Who is compared with whom: exact matching on the start, grade, band and the window before (coarsened exact matching).
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{StudentId, case::Band};

/// What two students have in common who are compared with each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    /// The day on which support began for the one, and not for the other.
    pub start: NaiveDate,
    /// The grade.
    pub grade: Option<String>,
    /// The band on the day before, where it is known.
    pub band: Option<Band>,
    /// The window before, in whole steps.
    pub level: u16,
}

/// The windows of one student.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Who.
    pub student: StudentId,
    /// How often it happened in the window before.
    pub before: f64,
    /// How often in the window after.
    pub after: f64,
    /// The share of days absent of those that counted before the start, where it is known.
    pub share: Option<f64>,
    /// What changed from the one window to the other in the same days a year before, where that is known.
    pub year_before: Option<f64>,
}

/// Students who are compared with each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stratum {
    /// For whom support began.
    pub served: Vec<Observation>,
    /// For whom it did not yet.
    pub waiting: Vec<Observation>,
}

/// Who is compared with whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Matched {
    /// Students who are compared with each other; nobody is alone.
    pub strata: Vec<Stratum>,
    /// How many were served and are like nobody who was not.
    pub alone: usize,
}

/// From this many on a window before is only roughly the same.
const EXACT: f64 = 10.0;

impl Likeness {
    /// The step of a window before: up to nine each whole number is one, above three numbers together.
    pub fn level(before: f64) -> u16 {
        let rounded = before.round().max(0.0);
        let step = if rounded < EXACT { rounded } else { EXACT + ((rounded - EXACT) / 3.0).floor() };
        // Far below the greatest number: a window is not longer than a year.
        step.min(f64::from(u16::MAX)) as u16
    }
}

impl Observation {
    /// What changed.
    pub fn change(&self) -> f64 {
        self.after - self.before
    }
}

/// Puts together who is alike.
pub fn match_up(
    served: impl IntoIterator<Item = (Likeness, Observation)>,
    waiting: impl IntoIterator<Item = (Likeness, Observation)>,
) -> Matched {
    let mut strata: BTreeMap<Likeness, Stratum> = BTreeMap::new();
    for (likeness, observation) in served {
        strata.entry(likeness).or_default().served.push(observation);
    }
    for (likeness, observation) in waiting {
        if let Some(stratum) = strata.get_mut(&likeness) {
            stratum.waiting.push(observation);
        }
    }
    let (compared, others): (Vec<_>, Vec<_>) = strata.into_values().partition(|stratum| !stratum.waiting.is_empty());
    Matched { strata: compared, alone: others.iter().map(|stratum| stratum.served.len()).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::given::{like, observed};

    #[test]
    fn only_who_is_alike_in_everything_is_compared() {
        let served = [(like(1, "9", 4), observed(1, 4.0, 2.0)), (like(2, "9", 4), observed(2, 4.0, 1.0))];
        let waiting = [
            (like(1, "9", 4), observed(11, 4.0, 3.0)),
            (like(1, "10", 4), observed(12, 4.0, 3.0)),
            (like(1, "9", 5), observed(13, 5.0, 3.0)),
        ];
        let matched = match_up(served, waiting);
        assert_eq!(matched.alone, 1, "nobody is like the student whose support began on the second");
        assert_eq!(matched.strata.len(), 1);
        assert_eq!(matched.strata[0].waiting, [observed(11, 4.0, 3.0)]);
    }

    #[test]
    fn small_windows_are_the_same_exactly_and_large_ones_roughly() {
        let levels = [0.0, 0.4, 0.6, 9.4, 9.6, 12.4, 12.6].map(Likeness::level);
        assert_eq!(levels, [0, 0, 1, 9, 10, 10, 11]);
    }
}
