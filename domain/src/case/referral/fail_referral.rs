//! A referral comes to nothing.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Step;
use crate::{
    Decide, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Why a referral came to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "no_response")]
pub enum FailReason {
    /// The partner never answered.
    NoResponse,
    /// The partner reached nobody.
    CouldNotContact,
    /// The student did not come.
    DidNotAttend,
    /// The service is not given any more.
    ServiceUnavailable,
    /// Another reason, told in the note.
    Other,
}

/// Why it came to nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "no_response", "note": "Two calls, one letter."}))]
pub struct ReferralFailure {
    /// Why.
    pub reason: FailReason,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Say that a referral came to nothing.
#[derive(Debug, Clone)]
pub struct FailReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Why it came to nothing.
    pub failure: ReferralFailure,
}

/// A referral came to nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralFailed {
    /// The referral.
    pub referral: ReferralId,
    /// Why it came to nothing.
    pub failure: ReferralFailure,
}

impl Decide<Case> for FailReferral {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.referral(self.referral, Step::Fail)?;
        Ok(vec![ReferralFailed { referral: self.referral, failure: self.failure.clone() }.into()])
    }
}

impl Fact for ReferralFailed {
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

    fn failure() -> ReferralFailure {
        ReferralFailure { reason: FailReason::NoResponse, note: None }
    }

    fn fail() -> FailReferral {
        FailReferral { referral: referral(), failure: failure() }
    }

    #[test]
    fn a_referral_comes_to_nothing_at_any_point_after_it_was_sent() {
        let failed: CaseEvent = ReferralFailed { referral: referral(), failure: failure() }.into();
        for past in [requested(), accepted(), in_progress(), on_hold()] {
            given(past).when(fail()).then_expect_events(vec![failed.clone()]);
        }
    }

    #[test]
    fn a_draft_does_not_fail() {
        given(drafted()).when(fail()).then_expect_error(CaseError::ReferralNotRequested);
        given(rejected()).when(fail()).then_expect_error(CaseError::ReferralEnded);
    }
}
