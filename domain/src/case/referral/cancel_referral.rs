//! Taking a referral back.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReferralStatus, Step};
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{CancelReason, Case, CaseError, CaseEvent, Fact},
};

/// On whose wish a referral was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "family")]
pub enum CancelledBy {
    /// The school's.
    School,
    /// The family's.
    Family,
    /// The partner's.
    Partner,
}

/// Who takes it back, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"by": "family", "reason": "no_longer_needed", "note": "An uncle drives him now."}))]
pub struct ReferralCancellation {
    /// On whose wish.
    pub by: CancelledBy,
    /// Why.
    pub reason: CancelReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Take a referral back.
#[derive(Debug, Clone)]
pub struct CancelReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Who takes it back, and why.
    pub cancellation: ReferralCancellation,
}

/// A referral was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralCancelled {
    /// The referral.
    pub referral: ReferralId,
    /// Who takes it back, and why.
    pub cancellation: ReferralCancellation,
}

impl Decide<Case> for CancelReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Cancel)?;
        Ok(vec![ReferralCancelled { referral: self.referral, cancellation: self.cancellation.clone() }.into()])
    }
}

impl Fact for ReferralCancelled {
    fn apply(self, case: &mut Case) {
        case.end_referral(self.referral);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

impl Case {
    /// Closing the case takes back what was not sent yet.
    pub(in crate::case) fn cancel_drafts(&self) -> impl Iterator<Item = CaseEvent> {
        let by = CancelledBy::School;
        let cancellation = ReferralCancellation { by, reason: CancelReason::CaseClosed, note: None };
        let drafts = self.referrals.iter().filter(|(_, open)| open.status == ReferralStatus::Draft);
        drafts.map(move |(&referral, _)| ReferralCancelled { referral, cancellation: cancellation.clone() }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{CaseClosed, CloseCase, CloseReason, given::*};

    fn cancellation(reason: CancelReason) -> ReferralCancellation {
        ReferralCancellation { by: CancelledBy::School, reason, note: None }
    }

    fn cancelled(reason: CancelReason) -> CaseEvent {
        ReferralCancelled { referral: referral(), cancellation: cancellation(reason) }.into()
    }

    fn close() -> CloseCase {
        CloseCase { reason: CloseReason::GoalsMet, note: None }
    }

    #[test]
    fn a_referral_is_taken_back_at_any_point() {
        for past in [drafted(), requested(), accepted(), in_progress(), on_hold()] {
            let cancel = CancelReferral { referral: referral(), cancellation: cancellation(CancelReason::Duplicate) };
            given(past).when(cancel).then_expect_events(vec![cancelled(CancelReason::Duplicate)]);
        }
    }

    #[test]
    fn an_ended_referral_is_not_taken_back() {
        let cancel = CancelReferral { referral: referral(), cancellation: cancellation(CancelReason::Duplicate) };
        given(rejected()).when(cancel).then_expect_error(CaseError::ReferralEnded);
    }

    #[test]
    fn closing_the_case_takes_drafts_back() {
        let case_closed = CaseClosed { reason: CloseReason::GoalsMet, note: None }.into();
        given(drafted()).when(close()).then_expect_events(vec![cancelled(CancelReason::CaseClosed), case_closed]);
    }

    #[test]
    fn a_case_whose_referrals_run_is_not_closed() {
        for past in [requested(), accepted(), in_progress(), on_hold()] {
            given(past).when(close()).then_expect_error(CaseError::OpenWorkRemains);
        }
    }
}
