//! Mentors, and their contacts with the student, as the views tell them.
use chrono::NaiveDate;
use domain::{
    StaffId, Visibility,
    case::{
        AssignmentEnd, Contact, ContactLogged, ContactOutcome, ContactWith, Handover, Medium, MentorAssigned,
        MentorAssignment, MentorAssignmentEnded, NotesHandedOver,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, code, spoken, unfold};

/// A mentor's assignment as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MentorAssignmentRecord {
    /// Who, and since when.
    pub assignment: MentorAssignment,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<AssignmentEnd>,
    /// Whose notes for the supervisor are open to the mentor, as the supervisor has decided.
    #[serde(default, skip_serializing_if = "Handover::is_of_nobody")]
    pub handover: Handover,
}

/// A contact as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ContactRecord {
    /// What was said, how, and to whom.
    pub contact: Contact,
}

impl Entered for MentorAssignmentRecord {
    fn status(&self) -> String {
        if self.end.is_some() { "ended".to_owned() } else { "open".to_owned() }
    }

    fn visibility(&self) -> Visibility {
        Visibility::Team
    }

    fn is_ended(&self) -> bool {
        self.end.is_some()
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.assignment.since)
    }

    fn owner(&self) -> Option<StaffId> {
        Some(self.assignment.mentor)
    }
}

impl Entered for ContactRecord {
    fn status(&self) -> String {
        code(&self.contact.outcome)
    }

    fn visibility(&self) -> Visibility {
        self.contact.visibility
    }

    fn is_ended(&self) -> bool {
        true
    }

    fn is_kept(&self) -> bool {
        false
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.contact.on)
    }
}

unfold! {
    MentorAssigned as MentorAssignment: |e, file, now| {
        file.write(e.assignment, now, MentorAssignmentRecord {
            assignment: e.terms.clone(), end: None, handover: Handover::default(),
        });
    }, says format!("Mentor assigned since {}", e.terms.since), None;

    MentorAssignmentEnded as MentorAssignment: |e, file, now| {
        file.change(e.assignment, now, |assignment: &mut MentorAssignmentRecord| assignment.end = Some(e.end.clone()));
    }, says format!("Mentor assignment ended on {}: {}", e.end.on, spoken(&e.end.reason)), e.end.note.as_ref();

    NotesHandedOver as MentorAssignment: |e, file, now| {
        let handover = |assignment: &mut MentorAssignmentRecord| assignment.handover = e.handover.clone();
        file.change(e.assignment, now, handover);
    }, says match e.handover.notes_of.len() {
        0 => "Earlier mentors' notes closed to the mentor".into(),
        number => format!("Notes of {number} earlier mentors opened to the mentor"),
    }, None;

    ContactLogged as Contact: |e, file, now| {
        if tells_of_contact(&e.details) {
            file.contact_made(e.details.on);
        }
        file.write(e.contact, now, ContactRecord { contact: e.details.clone() });
    }, says contact(&e.details), e.details.note.as_ref();
}

/// Whether it counts as a contact for everybody: one that was made, and that the whole school may know of.
pub(super) fn tells_of_contact(contact: &Contact) -> bool {
    contact.outcome == ContactOutcome::Made && contact.visibility.is_for_school()
}

/// A contact in a sentence: with whom, what became of it, by which way.
fn contact(contact: &Contact) -> String {
    let with = match contact.with {
        ContactWith::Student => "the student",
        ContactWith::Family => "the family",
        ContactWith::Teacher => "a teacher",
        ContactWith::Partner => "a partner",
        ContactWith::Other => "somebody else",
    };
    let what = match contact.outcome {
        ContactOutcome::Made => format!("Contact with {with}"),
        ContactOutcome::NoAnswer => format!("No answer from {with}"),
        ContactOutcome::LeftMessage => format!("Message left for {with}"),
        ContactOutcome::Unreachable => format!("No way to reach {with}"),
        ContactOutcome::Refused => format!("Contact refused by {with}"),
    };
    let how = match contact.medium {
        Medium::InPerson => "in person",
        Medium::Phone => "by phone",
        Medium::Video => "by video",
        Medium::Text => "by text message",
        Medium::EMail => "by e-mail",
        Medium::Letter => "by letter",
        Medium::HomeVisit => "at home",
    };
    format!("{what}, {how}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Unfold;

    fn headline(outcome: &str, with: &str, medium: &str) -> String {
        let said = serde_json::json!({"contact": uuid::Uuid::nil(), "details":
            {"on": "2026-03-02", "outcome": outcome, "with": with, "medium": medium}});
        serde_json::from_value::<ContactLogged>(said).expect("a contact").headline()
    }

    #[test]
    fn a_contact_reads_as_people_say_it() {
        for (contact, says) in [
            (("made", "student", "in_person"), "Contact with the student, in person"),
            (("made", "family", "home_visit"), "Contact with the family, at home"),
            (("no_answer", "family", "phone"), "No answer from the family, by phone"),
            (("left_message", "teacher", "e_mail"), "Message left for a teacher, by e-mail"),
            (("unreachable", "partner", "video"), "No way to reach a partner, by video"),
            (("refused", "other", "text"), "Contact refused by somebody else, by text message"),
        ] {
            assert_eq!(headline(contact.0, contact.1, contact.2), says);
        }
    }

    #[test]
    fn codes_read_as_words() {
        let said =
            serde_json::json!({"assignment": uuid::Uuid::nil(), "end": {"on": "2026-03-02", "reason": "mentor_left"}});
        let ended: MentorAssignmentEnded = serde_json::from_value(said).expect("an end");
        assert_eq!(ended.headline(), "Mentor assignment ended on 2026-03-02: mentor left");
    }
}
