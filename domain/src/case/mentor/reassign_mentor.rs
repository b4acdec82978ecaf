//! Another mentor takes over.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssignmentEnd, AssignmentEndReason, MentorAssigned, MentorAssignment, MentorAssignmentEnded};
use crate::{
    Decide, StaffId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, FollowUpReassigned, FollowUpReassignment},
};

/// Who takes over from a mentor, on which day, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "to": "0192a000-0000-7000-8000-000000000012", "on": "2026-03-02", "reason": "mentor_left"
}))]
pub struct MentorReassignment {
    /// The mentor from then on.
    pub to: StaffId,
    /// The last day of the one, and the first of the other.
    pub on: NaiveDate,
    /// Why.
    pub reason: AssignmentEndReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Let another mentor take over the student, with the follow-ups that the mentor before still has open.
#[derive(Debug, Clone)]
pub struct ReassignMentor {
    /// The mentor so far.
    pub from: StaffId,
    /// Who takes over, when and why.
    pub reassignment: MentorReassignment,
}

impl Decide<Case> for ReassignMentor {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let MentorReassignment { to, on, reason, note } = self.reassignment.clone();
        let (assignment, open) = case.mentored_by(self.from).ok_or(CaseError::NotMentorOfStudent)?;
        if case.mentored_by(to).is_some() {
            return Err(CaseError::AlreadyMentor);
        }
        open.ensure_end(on, stamp)?;
        let ended = MentorAssignmentEnded { assignment, end: AssignmentEnd { on, reason, note } };
        let terms = MentorAssignment { mentor: to, since: on, primary: open.primary };
        let assigned = MentorAssigned { assignment: stamp.id.into(), terms };
        let handed_over = hand_over_follow_ups(case, self.from, to);
        Ok([ended.into(), assigned.into()].into_iter().chain(handed_over).collect())
    }
}

/// What the mentor before was still to do, the next one does.
fn hand_over_follow_ups(case: &Case, from: StaffId, to: StaffId) -> impl Iterator<Item = CaseEvent> {
    let owned = case.follow_ups.iter().filter(move |(_, open)| open.owner == from);
    owned.map(move |(&follow_up, _)| {
        let reassignment = FollowUpReassignment { owner: to, note: None };
        FollowUpReassigned { follow_up, from, reassignment }.into()
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{super::given::*, *};
    use crate::case::{Due, FollowUp, FollowUpRequested, given::*};

    fn reassign(from: u128, to: u128, on: NaiveDate) -> ReassignMentor {
        let reassignment =
            MentorReassignment { to: staff(to), on, reason: AssignmentEndReason::MentorLeft, note: None };
        ReassignMentor { from: staff(from), reassignment }
    }

    fn handed_over(primary: bool) -> Vec<CaseEvent> {
        let terms = MentorAssignment { mentor: staff(12), since: march(2), primary };
        vec![left().remove(2), MentorAssigned { assignment: created(), terms }.into()]
    }

    #[test]
    fn another_mentor_takes_over() {
        given(mentored()).when(reassign(11, 12, march(2))).then_expect_events(handed_over(true));
    }

    #[test]
    fn the_next_mentor_is_what_the_one_before_was() {
        let assigned = MentorAssigned { assignment: assignment(), terms: terms(11, false) };
        given([opened(), assigned.into()]).when(reassign(11, 12, march(2))).then_expect_events(handed_over(false));
    }

    #[test]
    fn the_next_mentor_does_what_the_one_before_was_still_to_do() {
        let asked = |number, owner| -> CaseEvent {
            let due = Due::On(march(4));
            let what = text("call the mother");
            let request = FollowUp { what, due, owner: staff(owner), about: None, visibility: Default::default() };
            FollowUpRequested { follow_up: Uuid::from_u128(number).into(), request, due_on: march(4) }.into()
        };
        let reassignment = FollowUpReassignment { owner: staff(12), note: None };
        let follow_up = Uuid::from_u128(61).into();
        let reassigned = FollowUpReassigned { follow_up, from: staff(11), reassignment };
        given([mentored(), vec![asked(61, 11), asked(62, 13)]].concat())
            .when(reassign(11, 12, march(2)))
            .then_expect_events([handed_over(true), vec![reassigned.into()]].concat());
    }

    #[test]
    fn only_a_mentor_of_the_student_hands_over() {
        given(mentored()).when(reassign(13, 12, march(2))).then_expect_error(CaseError::NotMentorOfStudent);
        given(left()).when(reassign(11, 12, march(2))).then_expect_error(CaseError::NotMentorOfStudent);
    }

    #[test]
    fn nobody_takes_over_from_oneself() {
        given(mentored()).when(reassign(11, 11, march(2))).then_expect_error(CaseError::AlreadyMentor);
    }

    #[test]
    fn the_day_lies_between_the_start_and_today() {
        let february = march(1).pred_opt().expect("a date");
        given(mentored()).when(reassign(11, 12, february)).then_expect_error(CaseError::AssignmentEndBeforeStart);
        given(mentored()).when(reassign(11, 12, march(3))).then_expect_error(CaseError::AssignmentInFuture);
    }
}
