//! The reading half: a thread that reads files and hands over rows in chunks, no faster than they are stored.
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use chrono::NaiveDate;
use tokio::sync::mpsc::Sender;

use super::{
    ImportError, Progress,
    build::{BY_ID, Fields, Plan, Row},
    derive::Derivation,
    kind::Kind,
    stage::Reject,
};

/// Rows of a chunk: enough to make a copy worth its round trip, few enough to keep.
const CHUNK: usize = 4_000;

/// Something an import can be read from.
pub(crate) trait Source: Send + Sized + 'static {
    /// The system's name, as in the column `source`.
    fn name(&self) -> &'static str;
    /// The kinds it may hold, those referred to before those that refer.
    fn kinds(&self) -> &'static [Kind];
    /// What follows from what it brings.
    fn derivations(&self) -> &'static [Derivation];
    /// Reads everything into `sink`.
    fn read(self, sink: &mut Sink) -> Result<(), ImportError>;
    /// What others refer to, and the files that can be stored after it, each on its own.
    fn parts(self) -> (Self, Vec<(PathBuf, Self)>) {
        (self, Vec::new())
    }
}

/// What the reading thread hands over.
pub(crate) enum Chunk {
    /// A file begins.
    File { file: i32, name: String },
    /// Rows of the kind with this number.
    Rows { kind: usize, file: i32, rows: Vec<Row> },
    /// Everything that rows may refer to has been handed over; so many rows of each kind were read.
    Settled { read: Vec<u64> },
    /// Rows that cannot be used.
    Rejects { file: i32, rejects: Vec<Reject> },
}

/// What was counted while reading.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) read: Vec<u64>,
    pub(crate) not_used: BTreeMap<String, u64>,
}

/// Takes rows from a reader.
pub(crate) struct Sink {
    plans: Vec<Plan>,
    sender: Sender<Chunk>,
    progress: Arc<dyn Progress>,
    file: i32,
    buffers: Vec<Vec<Row>>,
    rejects: Vec<Reject>,
    /// How many rows of each kind had been read when everything to be referred to had been.
    settled: Option<Vec<u64>>,
    pub(crate) counted: Counted,
}

impl Sink {
    pub(crate) fn new(kinds: &'static [Kind], sender: Sender<Chunk>, progress: Arc<dyn Progress>) -> Self {
        let plans: Vec<Plan> = kinds.iter().map(Plan::new).collect();
        let buffers = plans.iter().map(|_| Vec::new()).collect();
        let counted = Counted { read: vec![0; plans.len()], ..Counted::default() };
        Self { plans, sender, progress, file: 0, buffers, rejects: Vec::new(), settled: None, counted }
    }

    /// The plans, in the order of the kinds.
    pub(crate) fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// Who is told how far it is.
    pub(crate) fn progress(&self) -> Arc<dyn Progress> {
        self.progress.clone()
    }

    /// Begins a file.
    pub(crate) fn begin(&mut self, name: &str) -> Result<(), ImportError> {
        self.flush()?;
        self.file += 1;
        self.send(Chunk::File { file: self.file, name: name.to_owned() })
    }

    /// Says that whatever comes from here on refers only to what came before, or is known: it needs no detour.
    pub(crate) fn settled(&mut self) -> Result<(), ImportError> {
        self.flush()?;
        let read = self.counted.read.clone();
        self.settled = Some(read.clone());
        self.send(Chunk::Settled { read })
    }

    /// Takes one row of the kind with number `kind`.
    pub(crate) fn row(
        &mut self,
        kind: usize,
        line: u64,
        xml_id: Option<&str>,
        fields: &Fields,
        ended: Option<NaiveDate>,
    ) -> Result<(), ImportError> {
        self.counted.read[kind] += 1;
        let late = |before: &Vec<u64>| before[kind] > 0 || self.plans[kind].kind.identity.is_some();
        if self.settled.as_ref().is_some_and(late) {
            self.reject(kind, line, "stands where only what refers to others may stand".to_owned());
            return Ok(());
        }
        match self.plans[kind].build(line, xml_id.map(|id| format!("{BY_ID}{id}")), fields, ended) {
            Ok(row) => self.buffers[kind].push(row),
            Err(reason) => self.reject(kind, line, reason),
        }
        if self.buffers[kind].len() >= CHUNK || self.rejects.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    /// Refuses one row that was counted as read by the caller's own rules.
    pub(crate) fn refuse(&mut self, kind: usize, line: u64, reason: &str) {
        self.counted.read[kind] += 1;
        self.reject(kind, line, reason.to_owned());
    }

    /// Counts something that is there but not used.
    pub(crate) fn not_used(&mut self, name: &str) {
        match self.counted.not_used.get_mut(name) {
            Some(times) => *times += 1,
            None => drop(self.counted.not_used.insert(name.to_owned(), 1)),
        }
    }

    /// Hands over what is left.
    pub(crate) fn flush(&mut self) -> Result<(), ImportError> {
        for kind in 0..self.buffers.len() {
            let rows = std::mem::take(&mut self.buffers[kind]);
            if !rows.is_empty() {
                self.send(Chunk::Rows { kind, file: self.file, rows })?;
            }
        }
        let rejects = std::mem::take(&mut self.rejects);
        if rejects.is_empty() { Ok(()) } else { self.send(Chunk::Rejects { file: self.file, rejects }) }
    }

    fn reject(&mut self, kind: usize, line: u64, reason: String) {
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        self.rejects.push(Reject { kind: self.plans[kind].kind.name, line, reason });
    }

    fn send(&self, chunk: Chunk) -> Result<(), ImportError> {
        self.sender.blocking_send(chunk).map_err(|_| ImportError::Stopped)
    }
}
