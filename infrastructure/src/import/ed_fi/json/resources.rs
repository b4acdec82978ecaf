//! Which file holds which resource: by its name, as the API's own address has it.
use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::import::{ImportError, ed_fi::kinds::KINDS};

/// A file of items.
#[derive(Debug, Clone)]
pub(super) struct Resource {
    pub(super) path: PathBuf,
    /// Its name without the directory.
    pub(super) name: String,
    /// The number of the kind that its items are.
    pub(super) kind: usize,
    /// What one item is called in the bulk files.
    pub(super) element: &'static str,
    bytes: u64,
}

/// The files of a directory, those that others refer to first.
#[derive(Debug, Default)]
pub(super) struct Resources {
    pub(super) referred_to: Vec<Resource>,
    pub(super) referring: Vec<Resource>,
    /// Files with resources that are of no use here.
    pub(super) unknown: Vec<String>,
}

impl Resources {
    pub(super) fn of(directory: &Path) -> Result<Self, ImportError> {
        let failed = |e| ImportError::file(directory, e);
        let mut files = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let is = |known: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(known));
            let metadata = fs::metadata(&path).map_err(|e| ImportError::file(&path, e))?;
            if metadata.is_file() && ["json", "ndjson", "jsonl"].into_iter().any(is) {
                files.push((path, metadata.len()));
            }
        }
        // `students` before `students-2`: a dot comes after a hyphen.
        files.sort_by(|(a, _), (b, _)| a.file_stem().cmp(&b.file_stem()).then(a.cmp(b)));
        let mut all = Self::default();
        for (path, bytes) in files {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            match kind_of(&name) {
                None => all.unknown.push(name),
                Some((kind, element)) => {
                    let referred_to = KINDS[kind].identity.is_some();
                    let list = if referred_to { &mut all.referred_to } else { &mut all.referring };
                    list.push(Resource { path, name, kind, element, bytes });
                }
            }
        }
        if all.referred_to.is_empty() && all.referring.is_empty() {
            let what = "no file that is named after a resource of the Ed-Fi API, such as students.json";
            return Err(ImportError::unusable(directory, what));
        }
        Ok(all)
    }

    /// The size of all of them.
    pub(super) fn bytes(&self) -> u64 {
        self.referred_to.iter().chain(&self.referring).map(|resource| resource.bytes).sum()
    }
}

/// The kind and the element that `studentSchoolAssociations-2.json` holds: the letters that the name begins with.
fn kind_of(name: &str) -> Option<(usize, &'static str)> {
    let letters = name.find(|c: char| !c.is_ascii_alphabetic()).map_or(name, |end| &name[..end]);
    let element = singular(&capitalised(letters));
    KINDS.iter().enumerate().find_map(|(number, kind)| {
        kind.elements.iter().find(|known| **known == element).map(|&element| (number, element))
    })
}

/// `students` is `Students` in the bulk files.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// The name of one of many.
pub(super) fn singular(many: &str) -> String {
    match many {
        "Diagnoses" => "Diagnosis".to_owned(),
        _ => many
            .strip_suffix("ies")
            .map(|stem| format!("{stem}y"))
            .unwrap_or_else(|| many.strip_suffix('s').unwrap_or(many).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_the_resource_that_its_name_begins_with() {
        let element = |name| kind_of(name).map(|(_, element)| element);
        assert_eq!(element("students.json"), Some("Student"));
        assert_eq!(element("localEducationAgencies.ndjson"), Some("LocalEducationAgency"));
        assert_eq!(element("studentSchoolAttendanceEvents-0002.json"), Some("StudentSchoolAttendanceEvent"));
        assert_eq!(
            element("studentSpecialEducationProgramAssociations.json"),
            Some("StudentSpecialEducationProgramAssociation")
        );
        assert_eq!((element("weather.json"), element("1.json")), (None, None));
    }
}
