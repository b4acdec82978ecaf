//! The family consents.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Purpose, Scope, SignatoryRelation, StandingConsent};
use crate::{
    ConsentId, Decide, Evidence, PartnerId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// What may be shared with whom, for what and how long, and who signed it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "partner": "0192a000-0000-7000-8000-000000000021", "purpose": "mentoring", "scope": ["directory", "attendance"],
    "signatory": "Maria Lopez", "relation": "parent", "signed_on": "2026-02-02", "expires_on": "2026-06-26",
    "visibility": "team"
}))]
pub struct Consent {
    /// With whom.
    pub partner: PartnerId,
    /// For what.
    pub purpose: Purpose,
    /// Which data.
    pub scope: Scope,
    /// Who signed.
    pub signatory: Text,
    /// What the signatory is to the student.
    pub relation: SignatoryRelation,
    /// The day of the signature, from which it holds.
    pub signed_on: NaiveDate,
    /// The last day on which it holds, unless it holds until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The signed form, page by page: attachments of the student's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub evidence: Vec<Evidence>,
}

/// Record that the family consents.
#[derive(Debug, Clone)]
pub struct GiveConsent(pub Consent);

/// The family consented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentGiven {
    /// The consent.
    pub consent: ConsentId,
    /// What may be shared.
    pub terms: Consent,
}

impl Decide<Case> for GiveConsent {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        ensure_past(self.0.signed_on, stamp.today(), CaseError::ConsentInFuture)?;
        if self.0.expires_on.is_some_and(|expires_on| expires_on < self.0.signed_on) {
            return Err(CaseError::ConsentExpiresBeforeSigned);
        }
        Ok(vec![ConsentGiven { consent: stamp.id.into(), terms: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }

    fn evidence(&self) -> &[Evidence] {
        &self.0.evidence
    }
}

impl Fact for ConsentGiven {
    fn apply(self, case: &mut Case) {
        let Consent { partner, purpose, scope, signed_on, expires_on, .. } = self.terms;
        // What had expired by this signature cannot come back: the state need not keep it.
        for (id, _) in case.consents.extract_if(.., |_, consent| consent.expired(signed_on)) {
            case.ended_consents.add(id);
        }
        case.refusals
            .retain(|refusal| (refusal.partner, refusal.purpose) != (partner, purpose) || refusal.on > signed_on);
        case.consents.insert(self.consent, StandingConsent { partner, purpose, scope, signed_on, expires_on });
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.consent.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.terms.signed_on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn signed(on: NaiveDate) -> Consent {
        Consent { signed_on: on, ..terms() }
    }

    #[test]
    fn the_family_consents() {
        let given_consent = ConsentGiven { consent: created(), terms: signed(march(2)) };
        given([opened()]).when(GiveConsent(signed(march(2)))).then_expect_events(vec![given_consent.into()]);
    }

    #[test]
    fn nobody_signed_tomorrow() {
        given([opened()]).when(GiveConsent(signed(march(3)))).then_expect_error(CaseError::ConsentInFuture);
    }

    #[test]
    fn a_consent_does_not_expire_before_it_was_signed() {
        let expired = Consent { signed_on: march(2), expires_on: Some(march(1)), ..terms() };
        given([opened()]).when(GiveConsent(expired)).then_expect_error(CaseError::ConsentExpiresBeforeSigned);
    }

    #[test]
    fn a_closed_case_takes_no_consent() {
        given(closed()).when(GiveConsent(terms())).then_expect_error(CaseError::CaseClosed);
    }
}
