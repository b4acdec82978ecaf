//! One import from first byte to commit: read and stage side by side, then merge kind by kind.
use std::{path::PathBuf, sync::Arc};

use deadpool_postgres::{Object, Pool, Transaction};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    ImportError, Progress, Report, assume, batch, derive,
    load::{keys::Keys, load, told::Turn},
    reading::{Counted, Sink, Source},
    rejects, stage,
    store::Storing,
};

/// What may be chosen of an import.
#[derive(Debug, Default, Clone)]
pub struct Options {
    /// Where rows that cannot be used are listed; by default `throughline-rejects-<batch>.csv` in the current directory.
    pub rejects: Option<PathBuf>,
    /// Whether students without an enrolment are taken to be enrolled for all days of the sessions, and attendance to be
    /// submitted for all of them.
    pub assume_enrolled: bool,
    /// Whether each file of events is stored on its own, and so many at once; otherwise all is one transaction.
    pub by_file: Option<usize>,
}

/// Chunks that may wait: reading must not run away from storing.
const WAITING: usize = 4;

/// Runs `source` through: in one transaction, or file by file where that is asked for. Dropping the future before it is done
/// leaves nothing stored of what is one transaction.
pub(crate) async fn run(
    pool: &Pool,
    source: impl Source,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    if let Some(at_once) = options.by_file {
        return load(pool, source, options, at_once, progress).await;
    }
    // Taken out of the pool: when this future is dropped the connection closes, and PostgreSQL rolls back.
    let mut client = Object::take(pool.get().await?);
    let tx = client.transaction().await?;
    batch::lock(&tx).await?;
    let batch = batch::open(pool, source.name()).await?;
    let done = match whole(&tx, batch, source, options, progress).await {
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

async fn whole<S: Source>(
    tx: &Transaction<'_>,
    batch: Uuid,
    source: S,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    let (mut report, _) = import(tx, batch, source, progress, None).await?;
    if options.assume_enrolled {
        report.derived.extend(assume::enrolled(tx, batch, report.source).await?);
    }
    let path = options.rejects.clone().unwrap_or_else(|| format!("throughline-rejects-{batch}.csv").into());
    (report.rejects, report.listed) = rejects::write(tx, &path).await?;
    batch::close(tx, &report).await?;
    Ok(report)
}

/// Reads `source` and stores it, with what follows from it; of one file of several, on its `turn`, without what those before
/// it tell, and with the keys of its rows.
pub(crate) async fn import<S: Source>(
    tx: &Transaction<'_>,
    batch: Uuid,
    source: S,
    progress: Arc<dyn Progress>,
    turn: Option<&Turn>,
) -> Result<(Report, Arc<Keys>), ImportError> {
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
    let mut store = Storing::new(tx, kinds, name, batch, progress.clone());
    if turn.is_some() {
        store.keep_keys();
    }
    while let Some(chunk) = chunks.recv().await {
        store.take(chunk).await?;
    }
    let counted = reading.await.map_err(|_| ImportError::Stopped)??;
    let keys = Arc::new(store.keys());
    if let Some(turn) = turn {
        for (file, keys) in turn.was_read(tx, keys.clone()).await? {
            store.leave_out(&file, &keys).await?;
        }
    }
    store.merge(&counted.read).await?;
    let (present, kinds) = store.stored();
    progress.now("what follows from it");
    let report = Report {
        kinds,
        derived: derive::derive(tx, batch, derivations, |kind| present.contains(kind)).await?,
        not_used: counted.not_used,
        ..Report::empty(batch, name)
    };
    Ok((report, keys))
}
