//! The family takes a consent back.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ConsentId, Decide, Evidence, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Who takes a consent back, when and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"by": "Maria Lopez", "on": "2026-03-02", "reason": "Moving away."}))]
pub struct ConsentWithdrawal {
    /// Who withdraws it.
    pub by: Text,
    /// The day on which it was withdrawn; today, if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Why, where a reason was given: none is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// The signed form, page by page: attachments of the student's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub evidence: Vec<Evidence>,
}

/// Record that the family takes a consent back, as it may at any time, also when the case is closed.
#[derive(Debug, Clone)]
pub struct WithdrawConsent {
    /// The consent.
    pub consent: ConsentId,
    /// Who takes it back, when and why.
    pub withdrawal: ConsentWithdrawal,
}

/// The family took a consent back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConsentWithdrawn {
    /// The consent.
    pub consent: ConsentId,
    /// Who took it back, when and why.
    pub withdrawal: ConsentWithdrawal,
}

impl Decide<Case> for WithdrawConsent {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        let today = stamp.today();
        match case.consents.get(&self.consent) {
            Some(consent) if !consent.expired(today) => {}
            None if !case.ended_consents.holds(&self.consent) => return Err(CaseError::NoSuchConsent),
            _ => return Err(CaseError::ConsentNotInForce),
        }
        ensure_past(self.withdrawal.on.unwrap_or(today), today, CaseError::ConsentInFuture)?;
        Ok(vec![ConsentWithdrawn { consent: self.consent, withdrawal: self.withdrawal.clone() }.into()])
    }

    fn evidence(&self) -> &[Evidence] {
        &self.withdrawal.evidence
    }
}

impl Fact for ConsentWithdrawn {
    fn apply(self, case: &mut Case) {
        case.consents.remove(&self.consent);
        case.ended_consents.add(self.consent);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.consent.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.withdrawal.on
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{Consent, ConsentGiven, given::*};

    fn withdraw(on: Option<NaiveDate>) -> WithdrawConsent {
        let withdrawal = ConsentWithdrawal { by: text("Maria Lopez"), on, reason: None, evidence: vec![] };
        WithdrawConsent { consent: consent(), withdrawal }
    }

    #[test]
    fn a_consent_is_taken_back_without_giving_a_reason() {
        given(consented()).when(withdraw(None)).then_expect_events(vec![withdrawn().remove(2)]);
    }

    #[test]
    fn a_consent_is_taken_back_after_the_case_was_closed() {
        let past = [consented(), vec![closed().remove(1)]].concat();
        given(past).when(withdraw(None)).then_expect_events(vec![withdrawn().remove(2)]);
        given([]).when(withdraw(None)).then_expect_error(CaseError::NoCase);
    }

    #[test]
    fn nobody_withdrew_tomorrow() {
        given(consented()).when(withdraw(Some(march(3)))).then_expect_error(CaseError::ConsentInFuture);
    }

    #[test]
    fn only_what_is_in_force_is_taken_back() {
        given(withdrawn()).when(withdraw(None)).then_expect_error(CaseError::ConsentNotInForce);
        let expired = Consent { expires_on: Some(march(1)), ..terms() };
        let past: Vec<CaseEvent> = vec![opened(), ConsentGiven { consent: consent(), terms: expired }.into()];
        given(past.clone()).when(withdraw(None)).then_expect_error(CaseError::ConsentNotInForce);
        let newer = Consent { signed_on: march(2), ..terms() };
        let renewed = ConsentGiven { consent: created(), terms: newer }.into();
        given([past, vec![renewed]].concat()).when(withdraw(None)).then_expect_error(CaseError::ConsentNotInForce);
    }

    #[test]
    fn what_was_never_given_is_not_taken_back() {
        given([opened()]).when(withdraw(None)).then_expect_error(CaseError::NoSuchConsent);
    }
}
