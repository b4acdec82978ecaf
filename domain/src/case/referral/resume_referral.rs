//! Going on with a referral.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Step;
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Go on with a waiting referral from where it stood.
#[derive(Debug, Clone)]
pub struct ResumeReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Text,
}

/// A waiting referral goes on from where it stood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralResumed {
    /// The referral.
    pub referral: ReferralId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ResumeReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Resume)?;
        Ok(vec![ReferralResumed { referral: self.referral, reason: self.reason.clone() }.into()])
    }
}

impl Fact for ReferralResumed {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.referrals.get_mut(&self.referral) {
            open.status = open.resumes_to;
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{ServiceStart, StartService, given::*};

    fn resume() -> ResumeReferral {
        ResumeReferral { referral: referral(), reason: text("back") }
    }

    fn resumed() -> ReferralResumed {
        ReferralResumed { referral: referral(), reason: text("back") }
    }

    #[test]
    fn a_waiting_referral_goes_on() {
        given(on_hold()).when(resume()).then_expect_events(vec![resumed().into()]);
    }

    #[test]
    fn it_goes_on_from_where_it_stood() {
        let start = StartService { referral: referral(), start: ServiceStart { on: march(2), note: None } };
        given(and(on_hold(), resumed())).when(start).then_expect_error(CaseError::ServiceAlreadyStarted);
    }

    #[test]
    fn only_a_waiting_referral_goes_on() {
        given(accepted()).when(resume()).then_expect_error(CaseError::ReferralNotOnHold);
    }
}
