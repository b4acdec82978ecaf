//! Writing a note.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, NoteId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Something worth remembering that is nothing else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text": "Prefers to meet before first period.", "visibility": "team"}))]
pub struct Note {
    /// What is to be remembered.
    pub text: Text,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Write a note.
#[derive(Debug, Clone)]
pub struct AddNote(pub Note);

/// A note was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// The note.
    pub note: NoteId,
    /// What it says.
    pub details: Note,
}

impl Decide<Case> for AddNote {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        Ok(vec![NoteAdded { note: stamp.id.into(), details: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for NoteAdded {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.note.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    #[test]
    fn a_note_is_written() {
        let added = NoteAdded { note: created(), details: note() };
        given([opened()]).when(AddNote(note())).then_expect_events(vec![added.into()]);
    }

    #[test]
    fn a_closed_case_takes_no_note() {
        given(closed()).when(AddNote(note())).then_expect_error(CaseError::CaseClosed);
    }
}
