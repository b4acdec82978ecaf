//! Which file holds which resource: by its name, as the API's own address has it.
use std::path::Path;

use crate::import::{ImportError, ed_fi::kinds::KINDS, files};

/// What a file holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Items {
    /// The number of the kind that its items are.
    pub(super) kind: usize,
    /// What one item is called in the bulk files.
    pub(super) element: &'static str,
}

/// A file of items.
pub(super) type Resource = files::Named<Items>;

/// The files of a directory.
pub(super) type Resources = files::Files<Items>;

/// The files of `directory` that are named after resources.
pub(super) fn resources_of(directory: &Path) -> Result<Resources, ImportError> {
    let held = |name: &str| {
        let (kind, element) = kind_of(name)?;
        Some((Items { kind, element }, KINDS[kind].identity.is_some()))
    };
    let none = "no file that is named after a resource of the Ed-Fi API, such as students.json";
    Resources::of(directory, &["json", "ndjson", "jsonl"], held, none)
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
