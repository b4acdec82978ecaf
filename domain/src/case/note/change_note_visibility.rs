//! Showing a note to more people, or to fewer.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Entry, Fact},
};

/// Who may read a note from now on, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"visibility": "mental_health", "reason": "It speaks of therapy."}))]
pub struct NoteVisibilityChange {
    /// Who may read it.
    pub visibility: Visibility,
    /// Why.
    pub reason: Text,
}

/// Show a note to more people, or to fewer.
#[derive(Debug, Clone)]
pub struct ChangeNoteVisibility {
    /// The note as it stood.
    pub was: Entry,
    /// Who may read it from now on, and why.
    pub change: NoteVisibilityChange,
}

/// A note may be read by more people, or by fewer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoteVisibilityChanged {
    /// The note as it stood.
    pub was: Entry,
    /// Who may read it from then on, and why.
    pub change: NoteVisibilityChange,
}

impl Decide<Case> for ChangeNoteVisibility {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        if self.was.note()?.visibility == self.change.visibility {
            return Err(CaseError::SameVisibility);
        }
        Ok(vec![NoteVisibilityChanged { was: self.was.clone(), change: self.change.clone() }.into()])
    }
}

impl Fact for NoteVisibilityChanged {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.was.id.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn change(visibility: Visibility) -> NoteVisibilityChange {
        NoteVisibilityChange { visibility, reason: text("speaks of therapy") }
    }

    #[test]
    fn a_note_is_shown_to_fewer() {
        let changed = NoteVisibilityChanged { was: noted(), change: change(Visibility::MentalHealth) };
        let hide = ChangeNoteVisibility { was: noted(), change: change(Visibility::MentalHealth) };
        given(with_note()).when(hide).then_expect_events(vec![changed.into()]);
    }

    #[test]
    fn the_same_people_are_no_change() {
        let same = ChangeNoteVisibility { was: noted(), change: change(Visibility::Team) };
        given(with_note()).when(same).then_expect_error(CaseError::SameVisibility);
    }
}
