//! Consents, as the views tell them.
use chrono::NaiveDate;
use domain::{
    PartnerId, Visibility,
    case::{Consent, ConsentGiven, ConsentRefusal, ConsentRefused, ConsentWithdrawal, ConsentWithdrawn},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Entered, code, spoken, unfold};

/// Where a consent stands; that it has expired follows from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentStatus {
    /// Given.
    Given,
    /// Refused.
    Refused,
    /// Given, and withdrawn since.
    Withdrawn,
}

/// A consent as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConsentRecord {
    /// Where it stands.
    pub status: ConsentStatus,
    /// What was consented to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Consent>,
    /// What was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<ConsentRefusal>,
    /// How it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<ConsentWithdrawal>,
}

impl Entered for ConsentRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        let terms = self.terms.as_ref().map(|terms| terms.visibility);
        terms.or(self.refusal.as_ref().map(|refusal| refusal.visibility)).unwrap_or_default()
    }

    fn is_ended(&self) -> bool {
        self.status != ConsentStatus::Given
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.terms.as_ref().map(|terms| terms.signed_on).or(self.refusal.as_ref().map(|refusal| refusal.on))
    }

    fn partner(&self) -> Option<PartnerId> {
        self.terms.as_ref().map(|terms| terms.partner).or(self.refusal.as_ref().map(|refusal| refusal.partner))
    }

    fn due_on(&self) -> Option<NaiveDate> {
        self.terms.as_ref().and_then(|terms| terms.expires_on)
    }
}

unfold! {
    ConsentGiven as Consent: |e, file, now| {
        let (status, terms) = (ConsentStatus::Given, Some(e.terms.clone()));
        file.write(e.consent, now, ConsentRecord { status, terms, refusal: None, withdrawal: None });
    }, says format!("Consent given for {}", spoken(&e.terms.purpose)), None;

    ConsentRefused as Consent: |e, file, now| {
        let (status, refusal) = (ConsentStatus::Refused, Some(e.refusal.clone()));
        file.write(e.consent, now, ConsentRecord { status, terms: None, refusal, withdrawal: None });
    }, says format!("Consent refused for {}", spoken(&e.refusal.purpose)), e.refusal.note.as_ref();

    ConsentWithdrawn as Consent: |e, file, now| {
        file.change(e.consent, now, |consent: &mut ConsentRecord| {
            consent.status = ConsentStatus::Withdrawn;
            consent.withdrawal = Some(e.withdrawal.clone());
        });
    }, says "Consent withdrawn".into(), e.withdrawal.reason.as_ref();
}
