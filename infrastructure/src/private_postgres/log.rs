//! PostgreSQL's log, of which it opens a fresh one when the old has grown.
use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use super::{StartError, error::doing};

const TOO_LARGE: u64 = 16 << 20;

/// What PostgreSQL writes from one start on.
#[derive(Debug)]
pub struct LogOfAStart {
    path: PathBuf,
    from: u64,
}

impl LogOfAStart {
    /// Opens the log at `path` for a start that begins now; the one before a large one is kept as `….1`.
    pub fn open(path: &Path) -> Result<(Self, File), StartError> {
        if fs::metadata(path).is_ok_and(|it| it.len() > TOO_LARGE) {
            fs::rename(path, path.with_extension("log.1")).map_err(doing("rename", path))?;
        }
        let file = File::options().append(true).create(true).open(path).map_err(doing("open the log", path))?;
        let from = file.metadata().map_err(doing("open the log", path))?.len();
        Ok((Self { path: path.to_owned(), from }, file))
    }

    /// Its last few lines.
    pub fn last_words(&self) -> String {
        let mut text = Vec::new();
        // A log that cannot be read has no last words; what failed is reported all the same.
        let _ = File::open(&self.path).and_then(|mut file| {
            let from = file.metadata()?.len().saturating_sub(4096).max(self.from);
            file.seek(SeekFrom::Start(from))?;
            file.take(4096).read_to_end(&mut text)
        });
        last_lines(&String::from_utf8_lossy(&text))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// The end of what a program said, short enough for one message.
pub fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines[lines.len().saturating_sub(6)..].join(" | ")
}

/// Whether what a PostgreSQL program said means that the disk is full.
pub fn tells_of_a_full_disk(text: &str) -> bool {
    ["No space left on device", "Disk quota exceeded", "Check free disk space"]
        .into_iter()
        .any(|words| text.contains(words))
}
