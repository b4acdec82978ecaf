//! Giving a follow-up another due day.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Due, OpenFollowUp};
use crate::{
    Decide, FollowUpId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Another due day, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"due": {"on": "2026-03-09"}, "reason": "The family is away until the weekend."}))]
pub struct FollowUpRescheduling {
    /// By when.
    pub due: Due,
    /// Why.
    pub reason: Text,
}

/// Give an open follow-up another due day.
#[derive(Debug, Clone)]
pub struct RescheduleFollowUp {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Another due day, and why.
    pub rescheduling: FollowUpRescheduling,
}

/// A follow-up got another due day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpRescheduled {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// The day by which it was due before.
    pub from: NaiveDate,
    /// The day by which it is due from then on, as the calendar counted it.
    pub due_on: NaiveDate,
    /// What was asked, and why.
    pub rescheduling: FollowUpRescheduling,
}

impl Decide<Case> for RescheduleFollowUp {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let OpenFollowUp { due_on: from, .. } = case.open_follow_up(self.follow_up)?;
        let due_on = self.rescheduling.due.day(stamp)?;
        if due_on == from {
            return Err(CaseError::SameDueDate);
        }
        let rescheduling = self.rescheduling.clone();
        Ok(vec![FollowUpRescheduled { follow_up: self.follow_up, from, due_on, rescheduling }.into()])
    }
}

impl Fact for FollowUpRescheduled {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.follow_ups.get_mut(&self.follow_up) {
            open.due_on = self.due_on;
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn rescheduling(on: NaiveDate) -> FollowUpRescheduling {
        FollowUpRescheduling { due: Due::On(on), reason: text("the family is away") }
    }

    fn reschedule(on: NaiveDate) -> RescheduleFollowUp {
        RescheduleFollowUp { follow_up: follow_up(), rescheduling: rescheduling(on) }
    }

    #[test]
    fn a_follow_up_gets_another_due_day() {
        let rescheduled = FollowUpRescheduled {
            follow_up: follow_up(),
            from: march(4),
            due_on: march(9),
            rescheduling: rescheduling(march(9)),
        };
        given(asked()).when(reschedule(march(9))).then_expect_events(vec![rescheduled.into()]);
    }

    #[test]
    fn the_same_day_is_no_change() {
        given(asked()).when(reschedule(march(4))).then_expect_error(CaseError::SameDueDate);
    }

    #[test]
    fn a_follow_up_is_not_put_off_to_the_past() {
        given(asked()).when(reschedule(march(1))).then_expect_error(CaseError::DueInPast);
    }

    #[test]
    fn what_is_done_is_not_put_off() {
        given(done()).when(reschedule(march(9))).then_expect_error(CaseError::FollowUpNotOpen);
    }
}
