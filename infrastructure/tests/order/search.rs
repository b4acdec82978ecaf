//! Every interleaving of the model is looked at; each mistake is found by the same properties.
use stateright::{Checker, HasDiscoveries, Model};

use crate::model::{Log, Scheme};

const AS_BUILT: Log = Log { scheme: Scheme::AsBuilt, writers: 2, draws: 1, readers: 1, start: 0 };

fn is_sound(log: Log) {
    let checked = log.checker().spawn_bfs().join();
    checked.assert_properties();
    println!("{} states", checked.unique_state_count());
}

#[test]
fn no_interleaving_of_long_writers_skips_repeats_or_stalls() {
    is_sound(Log { draws: 2, ..AS_BUILT });
}

#[test]
fn no_interleaving_of_many_writers_skips_repeats_or_stalls() {
    is_sound(Log { writers: 3, ..AS_BUILT });
}

#[test]
fn no_interleaving_of_two_servers_skips_repeats_or_stalls() {
    is_sound(Log { readers: 2, ..AS_BUILT });
}

#[test]
fn each_mistake_is_caught() {
    let skipped = "nothing is skipped";
    let mistakes = [
        (Scheme::PositionOnly, skipped),
        (Scheme::LocksFirst, skipped),
        (Scheme::SnapshotBeforeLocks, skipped),
        (Scheme::LockAfterDrawing, skipped),
        (Scheme::ReleaseBeforeCommit, skipped),
        (Scheme::Unfenced, "each is counted once, in order"),
    ];
    for (scheme, property) in mistakes {
        let log = Log { scheme, readers: if scheme == Scheme::Unfenced { 2 } else { 1 }, ..AS_BUILT };
        let found = log.checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
        assert!(found.discovery(property).is_some(), "{scheme:?} is not caught");
    }
}
