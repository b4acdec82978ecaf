//! Mentors and their contacts.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let assignment = id(60);
    let end =
        AssignmentEnd { on: march(31), reason: AssignmentEndReason::MentorLeft, note: Some(text("back to college")) };
    let details = Contact {
        on: march(2),
        outcome: ContactOutcome::LeftMessage,
        medium: Medium::EMail,
        with: ContactWith::Family,
        minutes: Some(10.try_into().expect("minutes")),
        note: Some(text("mornings are hard")),
        visibility: Visibility::AuthorAndSupervisor,
    };
    vec![
        MentorAssigned { assignment, terms: MentorAssignment { mentor: id(11), since: march(2), primary: true } }
            .into(),
        MentorAssignmentEnded { assignment, end }.into(),
        NotesHandedOver { assignment, handover: Handover { notes_of: [id(12)].into() } }.into(),
        ContactLogged { contact: id(61), details }.into(),
    ]
}
