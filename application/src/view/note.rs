//! Notes, as the views tell them.
use domain::{
    Visibility,
    case::{Note, NoteAdded},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, unfold};

/// A note as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NoteRecord {
    /// What was noted, and for whom.
    pub note: Note,
}

impl Entered for NoteRecord {
    fn status(&self) -> String {
        "noted".to_owned()
    }

    fn visibility(&self) -> Visibility {
        self.note.visibility
    }

    fn is_ended(&self) -> bool {
        true
    }

    fn is_kept(&self) -> bool {
        false
    }
}

unfold! {
    NoteAdded as Note: |e, file, now| {
        file.write(e.note, now, NoteRecord { note: e.details.clone() });
    }, says "Note added".into(), Some(&e.details.text);
}
