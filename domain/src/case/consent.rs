//! Consent of the family: what may be shared with which partner for what, given, refused, withdrawn.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Case;
use crate::{ConsentId, PartnerId};

mod give_consent;
mod purpose;
mod refuse_consent;
mod scope;
mod signatory;
mod withdraw_consent;

pub use give_consent::{Consent, ConsentGiven, GiveConsent};
pub use purpose::Purpose;
pub use refuse_consent::{ConsentRefusal, ConsentRefused, RefuseConsent};
pub use scope::{DataCategory, Scope};
pub use signatory::SignatoryRelation;
pub use withdraw_consent::{ConsentWithdrawal, ConsentWithdrawn, WithdrawConsent};

/// A consent that nobody withdrew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StandingConsent {
    partner: PartnerId,
    purpose: Purpose,
    scope: Scope,
    signed_on: NaiveDate,
    expires_on: Option<NaiveDate>,
}

/// A refusal that no later signature took back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StandingRefusal {
    partner: PartnerId,
    purpose: Purpose,
    on: NaiveDate,
}

impl StandingConsent {
    fn expired(&self, day: NaiveDate) -> bool {
        self.expires_on.is_some_and(|expires_on| expires_on < day)
    }
}

impl Case {
    /// The consent by which `categories` may be shared with `partner` for `purpose` on that day.
    ///
    /// A refusal that came later outweighs it.
    pub fn consent_in_force<'a>(
        &self,
        partner: PartnerId,
        purpose: Purpose,
        categories: impl IntoIterator<Item = &'a DataCategory> + Clone,
        today: NaiveDate,
    ) -> Option<ConsentId> {
        let refused = |signed_on| {
            let same = |refusal: &&StandingRefusal| (refusal.partner, refusal.purpose) == (partner, purpose);
            self.refusals.iter().filter(same).any(|refusal| refusal.on >= signed_on)
        };
        let in_force = |consent: &StandingConsent| {
            (consent.partner, consent.purpose) == (partner, purpose)
                && consent.signed_on <= today
                && !consent.expired(today)
                && consent.scope.covers(categories.clone())
                && !refused(consent.signed_on)
        };
        self.consents.iter().find(|(_, consent)| in_force(consent)).map(|(&id, _)| id)
    }
}

#[cfg(test)]
pub(super) mod given {
    use super::*;
    use crate::case::{CaseEvent, given::*};

    /// The consent of these tests.
    pub fn consent() -> ConsentId {
        uuid::Uuid::from_u128(80).into()
    }

    /// The partner of these tests, or another.
    pub fn partner(number: u128) -> PartnerId {
        uuid::Uuid::from_u128(number).into()
    }

    /// The mother lets partner 300 see the attendance for mentoring, from the 1st of March to the end of the month.
    pub fn terms() -> Consent {
        Consent {
            partner: partner(300),
            purpose: Purpose::Mentoring,
            scope: vec![DataCategory::Attendance, DataCategory::Directory].try_into().expect("a scope"),
            signatory: text("Maria Lopez"),
            relation: SignatoryRelation::Parent,
            signed_on: march(1),
            expires_on: Some(march(31)),
            visibility: Default::default(),
            evidence: vec![],
        }
    }

    /// A case with that consent.
    pub fn consented() -> Vec<CaseEvent> {
        vec![opened(), ConsentGiven { consent: consent(), terms: terms() }.into()]
    }

    /// The mother refused, on that day.
    pub fn refused(on: NaiveDate) -> CaseEvent {
        ConsentRefused { consent: uuid::Uuid::from_u128(81).into(), refusal: refusal(on) }.into()
    }

    /// The mother refuses, on that day.
    pub fn refusal(on: NaiveDate) -> ConsentRefusal {
        ConsentRefusal {
            partner: partner(300),
            purpose: Purpose::Mentoring,
            signatory: text("Maria Lopez"),
            relation: SignatoryRelation::Parent,
            on,
            note: None,
            visibility: Default::default(),
            evidence: vec![],
        }
    }

    /// A case whose consent was withdrawn.
    pub fn withdrawn() -> Vec<CaseEvent> {
        let withdrawal = ConsentWithdrawal { by: text("Maria Lopez"), on: None, reason: None, evidence: vec![] };
        [consented(), vec![ConsentWithdrawn { consent: consent(), withdrawal }.into()]].concat()
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::Aggregate;

    use super::{given::*, *};
    use crate::case::{CaseEvent, given::*};

    fn found(past: impl IntoIterator<Item = CaseEvent>, categories: &[DataCategory], day: u32) -> Option<ConsentId> {
        let mut case = Case::default();
        past.into_iter().for_each(|event| Aggregate::apply(&mut case, event));
        case.consent_in_force(partner(300), Purpose::Mentoring, categories, march(day))
    }

    #[test]
    fn a_consent_is_in_force_from_its_signature_to_its_expiry_for_what_it_covers() {
        let attendance = [DataCategory::Attendance];
        assert_eq!(found(consented(), &attendance, 1), Some(consent()));
        assert_eq!(found(consented(), &attendance, 31), Some(consent()));
        let after = march(31).succ_opt().expect("a day");
        let mut case = Case::default();
        consented().into_iter().for_each(|event| Aggregate::apply(&mut case, event));
        assert_eq!(case.consent_in_force(partner(300), Purpose::Mentoring, &attendance, after), None);
        assert_eq!(case.consent_in_force(partner(301), Purpose::Mentoring, &attendance, march(2)), None);
        assert_eq!(case.consent_in_force(partner(300), Purpose::BasicNeeds, &attendance, march(2)), None);
        assert_eq!(found(consented(), &[DataCategory::Attendance, DataCategory::Health], 2), None);
    }

    #[test]
    fn a_refusal_outweighs_what_was_signed_before_and_a_later_signature_the_refusal() {
        let signed = |on| ConsentGiven { consent: created(), terms: Consent { signed_on: on, ..terms() } }.into();
        let attendance = [DataCategory::Attendance];
        assert_eq!(found([consented(), vec![refused(march(2))]].concat(), &attendance, 2), None);
        assert_eq!(
            found([consented(), vec![refused(march(2)), signed(march(2))]].concat(), &attendance, 2),
            Some(created())
        );
        assert_eq!(found([consented(), vec![refused(march(2)), signed(march(1))]].concat(), &attendance, 2), None);
    }

    #[test]
    fn a_withdrawn_consent_is_not_in_force() {
        assert_eq!(found(withdrawn(), &[DataCategory::Attendance], 2), None);
    }
}
