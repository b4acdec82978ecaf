//! What ended lately, so that ending it twice is told apart from naming what never was.
use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// How many ended things are remembered: the state does not grow with the stream.
const MOST: usize = 100;

/// The last hundred of a kind that ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Recent<Id>(VecDeque<Id>);

impl<Id: PartialEq> Recent<Id> {
    pub fn add(&mut self, id: Id) {
        if self.0.contains(&id) {
            return;
        }
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(id);
    }

    pub fn forget(&mut self, id: &Id) {
        self.0.retain(|other| other != id);
    }

    /// Forgets those for which `ended` says so, and returns them.
    pub fn drain_where(&mut self, ended: impl Fn(&Id) -> bool) -> Vec<Id> {
        let (gone, kept) = self.0.drain(..).partition::<Vec<_>, _>(ended);
        self.0.extend(kept);
        gone
    }

    pub fn holds(&self, id: &Id) -> bool {
        self.0.contains(id)
    }
}

impl<Id> Default for Recent<Id> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_are_remembered_and_the_oldest_forgotten() {
        let mut recent = Recent::default();
        (0..=MOST).for_each(|number| recent.add(number));
        recent.add(MOST);
        assert!(!recent.holds(&0));
        assert!((1..=MOST).all(|number| recent.holds(&number)));
        recent.forget(&1);
        assert!(!recent.holds(&1) && recent.holds(&2));
        assert_eq!(recent.drain_where(|number| *number < 4), [2, 3]);
        assert!(!recent.holds(&3) && recent.holds(&4));
    }
}
