//! Notes.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let note = Note { text: text("was tired"), visibility: Visibility::Team };
    let correction = NoteCorrection { text: text("was ill"), reason: Some(text("misheard")) };
    let change = NoteVisibilityChange { visibility: Visibility::MentalHealth, reason: text("speaks of therapy") };
    let was = entry(Content::Note { note: note.clone() });
    vec![
        NoteAdded { note: id(85), details: note }.into(),
        NoteCorrected { was: was.clone(), correction }.into(),
        NoteVisibilityChanged { was, change }.into(),
    ]
}
