//! A partner takes a referral on.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReferralStatus, Step};
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What the partner says to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "Ms Chen will meet him on Tuesday."}))]
pub struct ReferralAcceptance {
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Say that the partner takes the referral on.
#[derive(Debug, Clone)]
pub struct AcceptReferral {
    /// The referral.
    pub referral: ReferralId,
    /// What the partner says to it.
    pub acceptance: ReferralAcceptance,
}

/// The partner took the referral on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralAccepted {
    /// The referral.
    pub referral: ReferralId,
    /// What the partner says to it.
    pub acceptance: ReferralAcceptance,
}

impl Decide<Case> for AcceptReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Accept)?;
        Ok(vec![ReferralAccepted { referral: self.referral, acceptance: self.acceptance.clone() }.into()])
    }
}

impl Fact for ReferralAccepted {
    fn apply(self, case: &mut Case) {
        case.referral_stands(self.referral, ReferralStatus::Accepted);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn accept() -> AcceptReferral {
        AcceptReferral { referral: referral(), acceptance: ReferralAcceptance { note: None } }
    }

    #[test]
    fn a_partner_takes_a_referral_on() {
        given(requested()).when(accept()).then_expect_events(vec![accepted().remove(3)]);
    }

    #[test]
    fn only_a_referral_that_awaits_an_answer_is_accepted() {
        given(drafted()).when(accept()).then_expect_error(CaseError::ReferralNotRequested);
        given(accepted()).when(accept()).then_expect_error(CaseError::ReferralNotRequested);
        given(on_hold()).when(accept()).then_expect_error(CaseError::ReferralOnHold);
        given(rejected()).when(accept()).then_expect_error(CaseError::ReferralEnded);
    }
}
