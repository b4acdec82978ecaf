//! Which files were stored completely, and what they told: they are not read again while they are what they were.
use std::{collections::BTreeMap, io::Read, path::Path};

use deadpool_postgres::{Pool, Transaction};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::keys::Keys;
use crate::import::{ImportError, KindReport, Report, kind::Kind};

/// A file that was stored.
pub(crate) struct LoadedFile {
    /// What it held, in short.
    hash: Vec<u8>,
    /// Whether the load is through that it belonged to.
    pub(crate) through: bool,
    /// How many of its rows could not be used.
    rejected: i64,
    told: BTreeMap<String, u64>,
    pub(crate) keys: Keys,
}

impl LoadedFile {
    /// What is known of that file.
    pub(crate) async fn find(pool: &Pool, source: &str, file: &str) -> Result<Option<Self>, ImportError> {
        let select = "SELECT hash, through, rejected, told, keys FROM loaded_files WHERE source = $1 AND file = $2";
        let found = pool.get().await?.query_opt(select, &[&source, &file]).await?;
        Ok(found.map(|row| Self {
            hash: row.get(0),
            through: row.get(1),
            rejected: row.get(2),
            told: serde_json::from_value(row.get(3)).unwrap_or_default(),
            keys: Keys::from_bytes(row.get(4)),
        }))
    }

    /// The keys of the rows that a stored file told; none of one that is not known.
    pub(crate) async fn keys(tx: &Transaction<'_>, source: &str, file: &str) -> Result<Keys, ImportError> {
        let select = "SELECT keys FROM loaded_files WHERE source = $1 AND file = $2";
        let found = tx.query_opt(select, &[&source, &file]).await?;
        Ok(found.map(|row| Keys::from_bytes(row.get(0))).unwrap_or_default())
    }

    /// Whether it still holds the same.
    pub(crate) fn holds(&self, hash: &[u8]) -> bool {
        self.hash == hash
    }

    /// Whether all its rows are stored, so that nothing of it would have to be told again.
    pub(crate) fn is_stored_completely(&self) -> bool {
        self.rejected == 0
    }

    /// What a load says of it that need not read it.
    pub(crate) fn unchanged(&self, batch: Uuid, source: &'static str, kinds: &'static [Kind]) -> Report {
        let told = kinds.iter().filter_map(|kind| Some((kind.name, *self.told.get(kind.name)?)));
        let kinds = told.map(|(kind, read)| KindReport { kind, read, unchanged: read, ..KindReport::default() });
        Report { kinds: kinds.collect(), as_before: 1, ..Report::empty(batch, source) }
    }
}

/// Writes down that a file is stored, in the transaction that stores it.
pub(crate) async fn write_down(
    tx: &Transaction<'_>,
    file: (&str, &[u8]),
    keys: &Keys,
    report: &Report,
) -> Result<(), ImportError> {
    let told: BTreeMap<_, _> = report.kinds.iter().map(|kind| (kind.kind, kind.read)).collect();
    let rejected = i64::try_from(report.rejected().max(report.listed)).unwrap_or(i64::MAX);
    let insert = "INSERT INTO loaded_files (source, file, hash, batch, rejected, told, keys)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)
                  ON CONFLICT (source, file) DO UPDATE SET hash = EXCLUDED.hash, batch = EXCLUDED.batch, through = false,
                         rejected = EXCLUDED.rejected, told = EXCLUDED.told, keys = EXCLUDED.keys";
    let (name, hash) = file;
    tx.execute(insert, &[&report.source, &name, &hash, &report.batch, &rejected, &json!(told), &keys.to_bytes()])
        .await?;
    Ok(())
}

/// Forgets files that are not of this load: whatever it changes of their rows, they are read again.
pub(crate) async fn forget_others(pool: &Pool, source: &str, files: &[String]) -> Result<(), ImportError> {
    let delete = "DELETE FROM loaded_files WHERE source = $1 AND file <> ALL ($2)";
    pool.get().await?.execute(delete, &[&source, &files]).await?;
    Ok(())
}

/// The load is through.
pub(crate) async fn through(tx: &Transaction<'_>, source: &str) -> Result<(), ImportError> {
    tx.execute("UPDATE loaded_files SET through = true WHERE source = $1 AND NOT through", &[&source]).await?;
    Ok(())
}

/// What a file holds, in short, and as what its rows are read.
pub(crate) fn hash(path: &Path, kinds: &[Kind]) -> Result<Vec<u8>, ImportError> {
    let failed = |e| ImportError::file(path, e);
    let (mut file, mut hash) = (std::fs::File::open(path).map_err(failed)?, Sha256::new());
    hash.update(concat!(env!("CARGO_PKG_VERSION"), " "));
    hash.update(format!("{kinds:?}"));
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(hash.finalize().to_vec()),
            read => hash.update(&buffer[..read]),
        }
    }
}
