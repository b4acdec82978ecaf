//! What was read of the log a moment ago, for all who follow it.
use std::{
    collections::{HashSet, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use application::changes::Stretch;

/// How long rights that were looked up count. Whoever comes later has them looked up again.
const FRESH: Duration = Duration::from_secs(2);
/// How many stretches are remembered at the most.
const MOST: usize = 64;

/// The last stretches, one behind the other.
#[derive(Default)]
pub struct Recent(Mutex<VecDeque<Known>>);

struct Known {
    from: u64,
    at: Instant,
    stretch: Stretch,
}

impl Recent {
    /// What is remembered of what comes behind `position`.
    pub fn behind(&self, position: u64) -> Option<Stretch> {
        let known = self.known();
        let fitting = |known: &&Known| (known.from..known.stretch.through).contains(&position);
        let Known { stretch, .. } = known.iter().find(fitting).filter(|known| known.at.elapsed() < FRESH)?;
        let changes = stretch.changes.iter().filter(|change| change.position > position).cloned().collect();
        Some(Stretch { changes, through: stretch.through })
    }

    /// Remembers what was just read behind `from`.
    pub fn keep(&self, from: u64, stretch: Stretch) {
        let mut known = self.known();
        let students: HashSet<_> = stretch.changes.iter().map(|change| change.student).collect();
        // Who may know of what came before may have changed with this.
        let stands = |known: &Known| !known.stretch.changes.iter().any(|change| students.contains(&change.student));
        known.retain(|known| known.at.elapsed() < FRESH && stands(known));
        known.truncate(MOST - 1);
        known.push_front(Known { from, at: Instant::now(), stretch });
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_in_the_middle_is_found_and_what_was_never_read_is_not() {
        let recent = Recent::default();
        recent.keep(10, Stretch { changes: vec![], through: 20 });
        recent.keep(20, Stretch { changes: vec![], through: 25 });
        let through = |position| recent.behind(position).map(|stretch| stretch.through);
        assert_eq!((through(10), through(19), through(20), through(24)), (Some(20), Some(20), Some(25), Some(25)));
        assert_eq!((through(9), through(25)), (None, None));
    }
}
