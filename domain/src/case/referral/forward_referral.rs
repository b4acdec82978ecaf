//! Passing a referral on to another partner.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{ReferralStatus, Step, deadlines};
use crate::{
    ConsentId, Decide, PartnerId, ReferralId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Which partner is asked instead, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"partner": "0192a000-0000-7000-8000-000000000022", "reason": "Has a place at once."}))]
pub struct ReferralForwarding {
    /// Who is asked instead.
    pub partner: PartnerId,
    /// Why.
    pub reason: Text,
}

/// Pass a referral on to another partner, whose answer is then awaited.
#[derive(Debug, Clone)]
pub struct ForwardReferral {
    /// The referral.
    pub referral: ReferralId,
    /// Which partner is asked instead, and why.
    pub forwarding: ReferralForwarding,
}

/// A referral was passed on to another partner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferralForwarded {
    /// The referral.
    pub referral: ReferralId,
    /// The partner before.
    pub from: PartnerId,
    /// Which partner is asked instead, and why.
    pub forwarding: ReferralForwarding,
    /// The consent by which data is shared with the new partner, where any is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<ConsentId>,
    /// The day by which the new partner is to answer.
    pub respond_by: NaiveDate,
    /// The day on which it surfaces without an answer.
    pub surfaces_on: NaiveDate,
}

impl Decide<Case> for ForwardReferral {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let open = case.referral(self.referral, Step::Forward)?;
        let (from, to) = (open.partner, self.forwarding.partner);
        if from == to {
            return Err(CaseError::SamePartner);
        }
        let consent = case.consent_to_share(open, to, stamp.today())?;
        let (respond_by, surfaces_on) = deadlines(stamp);
        let (referral, forwarding) = (self.referral, self.forwarding.clone());
        Ok(vec![ReferralForwarded { referral, from, forwarding, consent, respond_by, surfaces_on }.into()])
    }
}

impl Fact for ReferralForwarded {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.referrals.get_mut(&self.referral) {
            open.partner = self.forwarding.partner;
            open.status = ReferralStatus::Requested;
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.referral.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{AcceptReferral, Consent, ConsentGiven, ReferralAcceptance, consent, given::*};

    fn forwarding(to: u128) -> ReferralForwarding {
        ReferralForwarding { partner: partner(to), reason: text("has a place at once") }
    }

    fn forward(to: u128) -> ForwardReferral {
        ForwardReferral { referral: referral(), forwarding: forwarding(to) }
    }

    fn forwarded(consent: Option<ConsentId>) -> CaseEvent {
        ReferralForwarded {
            referral: referral(),
            from: partner(300),
            forwarding: forwarding(301),
            consent,
            respond_by: march(4),
            surfaces_on: march(6),
        }
        .into()
    }

    #[test]
    fn another_partner_is_asked_instead() {
        for past in [requested(), accepted(), in_progress(), on_hold()] {
            given(past).when(forward(301)).then_expect_events(vec![forwarded(None)]);
        }
        let accept = AcceptReferral { referral: referral(), acceptance: ReferralAcceptance { note: None } };
        given(and(accepted(), forwarded(None))).when(accept).then_expect_events(vec![accepted().remove(3)]);
    }

    #[test]
    fn the_other_partner_needs_a_consent_of_its_own() {
        let past = and(sharing(), requested_now(Some(created())));
        given(past.clone()).when(forward(301)).then_expect_error(CaseError::ConsentMissing);
        let terms = Consent { partner: partner(301), ..consent::given::terms() };
        let consented = ConsentGiven { consent: created(), terms };
        given(and(past, consented)).when(forward(301)).then_expect_events(vec![forwarded(Some(created()))]);
    }

    #[test]
    fn the_same_partner_has_it_already() {
        given(requested()).when(forward(300)).then_expect_error(CaseError::SamePartner);
    }

    #[test]
    fn what_was_not_sent_or_has_ended_is_not_passed_on() {
        given(drafted()).when(forward(301)).then_expect_error(CaseError::ReferralNotRequested);
        given(rejected()).when(forward(301)).then_expect_error(CaseError::ReferralEnded);
    }
}
