//! The list of rows that could not be used: file, line, kind, reason; never what stands in the row.
use std::{
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
};

use deadpool_postgres::Transaction;
use futures::TryStreamExt;
use tempfile::NamedTempFile;

use super::ImportError;

/// The columns.
const HEAD: [&str; 4] = ["file", "line", "kind", "reason"];

/// Writes the list to `path`, whole or not at all; no file if there is nothing to list. With how many.
pub(crate) async fn write(tx: &Transaction<'_>, path: &Path) -> Result<(Option<PathBuf>, u64), ImportError> {
    let mut out: Option<csv::Writer<NamedTempFile>> = None;
    let listed = each(tx, |row| {
        let writer = match &mut out {
            Some(writer) => writer,
            none => none.insert(open(path)?),
        };
        writer.write_record(row).map_err(|e| failed(path, e))
    })
    .await?;
    let Some(writer) = out else { return Ok((None, 0)) };
    let file = writer.into_inner().map_err(|e| ImportError::file(path, e.into_error()))?;
    file.persist(path).map_err(|e| ImportError::file(path, e.error))?;
    Ok((Some(path.to_owned()), listed))
}

/// Begins a list at `path` that is added to.
pub(crate) fn begin(path: &Path) -> Result<(), ImportError> {
    also(path, false, &[])
}

/// Adds to the list at `path`; with how many.
pub(crate) async fn add(tx: &Transaction<'_>, path: &Path) -> Result<u64, ImportError> {
    let file = OpenOptions::new().append(true).open(path).map_err(|e| ImportError::file(path, e))?;
    let mut writer = csv::Writer::from_writer(file);
    let listed = each(tx, |row| writer.write_record(row).map_err(|e| failed(path, e))).await?;
    writer.flush().map_err(|e| ImportError::file(path, e))?;
    Ok(listed)
}

/// Hands out file, line, kind and reason of each, in the order of the files; with how many there are.
async fn each(
    tx: &Transaction<'_>,
    mut take: impl FnMut([&str; 4]) -> Result<(), ImportError>,
) -> Result<u64, ImportError> {
    let none: [&str; 0] = [];
    let rows = tx
        .query_raw(
            "SELECT f.name, r.line, r.kind, r.reason FROM import_rejects r JOIN import_files f USING (file)
             ORDER BY f.file, r.line, r.kind, r.reason",
            none,
        )
        .await?;
    let mut rows = std::pin::pin!(rows);
    let mut listed = 0;
    while let Some(row) = rows.try_next().await? {
        let line: i64 = row.get(1);
        listed += 1;
        take([row.get(0), line.to_string().as_str(), row.get(2), row.get(3)])?;
    }
    Ok(listed)
}

/// What the students' cases refused of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The kind, in the source's own word.
    pub kind: &'static str,
    /// The rule by name, what it says, and the student by our id.
    pub reason: String,
}

/// Adds `refused` to the list at `path`, or begins one there: without file and line, for they come from the whole.
///
/// # Errors
///
/// [`ImportError::File`].
pub fn also(path: &Path, begun: bool, refused: &[Refused]) -> Result<(), ImportError> {
    let mut writer = if begun {
        let file = OpenOptions::new().append(true).open(path).map_err(|e| ImportError::file(path, e))?;
        csv::Writer::from_writer(file)
    } else {
        let file = File::create(path).map_err(|e| ImportError::file(path, e))?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(HEAD).map_err(|e| failed(path, e))?;
        writer
    };
    for Refused { kind, reason } in refused {
        writer.write_record(["", "", kind, reason]).map_err(|e| failed(path, e))?;
    }
    writer.flush().map_err(|e| ImportError::file(path, e))
}

fn open(path: &Path) -> Result<csv::Writer<NamedTempFile>, ImportError> {
    let directory = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = NamedTempFile::new_in(directory).map_err(|e| ImportError::file(path, e))?;
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(HEAD).map_err(|e| failed(path, e))?;
    Ok(writer)
}

fn failed(path: &Path, error: csv::Error) -> ImportError {
    ImportError::file(path, error.into())
}
