//! The family does not consent.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Purpose, SignatoryRelation, StandingRefusal};
use crate::{
    ConsentId, Decide, Evidence, PartnerId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// With whom nothing may be shared and for what, and who said so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "partner": "0192a000-0000-7000-8000-000000000021", "purpose": "mentoring", "signatory": "Maria Lopez",
    "relation": "parent", "on": "2026-02-02", "note": "Wants to meet the mentor first."
}))]
pub struct ConsentRefusal {
    /// With whom.
    pub partner: PartnerId,
    /// For what.
    pub purpose: Purpose,
    /// Who refused.
    pub signatory: Text,
    /// What the signatory is to the student.
    pub relation: SignatoryRelation,
    /// The day of the refusal.
    pub on: NaiveDate,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The signed form, page by page: attachments of the student's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub evidence: Vec<Evidence>,
}

/// Record that the family does not consent.
#[derive(Debug, Clone)]
pub struct RefuseConsent(pub ConsentRefusal);

/// The family did not consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentRefused {
    /// The consent that was refused.
    pub consent: ConsentId,
    /// What may not be shared.
    pub refusal: ConsentRefusal,
}

impl Decide<Case> for RefuseConsent {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        ensure_past(self.0.on, stamp.today(), CaseError::ConsentInFuture)?;
        Ok(vec![ConsentRefused { consent: stamp.id.into(), refusal: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }

    fn evidence(&self) -> &[Evidence] {
        &self.0.evidence
    }
}

impl Fact for ConsentRefused {
    fn apply(self, case: &mut Case) {
        let ConsentRefusal { partner, purpose, on, .. } = self.refusal;
        match case.refusals.iter_mut().find(|refusal| (refusal.partner, refusal.purpose) == (partner, purpose)) {
            Some(refusal) => refusal.on = refusal.on.max(on),
            None => case.refusals.push(StandingRefusal { partner, purpose, on }),
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.consent.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.refusal.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    #[test]
    fn the_family_does_not_consent() {
        let event = ConsentRefused { consent: created(), refusal: refusal(march(2)) };
        given([opened()]).when(RefuseConsent(refusal(march(2)))).then_expect_events(vec![event.into()]);
    }

    #[test]
    fn nobody_refused_tomorrow() {
        given([opened()]).when(RefuseConsent(refusal(march(3)))).then_expect_error(CaseError::ConsentInFuture);
    }
}
