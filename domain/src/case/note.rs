//! Notes: written, corrected, shown to more people or to fewer.
mod add_note;
mod change_note_visibility;
mod correct_note;

pub use add_note::{AddNote, Note, NoteAdded};
pub use change_note_visibility::{ChangeNoteVisibility, NoteVisibilityChange, NoteVisibilityChanged};
pub use correct_note::{CorrectNote, NoteCorrected, NoteCorrection};

#[cfg(test)]
pub(super) mod given {
    use crate::{
        EntryId,
        case::{CaseEvent, Content, Entry, Note, NoteAdded, given::*},
    };

    /// The note of these tests.
    pub fn note() -> Note {
        Note { text: text("was tired"), visibility: Default::default() }
    }

    /// The note as it stands on the case.
    pub fn noted() -> Entry {
        entry(Content::Note { note: note() })
    }

    /// A case with the note.
    pub fn with_note() -> Vec<CaseEvent> {
        let id: EntryId = noted().id;
        vec![opened(), NoteAdded { note: id.uuid().into(), details: note() }.into()]
    }
}
