//! Repair. Entries are stored within these events, so each kind of them has its example.
use super::{CaseEvent, follow_up, goal, intervention, mentor, need, note, sealed};
use crate::case::{given::*, *};

pub fn examples() -> Vec<CaseEvent> {
    let was = Entry { status: EntryStatus::Corrected, ..entry(contents().remove(0)) };
    let relocation = EntryMove { to: id(2), attach: Some(Attachment::Goal(id(41))), reason: text("the same name") };
    let now = was.content.clone();
    vec![
        EntryCorrected { was: was.clone(), correction: Correction { now, reason: text("misheard") } }.into(),
        EntryRetracted { was: was.clone(), retraction: Retraction { reason: text("entered twice") } }.into(),
        EntryMovedToStudent { was: was.clone(), relocation }.into(),
        EntryMovedFromStudent { entry: was, from: id(1), reason: text("the same name") }.into(),
    ]
}

/// One of each kind of content, as the events wrote it.
fn contents() -> Vec<Content> {
    let written = [
        goal::examples(),
        need::examples(),
        intervention::examples(),
        mentor::examples(),
        follow_up::examples(),
        note::examples(),
    ];
    written.concat().iter().map(super::sealed).filter_map(|event| event.written()).collect()
}

#[test]
fn every_content_is_stored_in_a_form_that_stays() {
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        let stored: Vec<Content> = contents().iter().map(sealed).collect();
        insta::assert_json_snapshot!("contents", stored);
    });
}

#[test]
fn every_attachment_is_stored_in_a_form_that_stays() {
    let attachments = [Attachment::Intervention(id(50)), Attachment::Goal(id(40))];
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_json_snapshot!("attachments", attachments);
    });
}
