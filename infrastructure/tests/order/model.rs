//! A model of writers and readers, in steps as small as PostgreSQL can interleave them.
use std::collections::BTreeSet;

use stateright::{Model, Property};

/// What readers and writers do; all but the first are mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// As it is done.
    AsBuilt,
    /// Readers read whatever is above the last position they saw.
    PositionOnly,
    /// Readers look for locks before they ask for the head.
    LocksFirst,
    /// Readers take their snapshot before they look for locks.
    SnapshotBeforeLocks,
    /// Writers take the lock when they have drawn.
    LockAfterDrawing,
    /// Writers let go of the lock before others see what they wrote.
    ReleaseBeforeCommit,
    /// A reader goes on where another one is at it.
    Unfenced,
}

/// No lock at all.
const NONE: u64 = u64::MAX;

/// Writers with one transaction each, and instances of one reader.
#[derive(Debug, Clone)]
pub struct Log {
    pub scheme: Scheme,
    pub writers: usize,
    /// How many positions a writer draws at the most.
    pub draws: usize,
    pub readers: usize,
    /// Where the log stands at first.
    pub start: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Writer {
    /// Its transaction has not begun.
    Waiting,
    /// It has read the head.
    Looked(u64),
    /// It holds the lock with this number, and has drawn these.
    Holding(u64, Vec<u64>),
    /// What it wrote is seen, and the lock still held.
    Committed(u64),
    /// What it wrote is not seen yet, and the lock gone already.
    Released(Vec<u64>),
    Ended,
}

/// What an instance of the reader has found out so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Round {
    pub after: u64,
    pub head: Option<u64>,
    pub lock: Option<Option<u64>>,
    pub snapshot: Option<BTreeSet<u64>>,
    /// No writer was at work from its beginning until it looked for locks.
    quiet: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub head: u64,
    pub writers: Vec<Writer>,
    pub committed: BTreeSet<u64>,
    pub rounds: Vec<Option<Round>>,
    /// The reader's place, with all that it has counted so far.
    pub place: u64,
    pub counted: Vec<u64>,
    stalled: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Look(usize),
    Hold(usize),
    Draw(usize),
    Commit(usize),
    Release(usize),
    RollBack(usize),
    Begin(usize),
    AskHead(usize),
    AskLocks(usize),
    Read(usize),
    Count(usize),
    Crash(usize),
}

impl Round {
    /// How far the log is complete, as far as this round knows.
    pub fn complete(&self) -> u64 {
        let head = self.head.unwrap_or(u64::MAX);
        head.min(self.lock.flatten().unwrap_or(u64::MAX))
    }

    /// What it counts, and the place behind it.
    pub fn page(&self) -> (Vec<u64>, u64) {
        let seen = self.snapshot.iter().flatten().copied();
        let page: Vec<u64> = seen.filter(|&position| position > self.after && position <= self.complete()).collect();
        let end =
            if self.complete() == u64::MAX { page.last().copied().unwrap_or(self.after) } else { self.complete() };
        (page, end.max(self.after))
    }
}

impl Log {
    fn readers_steps(&self) -> [fn(usize) -> Action; 3] {
        match self.scheme {
            Scheme::LocksFirst => [Action::AskLocks, Action::AskHead, Action::Read],
            Scheme::SnapshotBeforeLocks => [Action::AskHead, Action::Read, Action::AskLocks],
            _ => [Action::AskHead, Action::AskLocks, Action::Read],
        }
    }

    fn write(&self, writer: usize, state: &State, actions: &mut Vec<Action>) {
        let after = self.scheme == Scheme::LockAfterDrawing;
        match &state.writers[writer] {
            Writer::Waiting => actions.push(Action::Look(writer)),
            Writer::Looked(_) => actions.push(Action::Hold(writer)),
            // It has drawn, and only now takes the lock.
            Writer::Holding(NONE, drawn) if after && !drawn.is_empty() => actions.push(Action::Hold(writer)),
            Writer::Holding(_, drawn) => {
                if drawn.len() < self.draws && (!after || drawn.is_empty()) {
                    actions.push(Action::Draw(writer));
                }
                actions.push(Action::RollBack(writer));
                let ends = if self.scheme == Scheme::ReleaseBeforeCommit { Action::Release } else { Action::Commit };
                actions.extend((!drawn.is_empty()).then_some(ends(writer)));
            }
            Writer::Committed(_) => actions.push(Action::Release(writer)),
            Writer::Released(_) => actions.push(Action::Commit(writer)),
            Writer::Ended => {}
        }
    }

