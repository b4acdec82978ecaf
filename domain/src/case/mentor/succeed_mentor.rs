//! Assigning a mentor, and handing over the notes of the ones before with the same stroke.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssignMentor, Handover, MentorAssignment, NotesHandedOver};
use crate::{
    Decide, StaffId, Stamp,
    case::{Case, CaseError, CaseEvent},
};

/// Who is to mentor the student, from which day on, and what the mentor may read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mentor": "0192a000-0000-7000-8000-000000000011", "since": "2026-03-02"}))]
pub struct NewMentor {
    /// The mentor.
    pub mentor: StaffId,
    /// The first day.
    pub since: NaiveDate,
    /// Whether this is the mentor first of all, of whom a student has one.
    #[serde(default = "primary")]
    #[schema(default = true)]
    pub primary: bool,
    /// The mentors before, whose notes for their supervisor are to open to this one. The supervisor decides it, as with
    /// `hand_over_notes`.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    #[schema(max_items = 20)]
    pub notes_of: BTreeSet<StaffId>,
}

fn primary() -> bool {
    true
}

/// Give the student a mentor who may read notes of the ones before.
#[derive(Debug, Clone)]
pub struct SucceedMentor(pub NewMentor);

impl Decide<Case> for SucceedMentor {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let NewMentor { mentor, since, primary, notes_of } = self.0.clone();
        let mut events = AssignMentor(MentorAssignment { mentor, since, primary }).decide(case, stamp)?;
        if notes_of.contains(&mentor) {
            return Err(CaseError::HandoverOfOwnNotes);
        }
        if !notes_of.is_empty() {
            let handover = Handover { notes_of };
            events.push(NotesHandedOver { assignment: stamp.id.into(), handover }.into());
        }
        Ok(events)
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{MentorAssigned, given::*},
        *,
    };
    use crate::case::given::*;

    fn succeed(of: &[u128]) -> SucceedMentor {
        let MentorAssignment { mentor, since, primary } = terms(12, false);
        SucceedMentor(NewMentor { mentor, since, primary, notes_of: of.iter().map(|number| staff(*number)).collect() })
    }

    #[test]
    fn the_notes_of_the_mentor_before_open_with_the_assignment() {
        let assigned: CaseEvent = MentorAssigned { assignment: created(), terms: terms(12, false) }.into();
        given(mentored()).when(succeed(&[])).then_expect_events(vec![assigned.clone()]);
        let handover = Handover { notes_of: [staff(11)].into() };
        let opened = NotesHandedOver { assignment: created(), handover }.into();
        given(mentored()).when(succeed(&[11])).then_expect_events(vec![assigned, opened]);
    }

    #[test]
    fn nobody_is_handed_their_own_notes_nor_succeeds_themselves() {
        given(mentored()).when(succeed(&[12])).then_expect_error(CaseError::HandoverOfOwnNotes);
        let terms = NewMentor { mentor: staff(11), ..succeed(&[12]).0 };
        given(mentored()).when(SucceedMentor(terms)).then_expect_error(CaseError::AlreadyMentor);
    }
}
