//! The files of a directory that are named after what they hold, those that others refer to first.
use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{ImportError, reading::Sink};

/// A file.
#[derive(Debug, Clone)]
pub(crate) struct Named<H> {
    pub(crate) path: PathBuf,
    /// Its name without the directory.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) holds: H,
    bytes: u64,
}

/// The files of a directory.
#[derive(Debug)]
pub(crate) struct Files<H> {
    referred_to: Vec<Named<H>>,
    referring: Vec<Named<H>>,
    /// Files that are not named after anything.
    unknown: Vec<String>,
}

impl<H> Files<H> {
    /// The files with one of those `extensions`. `held` tells by a name what a file holds, and whether others refer to it;
    /// `none` is what is wrong with a directory without any.
    pub(crate) fn of(
        directory: &Path,
        extensions: &[&str],
        held: impl Fn(&str) -> Option<(H, bool)>,
        none: &'static str,
    ) -> Result<Self, ImportError> {
        let failed = |e| ImportError::file(directory, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is = |known: &&str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(known));
            let metadata = fs::metadata(&path).map_err(|e| ImportError::file(&path, e))?;
            if metadata.is_file() && extensions.iter().any(is) {
                files.push((path, metadata.len()));
            }
        }
        // `students` before `students-2`: a dot comes after a hyphen.
        files.sort_by(|(a, _), (b, _)| a.file_stem().cmp(&b.file_stem()).then(a.cmp(b)));
        let mut all = Self { referred_to: Vec::new(), referring: Vec::new(), unknown: Vec::new() };
        for (path, bytes) in files {
            let name = name_of(&path);
            match held(&name) {
                None => all.unknown.push(name),
                Some((holds, is_referred_to)) => {
                    let list = if is_referred_to { &mut all.referred_to } else { &mut all.referring };
                    list.push(Named { path, name, holds, bytes });
                }
            }
        }
        if all.referred_to.is_empty() && all.referring.is_empty() {
            return Err(ImportError::unusable(directory, none));
        }
        Ok(all)
    }

    /// Reads all of them into `sink`, each by `read`.
    pub(crate) fn read(
        &self,
        sink: &mut Sink,
        read: impl Fn(&Named<H>, &mut Sink) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        sink.progress().begins(self.referred_to.iter().chain(&self.referring).map(|file| file.bytes).sum());
        self.unknown.iter().for_each(|name| sink.not_used(name));
        for file in &self.referred_to {
            read(file, sink)?;
        }
        sink.settled()?;
        for file in &self.referring {
            read(file, sink)?;
        }
        Ok(())
    }

    /// Those that have to be stored together, and each of the others that `is_apart` on its own.
    pub(crate) fn parts(self, is_apart: impl Fn(&H) -> bool) -> (Self, Vec<(PathBuf, Self)>) {
        let Self { referred_to, referring, unknown } = self;
        let (apart, referring): (Vec<_>, Vec<_>) = referring.into_iter().partition(|file| is_apart(&file.holds));
        let alone = |file: Named<H>| {
            let path = file.path.clone();
            (path, Self { referred_to: Vec::new(), referring: vec![file], unknown: Vec::new() })
        };
        (Self { referred_to, referring, unknown }, apart.into_iter().map(alone).collect())
    }
}

/// A file's name without the directory.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
