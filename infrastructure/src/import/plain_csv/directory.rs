//! Which file holds what: by its name.
use std::path::Path;

use super::kinds::KINDS;
use crate::import::{ImportError, files};

/// A file, with what it holds as in [`KINDS`].
pub(super) type CsvFile = files::Named<&'static str>;

/// The files of a directory.
pub(super) type Files = files::Files<&'static str>;

/// The CSV files of `directory` that are named after what they hold.
pub(super) fn files_of(directory: &Path) -> Result<Files, ImportError> {
    let none = "no file that is named after what it holds, such as students.csv or attendance-2026-03.csv";
    Files::of(directory, &["csv"], |name| held(name).map(|holds| (holds, is_referred_to(holds))), none)
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
