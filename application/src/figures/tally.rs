//! A stretch of the log, counted: what is known goes in, what changes comes out.
use std::{collections::BTreeMap, iter};

use domain::{
    StudentId,
    case::{CaseEvent, Content},
};
use uuid::Uuid;

use super::{Amount, Cell, Counted};
use crate::{Happening, view::Kind};

/// A thing on a case: whose case, and which entry; the case itself goes by the student.
pub type Key = (StudentId, Uuid);

/// What counts on the cases that a stretch of the log is about.
#[derive(Debug, Default)]
pub struct Tally {
    now: BTreeMap<Key, Counted>,
    before: BTreeMap<Key, Option<Counted>>,
}

/// What changed.
#[derive(Debug, Default, PartialEq)]
pub struct Changes {
    /// Things that count, or count otherwise.
    pub counted: Vec<(Key, Counted)>,
    /// Things that count no more.
    pub uncounted: Vec<Key>,
    /// By how much cells change.
    pub cells: BTreeMap<Cell, Amount>,
}

/// The things that must be known to count what happened: the case, what it is about, and what that belongs to.
pub fn named(happening: &Happening<'_, CaseEvent>) -> Vec<(Uuid, Uuid)> {
    let intervention = match happening.event {
        CaseEvent::SessionLogged(fact) => Some(fact.intervention),
        event => match event.written() {
            Some(Content::Session { intervention, .. }) => Some(intervention),
            _ => None,
        },
    };
    let case = happening.stream;
    let entries = happening.event.entry().into_iter().chain(intervention.map(|intervention| intervention.uuid()));
    iter::once(case).chain(entries).map(|thing| (case, thing)).collect()
}

/// Whether everything open on the case must be known besides.
pub fn touches_all(event: &CaseEvent) -> bool {
    matches!(event, CaseEvent::SchoolChanged(_))
}

impl Tally {
    /// Counts on from what is `known`: what is [`named`], and everything open where an event [`touches_all`].
    pub fn from(known: impl IntoIterator<Item = (Key, Counted)>) -> Self {
        Self { now: known.into_iter().collect(), before: BTreeMap::new() }
    }

    /// What changed since then.
    pub fn changes(self) -> Changes {
        let mut changes = Changes::default();
        for (key, before) in self.before {
            let now = self.now.get(&key);
            if before.as_ref() == now {
                continue;
            }
            for (counted, times) in [(before.as_ref(), -1), (now, 1)] {
                for (cell, amount) in counted.iter().flat_map(|counted| counted.cells()) {
                    changes.cells.entry(cell).or_default().add(amount, times);
                }
            }
            match now {
                Some(counted) => changes.counted.push((key, counted.clone())),
                None => changes.uncounted.push(key),
            }
        }
        changes.cells.retain(|_, amount| !amount.is_nothing());
        changes
    }

    pub(super) fn get(&self, key: Key) -> Option<&Counted> {
        self.now.get(&key)
    }

    /// The case of `student`.
    pub(super) fn case(&self, student: StudentId) -> Option<&Counted> {
        self.get((student, student.uuid()))
    }

    pub(super) fn put(&mut self, key: Key, counted: Counted) {
        let was = self.now.insert(key, counted);
        self.before.entry(key).or_insert(was);
    }

    pub(super) fn remove(&mut self, key: Key) {
        let was = self.now.remove(&key);
        self.before.entry(key).or_insert(was);
    }

    pub(super) fn change(&mut self, key: Key, change: impl FnOnce(&mut Counted)) {
        if let Some(mut counted) = self.now.get(&key).cloned() {
            change(&mut counted);
            self.put(key, counted);
        }
    }

    /// What is open on a case, and the case itself.
    pub(super) fn open_of(&self, student: StudentId) -> Vec<Key> {
        let of_case = self.now.range((student, Uuid::nil())..=(student, Uuid::max()));
        of_case.filter(|(_, counted)| counted.kind == Kind::Case || counted.is_open()).map(|(key, _)| *key).collect()
    }
}
