//! A load: the files of a directory stored one by one, several at once, so that one that is interrupted goes on where it was.
//!
//! What others refer to goes first, in one transaction; then each file is a transaction of its own, and is written down with
//! what it held in that transaction. The same load told again leaves out what is written down; a later one does not read
//! again what is as it was.
pub(crate) mod files;
pub(crate) mod keys;
pub(crate) mod told;

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
};

use deadpool_postgres::{Object, Pool};
use tokio::{sync::Mutex, task::JoinSet};
use uuid::Uuid;

use super::{
    ImportError, Options, Progress, Report, assume, batch, files::name_of, kind::Kind, reading::Source, rejects,
    run::import,
};
use files::LoadedFile;
use told::{Told, Turn};

/// What all files of a load share.
struct Load {
    pool: Pool,
    batch: Uuid,
    source: &'static str,
    kinds: &'static [Kind],
    /// Where rows that cannot be used are listed; whoever holds it writes.
    rejects: Mutex<PathBuf>,
    progress: Arc<dyn Progress>,
}

/// Loads `source` through, `at_once` files at a time. Dropping the future leaves whole files stored, and the rest not.
pub(crate) async fn load<S: Source>(
    pool: &Pool,
    source: S,
    options: &Options,
    at_once: usize,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    let mut client = Object::take(pool.get().await?);
    // Held to the end: nobody else imports meanwhile.
    let alone = client.transaction().await?;
    alone.batch_execute("SET LOCAL idle_in_transaction_session_timeout = 0").await?;
    batch::lock(&alone).await?;
    let (name, kinds, batch) = (source.name(), source.kinds(), batch::open(pool, source.name()).await?);
    let path = options.rejects.clone().unwrap_or_else(|| format!("throughline-rejects-{batch}.csv").into());
    rejects::begin(&path)?;
    let load = Load { pool: pool.clone(), batch, source: name, kinds, rejects: Mutex::new(path), progress };
    let done = run(Arc::new(load), source, options, at_once).await;
    if done.is_err() && batch::fail(pool, batch).await.is_err() {
        tracing::warn!(%batch, "the failed import could not be marked as failed");
    }
    alone.rollback().await?;
    done
}

async fn run<S: Source>(load: Arc<Load>, source: S, options: &Options, at_once: usize) -> Result<Report, ImportError> {
    let (first, parts) = source.parts();
    let names: Vec<String> = parts.iter().map(|(path, _)| name_of(path)).collect();
    files::forget_others(&load.pool, load.source, &names).await?;
    let mut all = load.store(first, None).await?;
    load.progress.begins(parts.iter().filter_map(|(path, _)| Some(std::fs::metadata(path).ok()?.len())).sum());
    let told = Arc::new(Told::of(load.source, names));
    // In their order: what a file tells waits for what those before it tell.
    let mut waiting: VecDeque<_> = parts.into_iter().enumerate().collect();
    let mut running = JoinSet::new();
    while !waiting.is_empty() || !running.is_empty() {
        while running.len() < at_once.max(1)
            && let Some((place, (path, part))) = waiting.pop_front()
        {
            let (load, turn) = (load.clone(), Turn { told: told.clone(), place });
            running.spawn(async move { load.file(turn, &path, part).await });
        }
        if let Some(stored) = running.join_next().await {
            all.add(stored.map_err(|_| ImportError::Stopped)??);
        }
    }
    load.end(&mut all, options).await?;
    Ok(all)
}

impl Load {
    /// Stores one file, unless it is written down as stored.
    async fn file<S: Source>(&self, turn: Turn, path: &Path, part: S) -> Result<Report, ImportError> {
        let (hashed, kinds) = (path.to_owned(), self.kinds);
        let hash = tokio::task::spawn_blocking(move || files::hash(&hashed, kinds)).await;
        let hash = hash.map_err(|_| ImportError::Stopped)??;
        let known = LoadedFile::find(&self.pool, self.source, turn.file()).await?;
        if let Some(known) = known.filter(|known| known.holds(&hash)) {
            if !known.through {
                turn.is_as_before();
                let mut report = Report::empty(self.batch, self.source);
                report.not_used.insert(format!("{}: stored before the load was interrupted", turn.file()), 1);
                return Ok(report);
            }
            if known.is_stored_completely() && !turn.is_contradicted(&known.keys).await {
                turn.is_as_before();
                return Ok(known.unchanged(self.batch, self.source, kinds));
            }
        }
        self.store(part, Some((turn, hash))).await
    }

    /// Stores one part in a transaction of its own.
    async fn store<S: Source>(&self, part: S, file: Option<(Turn, Vec<u8>)>) -> Result<Report, ImportError> {
        let mut client = Object::take(self.pool.get().await?);
        let tx = client.transaction().await?;
        tx.batch_execute("SET LOCAL throughline.loading = 'on'").await?;
        let turn = file.as_ref().map(|(turn, _)| turn);
        let (mut report, keys) = import(&tx, self.batch, part, self.progress.clone(), turn).await?;
        let path = self.rejects.lock().await;
        report.listed = rejects::add(&tx, &path).await?;
        drop(path);
        if let Some((turn, hash)) = &file {
            files::write_down(&tx, (turn.file(), hash), &keys, &report).await?;
        }
        tx.commit().await?;
        Ok(report)
    }

    /// What follows from the whole; then nothing is left to go on with.
    async fn end(&self, all: &mut Report, options: &Options) -> Result<(), ImportError> {
        let mut client = self.pool.get().await?;
        let tx = client.transaction().await?;
        tx.batch_execute("SET LOCAL statement_timeout = 0").await?;
        if options.assume_enrolled {
            all.derived.extend(assume::enrolled(&tx, self.batch, self.source).await?);
        }
        files::through(&tx, self.source).await?;
        let path = self.rejects.lock().await;
        all.rejects = (all.listed > 0).then(|| path.clone());
        if all.rejects.is_none() {
            std::fs::remove_file(&*path).map_err(|e| ImportError::file(&*path, e))?;
        }
        batch::close(&tx, all).await?;
        Ok(tx.commit().await?)
    }
}
