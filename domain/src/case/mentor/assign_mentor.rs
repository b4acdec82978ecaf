//! Assigning a mentor.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::OpenAssignment;
use crate::{
    Decide, MentorAssignmentId, StaffId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Who mentors the student, from which day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"mentor": "0192a000-0000-7000-8000-000000000011", "since": "2026-03-02"}))]
pub struct MentorAssignment {
    /// The mentor.
    pub mentor: StaffId,
    /// The first day.
    pub since: NaiveDate,
    /// Whether this is the mentor first of all, of whom a student has one.
    #[serde(default = "primary")]
    #[schema(default = true)]
    pub primary: bool,
}

fn primary() -> bool {
    true
}

/// Give the student a mentor.
#[derive(Debug, Clone)]
pub struct AssignMentor(pub MentorAssignment);

/// The student got a mentor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentorAssigned {
    /// The assignment.
    pub assignment: MentorAssignmentId,
    /// Who, from which day on.
    pub terms: MentorAssignment,
}

impl Decide<Case> for AssignMentor {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let terms = self.0.clone();
        ensure_past(terms.since, stamp.today(), CaseError::AssignmentInFuture)?;
        if case.mentored_by(terms.mentor).is_some() {
            return Err(CaseError::AlreadyMentor);
        }
        if terms.primary && case.mentors.values().any(|open| open.primary) {
            return Err(CaseError::PrimaryMentorAssigned);
        }
        Ok(vec![MentorAssigned { assignment: stamp.id.into(), terms }.into()])
    }
}

impl Fact for MentorAssigned {
    fn apply(self, case: &mut Case) {
        let MentorAssignment { mentor, since, primary } = self.terms;
        case.mentors.insert(self.assignment, OpenAssignment { mentor, since, primary, notes_of: BTreeSet::new() });
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.assignment.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.terms.since)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn assigned(terms: MentorAssignment) -> Vec<CaseEvent> {
        vec![MentorAssigned { assignment: created(), terms }.into()]
    }

    #[test]
    fn a_mentor_is_assigned() {
        given([opened()]).when(AssignMentor(terms(11, true))).then_expect_events(assigned(terms(11, true)));
    }

    #[test]
    fn a_student_has_one_primary_mentor_and_others_beside() {
        given(mentored()).when(AssignMentor(terms(12, true))).then_expect_error(CaseError::PrimaryMentorAssigned);
        given(mentored()).when(AssignMentor(terms(12, false))).then_expect_events(assigned(terms(12, false)));
        given(left()).when(AssignMentor(terms(12, true))).then_expect_events(assigned(terms(12, true)));
    }

    #[test]
    fn nobody_mentors_a_student_twice_at_once() {
        given(mentored()).when(AssignMentor(terms(11, false))).then_expect_error(CaseError::AlreadyMentor);
        given(left()).when(AssignMentor(terms(11, true))).then_expect_events(assigned(terms(11, true)));
    }

    #[test]
    fn an_assignment_is_told_once_it_has_begun() {
        let tomorrow = MentorAssignment { since: march(3), ..terms(11, true) };
        given([opened()]).when(AssignMentor(tomorrow)).then_expect_error(CaseError::AssignmentInFuture);
    }

    #[test]
    fn a_mentor_is_primary_unless_said_otherwise() {
        let terms = serde_json::json!({"mentor": staff(11), "since": "2026-03-02"});
        assert!(serde_json::from_value::<MentorAssignment>(terms).expect("an assignment").primary);
    }
}
