//! Putting a referral on hold.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ReferralStatus, Step};
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Let a referral wait.
#[derive(Debug, Clone)]
pub struct HoldReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Text,
}

/// A referral waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralPutOnHold {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for HoldReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Hold)?;
        Ok(vec![ReferralPutOnHold { referral: self.referral, reason: self.reason.clone() }.into()])
    }
}

impl Fact for ReferralPutOnHold {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.referrals.get_mut(&self.referral) {
            open.resumes_to = std::mem::replace(&mut open.status, ReferralStatus::OnHold);
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn hold() -> HoldReferral {
        HoldReferral { referral: referral(), reason: text("on holiday") }
    }

    #[test]
    fn a_referral_waits() {
        let held: CaseEvent = ReferralPutOnHold { referral: referral(), reason: text("on holiday") }.into();
        for past in [requested(), accepted(), in_progress()] {
            given(past).when(hold()).then_expect_events(vec![held.clone()]);
        }
    }

    #[test]
    fn what_was_not_sent_does_not_wait_nor_what_waits_already() {
        given(drafted()).when(hold()).then_expect_error(CaseError::ReferralNotRequested);
        given(on_hold()).when(hold()).then_expect_error(CaseError::ReferralOnHold);
    }
}