    fn read(&self, reader: usize, state: &State, actions: &mut Vec<Action>) {
        let Some(round) = &state.rounds[reader] else {
            let free = state.rounds.iter().all(Option::is_none) || self.scheme == Scheme::Unfenced;
            actions.extend(free.then_some(Action::Begin(reader)));
            return;
        };
        let done = |step: &Action| match step {
            Action::AskHead(_) => round.head.is_some(),
            Action::AskLocks(_) => round.lock.is_some(),
            _ => round.snapshot.is_some(),
        };
        let mut steps: Vec<Action> = self.readers_steps().map(|step| step(reader)).into();
        if self.scheme == Scheme::PositionOnly {
            steps = vec![Action::Read(reader)];
        }
        let next = steps.into_iter().find(|step| !done(step)).unwrap_or(Action::Count(reader));
        actions.extend([next, Action::Crash(reader)]);
    }
}

impl State {
    fn lowest_lock(&self) -> Option<u64> {
        let held = self.writers.iter().filter_map(|writer| match writer {
            Writer::Holding(lock, _) | Writer::Committed(lock) if *lock != NONE => Some(*lock),
            _ => None,
        });
        held.min()
    }

    fn quiet(&self) -> bool {
        self.writers.iter().all(|writer| matches!(writer, Writer::Waiting | Writer::Ended))
    }
}

impl Model for Log {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            head: self.start,
            writers: vec![Writer::Waiting; self.writers],
            committed: BTreeSet::new(),
            rounds: vec![None; self.readers],
            place: self.start,
            counted: vec![],
            stalled: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        (0..self.writers).for_each(|writer| self.write(writer, state, actions));
        (0..self.readers).for_each(|reader| self.read(reader, state, actions));
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut next = last.clone();
        match action {
            Action::Look(w) => next.writers[w] = Writer::Looked(last.head),
            Action::Hold(w) => {
                next.writers[w] = match &last.writers[w] {
                    Writer::Looked(_) if self.scheme == Scheme::LockAfterDrawing => Writer::Holding(NONE, vec![]),
                    Writer::Looked(head) => Writer::Holding(*head, vec![]),
                    Writer::Holding(_, drawn) => Writer::Holding(drawn.first()? - 1, drawn.clone()),
                    _ => return None,
                };
            }
            Action::Draw(w) => {
                next.head += 1;
                let Writer::Holding(_, drawn) = &mut next.writers[w] else { return None };
                drawn.push(last.head + 1);
            }
            Action::Commit(w) => match &last.writers[w] {
                Writer::Holding(lock, drawn) => {
                    next.committed.extend(drawn);
                    next.writers[w] = Writer::Committed(*lock);
                }
                Writer::Released(drawn) => {
                    next.committed.extend(drawn);
                    next.writers[w] = Writer::Ended;
                }
                _ => return None,
            },
            Action::Release(w) => {
                next.writers[w] = match &last.writers[w] {
                    Writer::Holding(_, drawn) => Writer::Released(drawn.clone()),
                    _ => Writer::Ended,
                };
            }
            Action::RollBack(w) => next.writers[w] = Writer::Ended,
            Action::Begin(r) => {
                next.rounds[r] = Some(Round { after: last.place, quiet: last.quiet(), ..Round::default() });
            }
            Action::AskHead(r) => next.rounds[r].as_mut()?.head = Some(last.head),
            Action::AskLocks(r) => {
                let round = next.rounds[r].as_mut()?;
                round.lock = Some(last.lowest_lock());
                round.quiet &= last.quiet();
            }
            Action::Read(r) => next.rounds[r].as_mut()?.snapshot = Some(last.committed.clone()),
            Action::Count(r) => {
                let round = next.rounds[r].take()?;
                let (page, place) = round.page();
                next.counted.extend(&page);
                next.place = place;
                let due = |position: &&u64| round.head.is_none_or(|head| **position <= head);
                next.stalled |= round.quiet && !last.committed.iter().filter(due).all(|p| next.counted.contains(p));
            }
            Action::Crash(r) => next.rounds[r] = None,
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("nothing is skipped", |_, state: &State| {
                state.committed.iter().all(|position| *position > state.place || state.counted.contains(position))
            }),
            Property::always("each is counted once, in order", |_, state: &State| {
                state.counted.is_sorted_by(|a, b| a < b)
            }),
            Property::always("nobody waits for who appends nothing", |_, state: &State| !state.stalled),
            Property::sometimes("everything is counted", |_, state: &State| {
                state.writers.iter().all(|writer| *writer == Writer::Ended)
                    && state.committed.len() > 1
                    && state.counted.iter().eq(&state.committed)
            }),
        ]
    }
}
