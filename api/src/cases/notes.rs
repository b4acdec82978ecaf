//! Notes.
use domain::case::{AddNote, Note};

use super::declare::changes;

changes! { in "notes";
    /// Add a note.
    add_note: AddNote, post "/notes", body Note => Created; |note| AddNote(note)
}
