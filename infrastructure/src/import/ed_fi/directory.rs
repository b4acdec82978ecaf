//! A directory of interchange files, recognised by their root elements, not by their names.
use std::{
    fs::{self, File},
    io::BufReader,
    path::{Path, PathBuf},
};

use super::{SOURCE, derivations::DERIVATIONS, interchange, kinds::KINDS};
use crate::import::{
    ImportError,
    derive::Derivation,
    kind::Kind,
    lines::Lines,
    reading::{Sink, Source},
};

/// The XML files of a directory, in the order of their names.
#[derive(Debug)]
pub(super) struct EdFi {
    files: Vec<(PathBuf, u64)>,
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
        Ok(Self { files })
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
        progress.begins(self.files.iter().map(|(_, bytes)| bytes).sum());
        for (path, _) in &self.files {
            let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            progress.now(&name);
            let file = File::open(path).map_err(|e| ImportError::file(path, e))?;
            let lines = Lines::new(BufReader::with_capacity(1 << 16, file), progress.clone());
            interchange::read(&name, lines, sink)?;
        }
        Ok(())
    }
}
