//! One import from first byte to commit: read and stage side by side, then merge kind by kind.
use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, atomic::AtomicI64},
};

use deadpool_postgres::{Object, Pool, Transaction};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    ImportError, Progress, Report, assume, batch, derive, merge,
    reading::{Chunk, Counted, Sink, Source},
    rejects, stage,
};

/// What may be chosen of an import.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// Where rows that cannot be used are listed; by default `throughline-rejects-<batch>.csv` in the current directory.
    pub rejects: Option<PathBuf>,
    /// Whether students without an enrolment are taken to be enrolled for all days of the sessions, and attendance to be
    /// submitted for all of them.
    pub assume_enrolled: bool,
}

/// Chunks that may wait: reading must not run away from storing.
const WAITING: usize = 4;

/// Runs `source` through. Dropping the future before it is done leaves nothing stored.
pub(crate) async fn run(
    pool: &Pool,
    source: impl Source,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    // Taken out of the pool: when this future is dropped the connection closes, and PostgreSQL rolls back.
    let mut client = Object::take(pool.get().await?);
    let tx = client.transaction().await?;
    batch::lock(&tx).await?;
    let batch = batch::open(pool, source.name()).await?;
    let done = match import(&tx, batch, source, options, progress).await {
        Ok(report) => commit(tx, report).await,
        Err(error) => {
            // Waited for, so that the lock is free when the caller hears of the failure.
            if tx.rollback().await.is_err() {
                tracing::warn!(%batch, "the connection of a failed import is gone; PostgreSQL rolls it back by itself");
            }
            Err(error)
        }
    };
    if done.is_err() && batch::fail(pool, batch).await.is_err() {
        tracing::warn!(%batch, "the failed import could not be marked as failed");
    }
    done
}

async fn commit(tx: Transaction<'_>, report: Report) -> Result<Report, ImportError> {
    let Err(error) = tx.commit().await else { return Ok(report) };
    if let Some(path) = &report.rejects
        && std::fs::remove_file(path).is_err()
    {
        tracing::warn!("the list of rejects is left over from an import that was not stored");
    }
    Err(error.into())
}

async fn import<S: Source>(
    tx: &Transaction<'_>,
    batch: Uuid,
    source: S,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    let (name, kinds, derivations) = (source.name(), source.kinds(), source.derivations());
    stage::prepare(tx).await?;

    let (sender, mut chunks) = mpsc::channel(WAITING);
    let watching = progress.clone();
    let reading = tokio::task::spawn_blocking(move || -> Result<Counted, ImportError> {
        let mut sink = Sink::new(kinds, sender, watching);
        source.read(&mut sink)?;
        sink.flush()?;
        Ok(sink.counted)
    });
    let (mut staged, seq) = (vec![false; kinds.len()], AtomicI64::new(0));
    while let Some(chunk) = chunks.recv().await {
        match chunk {
            Chunk::File { file, name } => {
                tx.execute("INSERT INTO import_files (file, name) VALUES ($1, $2)", &[&file, &name]).await?;
            }
            Chunk::Rejects { file, rejects } => stage::copy_rejects(tx, file, &rejects).await?,
            Chunk::Rows { kind, file, rows } => {
                if !std::mem::replace(&mut staged[kind], true) {
                    stage::create(tx, &kinds[kind]).await?;
                }
                stage::copy(tx, &kinds[kind], &seq, file, &rows).await?;
            }
        }
    }
    let counted = reading.await.map_err(|_| ImportError::Stopped)??;

    let mut report = Report {
        batch,
        source: name,
        kinds: Vec::new(),
        derived: BTreeMap::new(),
        listed: 0,
        not_used: counted.not_used,
        rejects: None,
    };
    for (number, kind) in kinds.iter().enumerate().filter(|(number, _)| counted.read[*number] > 0) {
        progress.now(kind.name);
        if !staged[number] {
            stage::create(tx, kind).await?;
            staged[number] = true;
        }
        report.kinds.push(merge::merge(tx, kind, name, batch, counted.read[number]).await?);
    }
    progress.now("what follows from it");
    let present = |kind: &str| kinds.iter().zip(&staged).any(|(k, staged)| *staged && k.name == kind);
    report.derived = derive::derive(tx, batch, derivations, present).await?;
    if options.assume_enrolled {
        report.derived.extend(assume::enrolled(tx, batch, name).await?);
    }

    let path = options.rejects.clone().unwrap_or_else(|| format!("throughline-rejects-{batch}.csv").into());
    (report.rejects, report.listed) = rejects::write(tx, &path).await?;
    batch::close(tx, &report).await?;
    Ok(report)
}
