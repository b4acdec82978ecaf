//! The storing half: takes what the reading half hands over, and merges it kind by kind.
use std::{
    collections::{BTreeSet, HashSet},
    sync::{Arc, atomic::AtomicI64},
};

use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::{
    ImportError, KindReport, Progress, build::Row, kind::Kind, load::keys::Keys, merge, merge_sql as sql, names::Names,
    reading::Chunk, settled, stage,
};

/// How rows of a kind wait to be merged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Nothing,
    Staged,
    Settled,
    Merged,
}

/// An import's rows on their way into their tables.
pub(crate) struct Storing<'a> {
    tx: &'a Transaction<'a>,
    kinds: &'static [Kind],
    source: &'static str,
    batch: Uuid,
    progress: Arc<dyn Progress>,
    waiting: Vec<Waiting>,
    reports: Vec<Option<KindReport>>,
    names: Names,
    settled: bool,
    seq: AtomicI64,
    /// The key of each row that waits, by its number, where that is kept.
    keys: Option<Vec<(u64, i64)>>,
}

impl<'a> Storing<'a> {
    pub(crate) fn new(
        tx: &'a Transaction<'a>,
        kinds: &'static [Kind],
        source: &'static str,
        batch: Uuid,
        progress: Arc<dyn Progress>,
    ) -> Self {
        let (waiting, reports) = (vec![Waiting::Nothing; kinds.len()], kinds.iter().map(|_| None).collect());
        let (names, seq) = (Names::of(source), AtomicI64::new(0));
        Self { tx, kinds, source, batch, progress, waiting, reports, names, settled: false, seq, keys: None }
    }

    /// Keeps from now on what singles out each row.
    pub(crate) fn keep_keys(&mut self) {
        self.keys = Some(vec![]);
    }

    /// What singles out the rows so far.
    pub(crate) fn keys(&self) -> Keys {
        Keys::of(self.keys.iter().flatten().map(|(key, _)| *key))
    }

    /// Refuses the rows with these keys, which `file` tells, too.
    pub(crate) async fn leave_out(&self, file: &str, keys: &[u64]) -> Result<(), ImportError> {
        let keys: HashSet<_> = keys.iter().collect();
        let twice: Vec<i64> =
            self.keys.iter().flatten().filter(|(key, _)| keys.contains(key)).map(|(_, seq)| *seq).collect();
        let waiting = self.kinds.iter().zip(&self.waiting).filter(|(_, waiting)| **waiting == Waiting::Settled);
        for (kind, _) in waiting {
            let reason = format!("duplicate {}: {file} has it, too, and comes first", kind.duplicate);
            self.tx.execute(&sql::leave_out(kind), &[&reason, &twice]).await?;
        }
        Ok(())
    }

    /// Takes one chunk.
    pub(crate) async fn take(&mut self, chunk: Chunk) -> Result<(), ImportError> {
        match chunk {
            Chunk::File { file, name } => {
                self.tx.execute("INSERT INTO import_files (file, name) VALUES ($1, $2)", &[&file, &name]).await?;
                Ok(())
            }
            Chunk::Rejects { file, rejects } => stage::copy_rejects(self.tx, file, &rejects).await,
            Chunk::Settled { read } => {
                self.merge(&read).await?;
                self.settled = true;
                Ok(())
            }
            Chunk::Rows { kind, file, rows } => self.rows(kind, file, rows).await,
        }
    }

    async fn rows(&mut self, number: usize, file: i32, rows: Vec<Row>) -> Result<(), ImportError> {
        let kind = &self.kinds[number];
        if self.waiting[number] == Waiting::Nothing {
            self.begin(number).await?;
        }
        match self.waiting[number] {
            Waiting::Settled => {
                let (names, keys) = (&mut self.names, self.keys.as_mut());
                settled::copy(self.tx, kind, names, (&self.seq, file), rows, keys).await
            }
            _ => stage::copy(self.tx, kind, &self.seq, file, &rows).await,
        }
    }

    async fn begin(&mut self, number: usize) -> Result<(), ImportError> {
        let kind = &self.kinds[number];
        self.waiting[number] = if self.settled && kind.identity.is_none() {
            settled::create(self.tx, kind).await?;
            Waiting::Settled
        } else {
            stage::create(self.tx, kind).await?;
            Waiting::Staged
        };
        Ok(())
    }

    /// Merges what waits, in the order of the kinds; `read` rows of each were read.
    pub(crate) async fn merge(&mut self, read: &[u64]) -> Result<(), ImportError> {
        for (number, kind) in self.kinds.iter().enumerate().filter(|(number, _)| read[*number] > 0) {
            if self.waiting[number] == Waiting::Nothing {
                self.begin(number).await?;
            }
            let (tx, source, batch, read) = (self.tx, self.source, self.batch, read[number]);
            self.progress.now(kind.name);
            self.reports[number] = match self.waiting[number] {
                Waiting::Settled => Some(settled::merge(tx, kind, source, batch, read).await?),
                Waiting::Staged => Some(merge::merge(tx, kind, source, batch, read).await?),
                Waiting::Merged | Waiting::Nothing => continue,
            };
            self.waiting[number] = Waiting::Merged;
        }
        Ok(())
    }

    /// Of which kinds there was something, and how each fared.
    pub(crate) fn stored(self) -> (BTreeSet<&'static str>, Vec<KindReport>) {
        let kinds: Vec<KindReport> = self.reports.into_iter().flatten().collect();
        (kinds.iter().map(|report| report.kind).collect(), kinds)
    }
}
