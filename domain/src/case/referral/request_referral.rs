//! Sending a referral to its partner.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ReferralStatus, Step, deadlines};
use crate::{
    ConsentId, Decide, ReferralId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Send a drafted referral to its partner.
#[derive(Debug, Clone)]
pub struct RequestReferral {
    /// The referral.
    pub referral: ReferralId,
}

/// A referral was sent to its partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralRequested {
    /// The referral.
    pub referral: ReferralId,
    /// The consent by which data is shared, where any is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// The day by which the partner is to answer.
    pub respond_by: NaiveDate,
    /// The day on which it surfaces without an answer.
    pub surfaces_on: NaiveDate,
}

impl Decide<Case> for RequestReferral {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let open = case.referral(self.referral, Step::Request)?;
        let consent = case.consent_to_share(open, open.partner, stamp.today())?;
        let (respond_by, surfaces_on) = deadlines(stamp);
        Ok(vec![ReferralRequested { referral: self.referral, consent, respond_by, surfaces_on }.into()])
    }
}

impl Fact for ReferralRequested {
    fn apply(self, case: &mut Case) {
        case.referral_stands(self.referral, ReferralStatus::Requested);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{DataCategory, ReferralDrafted, given::*};

    fn request() -> RequestReferral {
        RequestReferral { referral: referral() }
    }

    #[test]
    fn a_referral_that_shares_nothing_needs_no_consent() {
        given(drafted()).when(request()).then_expect_events(vec![requested_now(None).into()]);
    }

    #[test]
    fn a_referral_that_shares_data_names_its_consent() {
        given(sharing()).when(request()).then_expect_events(vec![requested_now(Some(consent())).into()]);
    }

    #[test]
    fn data_is_not_shared_beyond_the_consent() {
        let drafted = ReferralDrafted { referral: referral(), draft: draft([DataCategory::Health]) };
        given(and(consented(), drafted)).when(request()).then_expect_error(CaseError::ConsentMissing);
    }

    #[test]
    fn a_referral_is_sent_once() {
        given(requested()).when(request()).then_expect_error(CaseError::ReferralNotDraft);
        given(rejected()).when(request()).then_expect_error(CaseError::ReferralEnded);
    }

    #[test]
    fn what_was_never_drafted_is_not_sent() {
        given([opened()]).when(request()).then_expect_error(CaseError::NoSuchReferral);
    }
}
