//! Saying that a follow-up is not to be done after all.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, FollowUpId, Stamp, Text,
    case::{CancelReason, Case, CaseError, CaseEvent, Fact},
};

/// Why it is not to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "no_longer_needed", "note": "The mother called by herself."}))]
pub struct FollowUpCancellation {
    /// Why.
    pub reason: CancelReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Say that an open follow-up is not to be done after all.
#[derive(Debug, Clone)]
pub struct CancelFollowUp {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Why it is not to be done.
    pub cancellation: FollowUpCancellation,
}

/// A follow-up is not to be done after all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpCancelled {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Why it is not to be done.
    pub cancellation: FollowUpCancellation,
}

impl Decide<Case> for CancelFollowUp {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.open_follow_up(self.follow_up)?;
        Ok(vec![FollowUpCancelled { follow_up: self.follow_up, cancellation: self.cancellation.clone() }.into()])
    }
}

impl Fact for FollowUpCancelled {
    fn apply(self, case: &mut Case) {
        let absent_on = case.follow_ups.get(&self.follow_up).and_then(|open| open.absent_on);
        if let (CancelReason::AbsenceCorrected, Some(day)) = (self.cancellation.reason, absent_on) {
            // Should the school correct itself once more, it is asked again.
            case.calls_home.forget(&day);
        }
        case.end_follow_up(self.follow_up);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

impl Case {
    /// Closing the case cancels what was still to be done.
    pub(in crate::case) fn cancel_follow_ups(&self) -> impl Iterator<Item = CaseEvent> {
        let cancellation = FollowUpCancellation { reason: CancelReason::CaseClosed, note: None };
        let cancel = move |&follow_up| FollowUpCancelled { follow_up, cancellation: cancellation.clone() }.into();
        self.follow_ups.keys().map(cancel)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{CaseClosed, CloseCase, CloseReason, given::*};

    fn cancelled(reason: CancelReason) -> CaseEvent {
        let cancellation = FollowUpCancellation { reason, note: None };
        FollowUpCancelled { follow_up: follow_up(), cancellation }.into()
    }

    fn cancel() -> CancelFollowUp {
        let cancellation = FollowUpCancellation { reason: CancelReason::Duplicate, note: None };
        CancelFollowUp { follow_up: follow_up(), cancellation }
    }

    #[test]
    fn a_follow_up_is_cancelled() {
        given(asked()).when(cancel()).then_expect_events(vec![cancelled(CancelReason::Duplicate)]);
    }

    #[test]
    fn what_is_done_is_not_cancelled() {
        given(done()).when(cancel()).then_expect_error(CaseError::FollowUpNotOpen);
    }

    #[test]
    fn closing_the_case_cancels_what_was_to_be_done() {
        let close = CloseCase { reason: CloseReason::GoalsMet, note: None };
        let case_closed = CaseClosed { reason: CloseReason::GoalsMet, note: None }.into();
        given(asked()).when(close).then_expect_events(vec![cancelled(CancelReason::CaseClosed), case_closed]);
    }
}
