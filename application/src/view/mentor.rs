//! Mentors, and their contacts with the student, as the views tell them.
use chrono::NaiveDate;
use domain::{
    StaffId, Visibility,
    case::{
        AssignmentEnd, Contact, ContactLogged, ContactOutcome, MentorAssigned, MentorAssignment, MentorAssignmentEnded,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, code, unfold};

/// A mentor's assignment as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MentorAssignmentRecord {
    /// Who, and since when.
    pub assignment: MentorAssignment,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<AssignmentEnd>,
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
        file.write(e.assignment, now, MentorAssignmentRecord { assignment: e.terms.clone(), end: None });
    }, says format!("Mentor assigned since {}", e.terms.since), None;

    MentorAssignmentEnded as MentorAssignment: |e, file, now| {
        file.change(e.assignment, now, |assignment: &mut MentorAssignmentRecord| assignment.end = Some(e.end.clone()));
    }, says format!("Mentor assignment ended on {}: {}", e.end.on, code(&e.end.reason)), e.end.note.as_ref();

    ContactLogged as Contact: |e, file, now| {
        if e.details.outcome == ContactOutcome::Made {
            file.contact_made(e.details.on);
        }
        file.write(e.contact, now, ContactRecord { contact: e.details.clone() });
    }, says format!("Contact {} with {} by {} on {}", code(&e.details.outcome), code(&e.details.with), code(&e.details.medium), e.details.on),
        e.details.note.as_ref();
}
