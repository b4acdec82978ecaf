//! A file that is there whole or not at all.
use std::{io::Write, path::Path, pin::pin};

use anyhow::Context;
use api::exports::{Form, Table};
use futures::TryStreamExt;
use tempfile::NamedTempFile;

/// A file without a name of its own; it goes with what it belongs to, unless it is finished.
pub struct Unfinished(NamedTempFile);

impl Unfinished {
    /// One in the directory in which `path` is to be.
    pub fn beside(path: &Path) -> anyhow::Result<Self> {
        let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(directory).with_context(|| format!("cannot write in {}", directory.display()));
        Ok(Self(file?))
    }

    /// Takes all of a table; with how many rows it has.
    pub async fn take(&mut self, table: Table, form: Form) -> anyhow::Result<u64> {
        let (mut pieces, mut rows) = (pin!(table.written(form)?), 0);
        while let Some(piece) = pieces.try_next().await? {
            self.0.write_all(&piece.bytes)?;
            rows += piece.rows as u64;
        }
        Ok(rows)
    }

    /// Gives it its name, once it is on the disk.
    pub fn finish(self, path: &Path) -> anyhow::Result<()> {
        self.0.as_file().sync_all()?;
        self.0.persist(path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(())
    }
}
