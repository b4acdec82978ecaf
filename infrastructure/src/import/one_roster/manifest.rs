//! `manifest.csv`: which files there are, and whether each is whole or only what changed.
use std::io::BufRead;

use crate::import::{ImportError, lines::Lines};

pub(super) const FILE: &str = "manifest.csv";

/// How a file is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Everything there is.
    Bulk,
    /// What changed.
    Delta,
    /// There is no such file.
    Absent,
}

/// The files, without `.csv`, in the manifest's order.
pub(super) fn read<R: BufRead>(lines: Lines<R>) -> Result<Vec<(String, Mode)>, ImportError> {
    let malformed = |line, what: &str| ImportError::Malformed { file: FILE.to_owned(), line, what: what.to_owned() };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(lines);
    let (mut files, mut record, mut version) = (Vec::new(), csv::StringRecord::new(), false);
    loop {
        reader.get_mut().token();
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(malformed(line, "cannot be read as CSV")),
        }
        let (property, value) = (record.get(0).unwrap_or_default().trim(), record.get(1).unwrap_or_default().trim());
        match property {
            "oneroster.version" if value == "1.1" => version = true,
            "oneroster.version" => return Err(malformed(line, "oneroster.version is not 1.1")),
            _ => {}
        }
        if let Some(file) = property.strip_prefix("file.") {
            let mode = match value {
                "bulk" => Mode::Bulk,
                "delta" => Mode::Delta,
                "absent" => Mode::Absent,
                _ => return Err(malformed(line, "a file is neither bulk, delta nor absent")),
            };
            files.push((file.to_owned(), mode));
        }
    }
    if version { Ok(files) } else { Err(malformed(1, "oneroster.version is missing")) }
}
