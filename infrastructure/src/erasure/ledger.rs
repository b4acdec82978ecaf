//! The erasure ledger: a file beside the database, since a backup that comes back knows nothing of what was erased later.
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::NotErased;

/// An erasure that was confirmed. It names nobody: ids by chance, keyed marks, staff, times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The student.
    pub student: Uuid,
    /// Who asked.
    pub asked_by: Uuid,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who confirmed.
    pub confirmed_by: Uuid,
    /// When.
    pub confirmed_at: DateTime<Utc>,
    /// The marks of the ids that other systems knew the student by, in hexadecimal digits.
    pub marks: Vec<String>,
}

/// The file, a line for each entry.
#[derive(Debug, Clone)]
pub struct Ledger(PathBuf);

impl Ledger {
    /// The ledger in that file, which need not be there yet.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Adds an entry, and makes sure that it is on the disk.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&self, entry: &Entry) -> Result<(), NotErased> {
        let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(&self.0)?;
        writeln!(file, "{}", serde_json::to_string(entry).map_err(io::Error::from)?)?;
        Ok(file.sync_all()?)
    }

    /// All entries; none where there is no file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, NotErased> {
        let text = match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
            text => text?,
        };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.map(|(at, line)| serde_json::from_str(line).map_err(|_| NotErased::Line(at + 1))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_read_in_its_order() {
        let directory = tempfile::tempdir().expect("a directory");
        let ledger = Ledger::at(&directory.path().join("erasures.ledger"));
        assert_eq!(ledger.entries().expect("entries"), vec![]);
        let entry = |number| Entry {
            student: Uuid::from_u128(number),
            asked_by: Uuid::from_u128(1),
            asked_at: DateTime::UNIX_EPOCH,
            confirmed_by: Uuid::from_u128(2),
            confirmed_at: DateTime::UNIX_EPOCH,
            marks: vec!["00ff".to_owned()],
        };
        ledger.add(&entry(7)).expect("a line");
        ledger.add(&entry(8)).expect("a line");
        assert_eq!(ledger.entries().expect("entries"), [entry(7), entry(8)]);
        fs::write(directory.path().join("erasures.ledger"), "{}\n").expect("a file");
        assert!(matches!(ledger.entries(), Err(NotErased::Line(1))));
    }
}
