//! Mentors and contacts, told once more.
use domain::case::Contact;
use serde_json::{Value, json};

use super::{again, is_for_school, kind::Kind, said, word};

again! {
    MentorAssigned is about a mentor_assignment: |e, tale, told| {
        tale.write(e.assignment, Kind::MentorAssignment, json!({"assignment": e.terms}), told);
    }, format!("Mentor assigned since {}", e.terms.since), Value::Null;

    MentorAssignmentEnded is about a mentor_assignment: |e, tale, told| {
        tale.set(e.assignment, told, "end", &e.end);
    }, format!("Mentor assignment ended on {}: {}", e.end.on, said(e.end.reason)), e.end.note;

    NotesHandedOver is about a mentor_assignment: |e, tale, told| {
        let value = if e.handover.notes_of.is_empty() { Value::Null } else { json!(e.handover) };
        tale.set(e.assignment, told, "handover", &value);
    }, match e.handover.notes_of.len() {
        0 => "Earlier mentors' notes closed to the mentor".to_owned(),
        number => format!("Notes of {number} earlier mentors opened to the mentor"),
    }, Value::Null;

    ContactLogged is about a contact: |e, tale, told| {
        if is_told_of(&e.details) {
            tale.contact(e.details.on);
        }
        tale.write(e.contact, Kind::Contact, json!({"contact": e.details}), told);
    }, contact(&json!(e.details)), e.details.note;
}

/// Whether everybody at the school may know that the student was reached.
pub(super) fn is_told_of(contact: &Contact) -> bool {
    word(contact.outcome) == "made" && is_for_school(contact.visibility)
}

/// With whom, what became of it, by which way.
fn contact(details: &Value) -> String {
    let with = match details["with"].as_str() {
        Some("student") => "the student",
        Some("family") => "the family",
        Some("teacher") => "a teacher",
        Some("partner") => "a partner",
        _ => "somebody else",
    };
    let how = match details["medium"].as_str() {
        Some("in_person") => "in person",
        Some("phone") => "by phone",
        Some("video") => "by video",
        Some("text") => "by text message",
        Some("e_mail") => "by e-mail",
        Some("letter") => "by letter",
        _ => "at home",
    };
    let what = match details["outcome"].as_str() {
        Some("made") => "Contact with",
        Some("no_answer") => "No answer from",
        Some("left_message") => "Message left for",
        Some("unreachable") => "No way to reach",
        _ => "Contact refused by",
    };
    format!("{what} {with}, {how}")
}
