//! Ending a mentor's assignment.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::OpenAssignment;
use crate::{
    Decide, MentorAssignmentId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Why an assignment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentEndReason {
    /// The mentor left.
    MentorLeft,
    /// Another mentor took over.
    Reassigned,
    /// The student went to another school.
    StudentMoved,
    /// The family wished it.
    FamilyRequest,
    /// The goals were met.
    GoalsMet,
    /// The case was closed.
    CaseClosed,
    /// Another reason, told in the note.
    Other,
}

/// When and why an assignment ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-02", "reason": "mentor_left"}))]
pub struct AssignmentEnd {
    /// The last day.
    pub on: NaiveDate,
    /// Why.
    pub reason: AssignmentEndReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// End a mentor's assignment.
#[derive(Debug, Clone)]
pub struct EndMentorAssignment {
    /// The assignment.
    pub assignment: MentorAssignmentId,
    /// When and why.
    pub end: AssignmentEnd,
}

/// A mentor's assignment ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MentorAssignmentEnded {
    /// The assignment.
    pub assignment: MentorAssignmentId,
    /// When and why.
    pub end: AssignmentEnd,
}

impl OpenAssignment {
    /// Refuses a day that is no end for it: one to come, or one before its start.
    pub(super) fn ensure_end(&self, on: NaiveDate, stamp: &Stamp) -> Result<(), CaseError> {
        ensure_past(on, stamp.today(), CaseError::AssignmentInFuture)?;
        if on < self.since { Err(CaseError::AssignmentEndBeforeStart) } else { Ok(()) }
    }
}

impl Decide<Case> for EndMentorAssignment {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.open_assignment(self.assignment)?.ensure_end(self.end.on, stamp)?;
        Ok(vec![MentorAssignmentEnded { assignment: self.assignment, end: self.end.clone() }.into()])
    }
}

impl Fact for MentorAssignmentEnded {
    fn apply(self, case: &mut Case) {
        case.mentors.remove(&self.assignment);
        case.former_mentors.add(self.assignment);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.assignment.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.end.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn end(on: NaiveDate) -> EndMentorAssignment {
        let end = AssignmentEnd { on, reason: AssignmentEndReason::FamilyRequest, note: None };
        EndMentorAssignment { assignment: assignment(), end }
    }

    #[test]
    fn an_assignment_ends() {
        let EndMentorAssignment { assignment, end: over } = end(march(2));
        let ended = MentorAssignmentEnded { assignment, end: over };
        given(mentored()).when(end(march(2))).then_expect_events(vec![ended.into()]);
    }

    #[test]
    fn an_assignment_ends_once() {
        given([opened()]).when(end(march(2))).then_expect_error(CaseError::NoSuchAssignment);
        given(left()).when(end(march(2))).then_expect_error(CaseError::AssignmentEnded);
    }

    #[test]
    fn the_end_lies_between_the_start_and_today() {
        let february = march(1).pred_opt().expect("a date");
        given(mentored()).when(end(february)).then_expect_error(CaseError::AssignmentEndBeforeStart);
        given(mentored()).when(end(march(3))).then_expect_error(CaseError::AssignmentInFuture);
    }
}
