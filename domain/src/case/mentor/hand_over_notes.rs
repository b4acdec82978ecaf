//! What the next mentor may read of the notes of the one before: the supervisor decides.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, MentorAssignmentId, StaffId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Whose notes a mentor may read that are for their author and the supervisor alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"notes_of": ["0192a000-0000-7000-8000-000000000012"]}))]
pub struct Handover {
    /// The mentors before, whose notes for the supervisor open; in place of what was decided before. Without anybody they
    /// are closed again.
    #[schema(max_items = 20)]
    pub notes_of: BTreeSet<StaffId>,
}

impl Handover {
    /// Whether nobody's notes are open.
    pub fn is_of_nobody(&self) -> bool {
        self.notes_of.is_empty()
    }
}

/// Decide whose notes a mentor may read.
#[derive(Debug, Clone)]
pub struct HandOverNotes {
    /// The mentor's assignment.
    pub assignment: MentorAssignmentId,
    /// Whose notes.
    pub handover: Handover,
}

/// It was decided whose notes a mentor may read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotesHandedOver {
    /// The mentor's assignment.
    pub assignment: MentorAssignmentId,
    /// Whose notes.
    pub handover: Handover,
}

impl Decide<Case> for HandOverNotes {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let open = case.open_assignment(self.assignment)?;
        if self.handover.notes_of.contains(&open.mentor) {
            return Err(CaseError::HandoverOfOwnNotes);
        }
        Ok(vec![NotesHandedOver { assignment: self.assignment, handover: self.handover.clone() }.into()])
    }
}

impl Fact for NotesHandedOver {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.mentors.get_mut(&self.assignment) {
            open.notes_of = self.handover.notes_of;
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.assignment.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn hand_over(of: &[u128]) -> HandOverNotes {
        let handover = Handover { notes_of: of.iter().map(|number| staff(*number)).collect() };
        HandOverNotes { assignment: assignment(), handover }
    }

    fn handed_over(of: &[u128]) -> CaseEvent {
        let HandOverNotes { assignment, handover } = hand_over(of);
        NotesHandedOver { assignment, handover }.into()
    }

    #[test]
    fn a_supervisor_opens_the_notes_of_the_mentor_before_and_closes_them_again() {
        given(mentored()).when(hand_over(&[12])).then_expect_events(vec![handed_over(&[12])]);
        let opened = [mentored(), vec![handed_over(&[12])]].concat();
        given(opened).when(hand_over(&[])).then_expect_events(vec![handed_over(&[])]);
    }

    #[test]
    fn ones_own_notes_are_not_handed_over() {
        given(mentored()).when(hand_over(&[11])).then_expect_error(CaseError::HandoverOfOwnNotes);
    }

    #[test]
    fn notes_are_handed_over_to_who_mentors_the_student() {
        given([opened()]).when(hand_over(&[12])).then_expect_error(CaseError::NoSuchAssignment);
        given(left()).when(hand_over(&[12])).then_expect_error(CaseError::AssignmentEnded);
    }
}
