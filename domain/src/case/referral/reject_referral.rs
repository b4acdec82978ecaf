//! A partner turns a referral down.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Step;
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Why a partner does not take a referral on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "no_capacity")]
pub enum RejectReason {
    /// It has no place.
    NoCapacity,
    /// The student does not meet its terms.
    NotEligible,
    /// The student lives or learns elsewhere.
    OutOfArea,
    /// It would have to know more.
    InsufficientInformation,
    /// Another reason, told in the note.
    Other,
}

/// Why the partner does not take it on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "no_capacity", "note": "A place in May at the earliest."}))]
pub struct ReferralRejection {
    /// Why.
    pub reason: RejectReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Say that the partner turns the referral down.
#[derive(Debug, Clone)]
pub struct RejectReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Why the partner does not take it on.
    pub rejection: ReferralRejection,
}

/// The partner turned the referral down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralRejected {
    /// The referral.
    pub referral: ReferralId,
    /// Why the partner does not take it on.
    pub rejection: ReferralRejection,
}

impl Decide<Case> for RejectReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Reject)?;
        Ok(vec![ReferralRejected { referral: self.referral, rejection: self.rejection.clone() }.into()])
    }
}

impl Fact for ReferralRejected {
    fn apply(self, case: &mut Case) {
        case.end_referral(self.referral);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn reject() -> RejectReferral {
        let rejection = ReferralRejection { reason: RejectReason::NoCapacity, note: None };
        RejectReferral { referral: referral(), rejection }
    }

    #[test]
    fn a_partner_turns_a_referral_down() {
        given(requested()).when(reject()).then_expect_events(vec![rejected().remove(3)]);
    }

    #[test]
    fn what_the_partner_took_on_it_does_not_turn_down() {
        given(accepted()).when(reject()).then_expect_error(CaseError::ReferralNotRequested);
        given(rejected()).when(reject()).then_expect_error(CaseError::ReferralEnded);
    }
}
