//! Repair: entries corrected, taken back, or moved to the student whom they are about.
use application::{Move, Task};
use domain::{
    EntryId,
    case::{
        ChangeNoteVisibility, CorrectEntry, CorrectNote, Correction, EntryMove, NoteCorrection, NoteVisibilityChange,
        RetractEntry, Retraction,
    },
};

use super::declare::changes;

changes! { in "entries";
    /// Put an entry right: everything it says is replaced by what it should have said.
    correct_entry: CorrectEntry, post "/entries/{entry}/correction",
        path "entry": EntryId, body Correction => Changed;
        |entry, correction| Task::repair(entry, move |was| CorrectEntry { was, correction: correction.clone() })
    /// Take an entry back that should not have been written.
    retract_entry: RetractEntry, post "/entries/{entry}/retraction",
        path "entry": EntryId, body Retraction => Changed;
        |entry, retraction| Task::repair(entry, move |was| RetractEntry { was, retraction: retraction.clone() })
    /// Move an entry to the student whom it is about.
    ///
    /// Both cases say so; on the wrong one its words are shown no more.
    move_entry: MoveEntry, post "/entries/{entry}/move",
        path "entry": EntryId, body EntryMove => Changed;
        |entry, relocation| Task::Move(Move { entry, relocation })
    /// Put right what a note says.
    correct_note: CorrectNote, post "/notes/{note}/correction",
        path "note": EntryId, body NoteCorrection => Changed;
        |note, correction| Task::repair(note, move |was| CorrectNote { was, correction: correction.clone() })
    /// Show a note to more people, or to fewer.
    change_note_visibility: ChangeNoteVisibility, post "/notes/{note}/visibility",
        path "note": EntryId, body NoteVisibilityChange => Changed;
        |note, change| Task::repair(note, move |was| ChangeNoteVisibility { was, change: change.clone() })
}
