//! Closing a case.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Course, Fact, Status},
};

/// Close the case. What still runs must have ended; open assignments, follow-ups and drafts end with it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "goals_met", "note": "Attending 96 % since February."}))]
pub struct CloseCase {
    /// Why support ends.
    pub reason: CloseReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Why support ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// The goals were met.
    GoalsMet,
    /// The student graduated.
    Graduated,
    /// The student left for a school that is not served.
    LeftDistrict,
    /// The family wished it.
    FamilyDeclined,
    /// Another service took over.
    TransferredToOtherService,
    /// The case had been opened by mistake.
    OpenedInError,
    /// Another reason, told in the note.
    Other,
}

/// Support ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseClosed {
    /// Why.
    pub reason: CloseReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Decide<Case> for CloseCase {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        if case.interventions.values().any(Course::runs) || case.referrals_run() {
            return Err(CaseError::OpenWorkRemains);
        }
        let ended = case.end_assignments(stamp.today()).chain(case.cancel_follow_ups()).chain(case.cancel_drafts());
        let closed = CaseClosed { reason: self.reason, note: self.note.clone() }.into();
        Ok(ended.chain([closed]).collect())
    }
}

impl Fact for CaseClosed {
    fn apply(self, case: &mut Case) {
        case.status = Status::Closed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{AssignmentEnd, AssignmentEndReason, MentorAssignmentEnded, given::*, intervention, mentor};

    fn close() -> CloseCase {
        CloseCase { reason: CloseReason::GoalsMet, note: None }
    }

    #[test]
    fn an_open_case_is_closed() {
        given([opened()]).when(close()).then_expect_events(vec![closed().remove(1)]);
    }

    #[test]
    fn a_case_is_not_closed_while_an_intervention_runs() {
        for past in [intervention::given::active(), intervention::given::paused()] {
            given(past).when(close()).then_expect_error(CaseError::OpenWorkRemains);
        }
    }

    #[test]
    fn the_mentors_assignment_ends_with_the_case() {
        let end = AssignmentEnd { on: march(2), reason: AssignmentEndReason::CaseClosed, note: None };
        let ended = MentorAssignmentEnded { assignment: mentor::given::assignment(), end };
        given(mentor::given::mentored()).when(close()).then_expect_events(vec![ended.into(), closed().remove(1)]);
    }

    #[test]
    fn a_closed_case_is_not_closed_again() {
        given(closed()).when(close()).then_expect_error(CaseError::CaseClosed);
    }
}
