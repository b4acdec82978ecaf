//! Notes.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let note = Note { text: text("was tired"), visibility: Visibility::Team };
    let correction = NoteCorrection { text: text("was ill"), reason: Some(text("misheard")) };
    let change = NoteVisibilityChange { visibility: Visibility::MentalHealth, reason: text("speaks of therapy") };
    vec![
        NoteAdded { note: id(85), details: note.clone() }.into(),
        NoteCorrected { note: id(85), was: note, correction }.into(),
        NoteVisibilityChanged { note: id(85), from: Visibility::Team, change }.into(),
    ]
}
