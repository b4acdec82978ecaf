//! Commands about notes.
use std::sync::Arc;

use super::{
    dice::{Command, Dice},
    repair::entry_of,
};
use crate::case::*;

pub fn command(dice: &mut Dice, _: &Case) -> Command {
    let (text, visibility) = (dice.text(), dice.visibility());
    // The words of these tests are always the same, so what is put right says something else.
    let note = Note { text: given::text("other words"), visibility: dice.visibility() };
    let was = entry_of(dice, given::id(90), Content::Note { note });
    match dice.below(3) {
        0 => Arc::new(AddNote(Note { text, visibility })),
        1 => Arc::new(CorrectNote { was, correction: NoteCorrection { text, reason: dice.some_text() } }),
        _ => Arc::new(ChangeNoteVisibility { was, change: NoteVisibilityChange { visibility, reason: text } }),
    }
}
