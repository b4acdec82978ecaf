//! A load: the files of a directory stored one by one, several at once, so that one that is interrupted goes on where it was.
//!
//! What others refer to goes first, in one transaction; then each file is a transaction of its own, and is written down with
//! what it held in that transaction. The same load told again leaves out what is written down; once everything is stored
//! nothing is written down any more.
use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use deadpool_postgres::{Object, Pool};
use sha2::{Digest, Sha256};
use tokio::{sync::Mutex, task::JoinSet};
use uuid::Uuid;

use super::{ImportError, Options, Progress, Report, assume, batch, reading::Source, rejects, run::import};

/// What all files of a load share.
struct Load {
    pool: Pool,
    batch: Uuid,
    source: &'static str,
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
    let (name, batch) = (source.name(), batch::open(pool, source.name()).await?);
    let path = options.rejects.clone().unwrap_or_else(|| format!("throughline-rejects-{batch}.csv").into());
    rejects::begin(&path)?;
    let load = Load { pool: pool.clone(), batch, source: name, rejects: Mutex::new(path), progress };
    let done = run(Arc::new(load), source, options, at_once).await;
    if done.is_err() && batch::fail(pool, batch).await.is_err() {
        tracing::warn!(%batch, "the failed import could not be marked as failed");
    }
    alone.rollback().await?;
    done
}

async fn run<S: Source>(load: Arc<Load>, source: S, options: &Options, at_once: usize) -> Result<Report, ImportError> {
    let (first, mut files) = source.parts();
    let mut all = load.store(first, None).await?;
    // The largest first, so that the last ones to end do so together.
    files.sort_by_key(|(path, _)| std::fs::metadata(path).map_or(0, |metadata| metadata.len()));
    load.progress.begins(files.iter().filter_map(|(path, _)| Some(std::fs::metadata(path).ok()?.len())).sum());
    let mut running = JoinSet::new();
    while !files.is_empty() || !running.is_empty() {
        while running.len() < at_once.max(1)
            && let Some((path, part)) = files.pop()
        {
            let load = load.clone();
            running.spawn(async move { load.file(&path, part).await });
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
    async fn file<S: Source>(&self, path: &Path, part: S) -> Result<Report, ImportError> {
        let hashed = path.to_owned();
        let hash = tokio::task::spawn_blocking(move || hash(&hashed)).await.map_err(|_| ImportError::Stopped)??;
        let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let stored = "SELECT FROM loaded_files WHERE source = $1 AND file = $2 AND hash = $3";
        if self.pool.get().await?.query_opt(stored, &[&self.source, &file, &hash]).await?.is_some() {
            let mut report = Report::empty(self.batch, self.source);
            report.not_used.insert(format!("{file}: stored before the load was interrupted"), 1);
            return Ok(report);
        }
        self.store(part, Some((file, hash))).await
    }

    /// Stores one part in a transaction of its own.
    async fn store<S: Source>(&self, part: S, file: Option<(String, Vec<u8>)>) -> Result<Report, ImportError> {
        let mut client = Object::take(self.pool.get().await?);
        let tx = client.transaction().await?;
        let mut report = import(&tx, self.batch, part, self.progress.clone()).await?;
        if let Some((file, hash)) = file {
            let stored = "INSERT INTO loaded_files (source, file, hash, batch) VALUES ($1, $2, $3, $4)
                          ON CONFLICT (source, file) DO UPDATE SET hash = EXCLUDED.hash, batch = EXCLUDED.batch";
            tx.execute(stored, &[&self.source, &file, &hash, &self.batch]).await?;
        }
        let path = self.rejects.lock().await;
        report.listed = rejects::add(&tx, &path).await?;
        drop(path);
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
        tx.execute("DELETE FROM loaded_files WHERE source = $1", &[&self.source]).await?;
        let path = self.rejects.lock().await;
        all.rejects = (all.listed > 0).then(|| path.clone());
        if all.rejects.is_none() {
            std::fs::remove_file(&*path).map_err(|e| ImportError::file(&*path, e))?;
        }
        batch::close(&tx, all).await?;
        Ok(tx.commit().await?)
    }
}

/// What a file holds, in short.
fn hash(path: &Path) -> Result<Vec<u8>, ImportError> {
    let failed = |e| ImportError::file(path, e);
    let (mut file, mut hash) = (std::fs::File::open(path).map_err(failed)?, Sha256::new());
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(hash.finalize().to_vec()),
            read => hash.update(&buffer[..read]),
        }
    }
}
