//! What an import read, stored and could not use, counted by kind.
use std::{collections::BTreeMap, path::PathBuf};

use serde::Serialize;
use uuid::Uuid;

/// The outcome of an import.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The import.
    pub batch: Uuid,
    /// The system it came from.
    pub source: &'static str,
    /// Every kind of which something was read, in the order of the declarations.
    pub kinds: Vec<KindReport>,
    /// Rows that follow from what was read (roles from assignments, school days from calendars, …).
    pub derived: BTreeMap<&'static str, u64>,
    /// Elements and files that were there but are not used, with how often.
    pub not_used: BTreeMap<String, u64>,
    /// How many files are as they were when they were stored, and were not read again.
    pub as_before: u64,
    /// How many faults are listed there: rejected rows, and references in lists that lead nowhere.
    pub listed: u64,
    /// Where the rows that could not be used are listed, if there are any.
    pub rejects: Option<PathBuf>,
}

/// How one kind fared: `read` is the sum of the other four.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct KindReport {
    /// The kind, in the source's own word.
    pub kind: &'static str,
    /// Rows read.
    pub read: u64,
    /// Rows not known before.
    pub new: u64,
    /// Rows known with another content.
    pub changed: u64,
    /// Rows known as they are.
    pub unchanged: u64,
    /// Rows that cannot be used.
    pub rejected: u64,
}

impl Report {
    /// Of an import that has not read anything.
    pub(crate) fn empty(batch: Uuid, source: &'static str) -> Self {
        let (derived, not_used) = (BTreeMap::new(), BTreeMap::new());
        Self { batch, source, kinds: Vec::new(), derived, not_used, as_before: 0, listed: 0, rejects: None }
    }

    /// Adds what became of another part of the same import.
    pub(crate) fn add(&mut self, other: Self) {
        for kind in other.kinds {
            match self.kinds.iter_mut().find(|known| known.kind == kind.kind) {
                None => self.kinds.push(kind),
                Some(known) => {
                    known.read += kind.read;
                    known.new += kind.new;
                    known.changed += kind.changed;
                    known.unchanged += kind.unchanged;
                    known.rejected += kind.rejected;
                }
            }
        }
        other.derived.into_iter().for_each(|(what, rows)| *self.derived.entry(what).or_default() += rows);
        other.not_used.into_iter().for_each(|(what, times)| *self.not_used.entry(what).or_default() += times);
        self.as_before += other.as_before;
        self.listed += other.listed;
    }

    /// One kind's figures; all zero if none of it was read.
    pub fn kind(&self, name: &'static str) -> KindReport {
        self.kinds
            .iter()
            .find(|k| k.kind == name)
            .cloned()
            .unwrap_or(KindReport { kind: name, ..KindReport::default() })
    }

    /// Rows that could not be used.
    pub fn rejected(&self) -> u64 {
        self.kinds.iter().map(|k| k.rejected).sum()
    }

    /// Rows written, derived ones included.
    pub fn written(&self) -> u64 {
        self.kinds.iter().map(|k| k.new + k.changed).sum::<u64>() + self.derived.values().sum::<u64>()
    }
}
