//! Mentors: assigned to a student, in contact, replaced.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Case, CaseError, CaseEvent};
use crate::{MentorAssignmentId, StaffId};

mod assign_mentor;
mod contact;
mod end_mentor_assignment;
mod hand_over_notes;
mod log_contact;
mod reassign_mentor;
mod succeed_mentor;

pub use assign_mentor::{AssignMentor, MentorAssigned, MentorAssignment};
pub use contact::{Contact, ContactOutcome, ContactWith, Medium};
pub use end_mentor_assignment::{AssignmentEnd, AssignmentEndReason, EndMentorAssignment, MentorAssignmentEnded};
pub use hand_over_notes::{HandOverNotes, Handover, NotesHandedOver};
pub use log_contact::{ContactLogged, LogContact};
pub use reassign_mentor::{MentorReassignment, ReassignMentor};
pub use succeed_mentor::{NewMentor, SucceedMentor};

/// Who mentors the student since when, and whether first of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenAssignment {
    mentor: StaffId,
    since: NaiveDate,
    primary: bool,
    /// Whose notes for the supervisor are open to the mentor.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    notes_of: BTreeSet<StaffId>,
}

/// That a mentor may read the notes of another which are for that one and the supervisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct HandedOver {
    /// Who may read them.
    pub to: StaffId,
    /// Who wrote them.
    pub of: StaffId,
}

#[cfg(test)]
impl OpenAssignment {
    /// Whether this is the mentor first of all.
    pub(super) fn is_primary(&self) -> bool {
        self.primary
    }
}

impl Case {
    /// Who has an open assignment as the student's mentor.
    pub fn mentors(&self) -> impl Iterator<Item = StaffId> {
        self.mentors.values().map(|assignment| assignment.mentor)
    }

    /// The mentor first of all, and since when.
    pub(super) fn primary_mentor(&self) -> Option<(StaffId, NaiveDate)> {
        self.mentors.values().find(|open| open.primary).map(|open| (open.mentor, open.since))
    }

    /// Which mentors may read the notes of which others that are for these and their supervisor.
    pub fn handed_over(&self) -> impl Iterator<Item = HandedOver> {
        let all = self.mentors.values();
        all.flat_map(|open| open.notes_of.iter().map(|&of| HandedOver { to: open.mentor, of }))
    }

    fn open_assignment(&self, assignment: MentorAssignmentId) -> Result<OpenAssignment, CaseError> {
        self.ensure_open()?;
        match self.mentors.get(&assignment) {
            Some(open) => Ok(open.clone()),
            None if self.former_mentors.holds(&assignment) => Err(CaseError::AssignmentEnded),
            None => Err(CaseError::NoSuchAssignment),
        }
    }

    fn mentored_by(&self, mentor: StaffId) -> Option<(MentorAssignmentId, OpenAssignment)> {
        self.mentors
            .iter()
            .find(|(_, open)| open.mentor == mentor)
            .map(|(assignment, open)| (*assignment, open.clone()))
    }

    /// Ends every open assignment, because the case closes.
    pub(super) fn end_assignments(&self, today: NaiveDate) -> impl Iterator<Item = CaseEvent> {
        self.mentors.keys().map(move |&assignment| {
            let end = AssignmentEnd { on: today, reason: AssignmentEndReason::CaseClosed, note: None };
            MentorAssignmentEnded { assignment, end }.into()
        })
    }
}

#[cfg(test)]
pub(super) mod given {
    use uuid::Uuid;

    use super::*;
    use crate::case::given::*;

    /// The first assignment of these tests: mentor 11, primary.
    pub fn assignment() -> MentorAssignmentId {
        Uuid::from_u128(60).into()
    }

    /// An assignment of that mentor on 1 March, a day ago.
    pub fn terms(mentor: u128, primary: bool) -> MentorAssignment {
        MentorAssignment { mentor: staff(mentor), since: march(1), primary }
    }

    /// A case with mentor 11.
    pub fn mentored() -> Vec<CaseEvent> {
        vec![opened(), MentorAssigned { assignment: assignment(), terms: terms(11, true) }.into()]
    }

    /// A case whose mentor left.
    pub fn left() -> Vec<CaseEvent> {
        let end = AssignmentEnd { on: march(2), reason: AssignmentEndReason::MentorLeft, note: None };
        [mentored(), vec![MentorAssignmentEnded { assignment: assignment(), end }.into()]].concat()
    }
}
