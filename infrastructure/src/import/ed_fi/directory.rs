//! A directory of interchange files, recognised by their root elements, not by their names.
use std::{
    fs::{self, File},
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use super::{SOURCE, derivations::DERIVATIONS, interchange, kinds::KINDS};
use crate::import::{
    ImportError,
    derive::Derivation,
    files::name_of,
    kind::Kind,
    lines::Lines,
    reading::{Sink, Source},
};

/// Holds events that refer to others, and nothing that is referred to.
const ATTENDANCE: &str = "InterchangeStudentAttendance";
/// Within so many bytes a file says what it holds.
const HEAD: u64 = 4_096;

/// The XML files of a directory, in the order of their names.
#[derive(Debug)]
pub(super) struct EdFi {
    files: Vec<(PathBuf, u64)>,
    /// Those with nothing but attendance.
    attendance: Vec<(PathBuf, u64)>,
}

impl EdFi {
    pub(super) fn open(directory: &Path) -> Result<Self, ImportError> {
        let failed = |e| ImportError::file(directory, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is_xml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xml"));
            let metadata = fs::metadata(&path).map_err(|e| ImportError::file(&path, e))?;
            if is_xml && metadata.is_file() {
                files.push((path, metadata.len()));
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(ImportError::unusable(directory, "no XML file in this directory"));
        }
        let (attendance, files) = files.into_iter().partition(|(path, _)| is_attendance(path));
        Ok(Self { files, attendance })
    }
}

impl Source for EdFi {
    fn name(&self) -> &'static str {
        SOURCE
    }

    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn derivations(&self) -> &'static [Derivation] {
        DERIVATIONS
    }

    fn read(self, sink: &mut Sink) -> Result<(), ImportError> {
        let progress = sink.progress();
        progress.begins(self.files.iter().chain(&self.attendance).map(|(_, bytes)| bytes).sum());
        for (path, _) in &self.files {
            read(path, sink)?;
        }
        // Attendance that stands elsewhere, too, is merged as a whole.
        let elsewhere = |sink: &Sink| {
            let read = sink.plans().iter().zip(&sink.counted.read).filter(|(_, read)| **read > 0);
            read.into_iter().any(|(plan, _)| plan.kind.name.ends_with("AttendanceEvent"))
        };
        if !self.attendance.is_empty() && !elsewhere(sink) {
            sink.settled()?;
        }
        for (path, _) in &self.attendance {
            read(path, sink)?;
        }
        Ok(())
    }

    fn parts(self) -> (Self, Vec<(PathBuf, Self)>) {
        let Self { files, attendance } = self;
        let alone = |file: (PathBuf, u64)| (file.0.clone(), Self { files: vec![], attendance: vec![file] });
        (Self { files, attendance: vec![] }, attendance.into_iter().map(alone).collect())
    }
}

fn read(path: &Path, sink: &mut Sink) -> Result<(), ImportError> {
    let progress = sink.progress();
    let name = name_of(path);
    progress.now(&name);
    let file = File::open(path).map_err(|e| ImportError::file(path, e))?;
    interchange::read(&name, Lines::new(BufReader::with_capacity(1 << 16, file), progress), sink)
}

/// Whether a file holds nothing but attendance; one that cannot be read says so when it is read.
fn is_attendance(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(ATTENDANCE)
}
