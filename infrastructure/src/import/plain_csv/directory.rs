//! Which file holds what: by its name.
use std::{
    fs,
    path::{Path, PathBuf},
};

use super::kinds::KINDS;
use crate::import::ImportError;

/// A file.
#[derive(Debug, Clone)]
pub(super) struct CsvFile {
    pub(super) path: PathBuf,
    /// Its name without the directory.
    pub(super) name: String,
    /// What it holds, as in [`KINDS`].
    pub(super) holds: &'static str,
    bytes: u64,
}

/// The files of a directory, those that others refer to first.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) referred_to: Vec<CsvFile>,
    pub(super) referring: Vec<CsvFile>,
    /// CSV files that are not named after anything.
    pub(super) unknown: Vec<String>,
}

impl Files {
    pub(super) fn of(directory: &Path) -> Result<Self, ImportError> {
        let failed = |e| ImportError::file(directory, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let metadata = fs::metadata(&path).map_err(|e| ImportError::file(&path, e))?;
            if metadata.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv")) {
                files.push((path, metadata.len()));
            }
        }
        // `students` before `students-2`: a dot comes after a hyphen.
        files.sort_by(|(a, _), (b, _)| a.file_stem().cmp(&b.file_stem()).then(a.cmp(b)));
        let mut all = Self::default();
        for (path, bytes) in files {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            match held(&name) {
                None => all.unknown.push(name),
                Some(holds) => {
                    let list = if is_referred_to(holds) { &mut all.referred_to } else { &mut all.referring };
                    list.push(CsvFile { path, name, holds, bytes });
                }
            }
        }
        if all.referred_to.is_empty() && all.referring.is_empty() {
            let what = "no file that is named after what it holds, such as students.csv or attendance-2026-03.csv";
            return Err(ImportError::unusable(directory, what));
        }
        Ok(all)
    }

    /// The size of all of them.
    pub(super) fn bytes(&self) -> u64 {
        self.referred_to.iter().chain(&self.referring).map(|file| file.bytes).sum()
    }
}

/// What a file holds: `attendance-2026-03.csv` holds attendance.
fn held(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let all = KINDS.iter().flat_map(|kind| kind.elements).copied();
    let fits =
        |held: &&str| name.strip_prefix(held).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    all.filter(fits).max_by_key(|held| held.len())
}

/// Whether others refer to what a file holds, or it goes with such a file.
fn is_referred_to(holds: &str) -> bool {
    let with_identity = |file: &str| KINDS.iter().any(|k| k.elements.contains(&file) && k.identity.is_some());
    KINDS
        .iter()
        .filter(|kind| kind.elements.contains(&holds))
        .flat_map(|kind| kind.elements)
        .any(|file| with_identity(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_what_its_name_begins_with() {
        assert_eq!(held("students.csv"), Some("students"));
        assert_eq!(held("Attendance-2026-03.CSV"), Some("attendance"));
        assert_eq!(held("section_attendance_2.csv"), Some("section_attendance"));
        assert_eq!((held("studentsbackup.csv"), held("weather.csv")), (None, None));
    }

    #[test]
    fn what_others_refer_to_comes_first_and_enrolments_with_it() {
        assert!(["schools", "terms", "students", "incidents", "enrolments"].into_iter().all(is_referred_to));
        assert!(
            !["attendance", "section_attendance", "grades", "calendar", "discipline"].into_iter().any(is_referred_to)
        );
    }
}
