//! What partners may know of a student: what an agreement and a consent both cover.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{
    AgreementId, ConsentId, PartnerId,
    case::{DataCategory, Purpose, ReferralStatus, Shared},
};

use super::{Sight, Ties};
use crate::{
    HeldRole, Principal,
    view::{ConsentRecord, ConsentStatus, Content, Record, Standing},
};

/// What a role with a partner opens of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sharing {
    /// The agreement on which the partner knows of the student; of several, the first.
    pub agreement: AgreementId,
    /// The consent that goes with it.
    pub consent: Option<ConsentId>,
    /// The kinds of data that agreements and consents both cover, by all referrals together.
    pub categories: BTreeSet<DataCategory>,
    /// What the student was referred for.
    pub purposes: BTreeSet<Purpose>,
}

/// That a student is known to somebody as the staff of a party outside the school, and by nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The party.
    pub partner: PartnerId,
    /// Its legitimate interest: what the student was referred to it for.
    pub purposes: BTreeSet<Purpose>,
    /// The agreement with it.
    pub agreement: AgreementId,
    /// The family's consent, where the data need one.
    pub consent: Option<ConsentId>,
}

impl Disclosure {
    /// As which party outside the school `principal` knows of the case with those `ties`; nothing for the school's own, nor
    /// for those of them who look through a partner's eyes.
    pub fn of(principal: &Principal, ties: &Ties) -> Option<Self> {
        let principal = principal.asker();
        if !Sight::of(principal, ties).is_partner_only() {
            return None;
        }
        principal.roles.iter().find_map(|held| {
            let Sharing { agreement, consent, purposes, .. } = of(principal, held, ties)?;
            Some(Self { partner: held.partner?, purposes, agreement, consent })
        })
    }
}

/// What `held` opens of the student with those `ties`; nothing without a referral that an agreement covers.
pub(super) fn of(principal: &Principal, held: &HeldRole, ties: &Ties) -> Option<Sharing> {
    let partner = held.partner?;
    let referrals = ties.shared.iter().filter(|shared| shared.partner == partner);
    let covered = referrals.flat_map(|shared| {
        let covers = |agreement: &&crate::sharing::AgreementInForce| {
            agreement.partner == partner && agreement.covers(shared.purpose, ties.school, ties.student)
        };
        principal.agreements.iter().filter(covers).map(move |agreement| Sharing {
            agreement: agreement.id,
            consent: shared.consent,
            categories: agreement.categories.intersection(&shared.categories).copied().collect(),
            purposes: [shared.purpose].into(),
        })
    });
    covered.reduce(|first, next| {
        let categories = first.categories.union(&next.categories).copied().collect();
        let purposes = first.purposes.union(&next.purposes).copied().collect();
        Sharing { categories, purposes, consent: first.consent.or(next.consent), ..first }
    })
}

/// What a student's referrals share on that day, as the entries tell it: the referrals and consents of some partners.
///
/// The state of the case says the same, by its own means: [`domain::case::Case::shared`].
pub fn shared<'a>(records: impl Iterator<Item = &'a Record>, today: NaiveDate) -> Vec<Shared> {
    let stands = |record: &&Record| matches!(record.standing, Standing::Current | Standing::Corrected);
    let (consents, others): (Vec<_>, Vec<_>) =
        records.filter(stands).partition(|record| matches!(record.content, Content::Consent(_)));
    let sent = others.iter().filter_map(|record| match &record.content {
        Content::Referral(referral) if !record.content.is_ended() && referral.status != ReferralStatus::Draft => {
            Some((record.entry, referral))
        }
        _ => None,
    });
    sent.filter_map(|(entry, referral)| {
        let mut shared = Shared {
            partner: referral.partner,
            referral: entry.uuid().into(),
            purpose: referral.referral.purpose,
            categories: referral.referral.shares.clone(),
            consent: None,
        };
        if !shared.categories.is_empty() {
            shared.consent = Some(consented(&consents, &shared, today)?);
        }
        Some(shared)
    })
    .collect()
}

/// The consent by which all of it is shared.
fn consented(consents: &[&Record], shared: &Shared, today: NaiveDate) -> Option<ConsentId> {
    let said = |record: &Record| match &record.content {
        Content::Consent(consent) => Some(consent.clone()),
        _ => None,
    };
    let covers = |consent: &ConsentRecord| {
        consent.status == ConsentStatus::Given
            && consent.terms.as_ref().is_some_and(|terms| {
                (terms.partner, terms.purpose) == (shared.partner, shared.purpose)
                    && terms.signed_on <= today
                    && terms.expires_on.is_none_or(|last| last >= today)
                    && terms.scope.covers(&shared.categories)
            })
    };
    let given = consents.iter().filter_map(|record| Some((record, said(record).filter(covers)?.terms?)));
    given
        .filter(|(_, terms)| !refused(consents, shared, terms.signed_on))
        .map(|(record, _)| record.entry.uuid().into())
        .min()
}

/// Whether what was signed on that day was refused then or later, and no later signature took the refusal back.
fn refused(consents: &[&Record], shared: &Shared, signed_on: NaiveDate) -> bool {
    let same = |partner, purpose| (partner, purpose) == (shared.partner, shared.purpose);
    consents.iter().any(|record| {
        let Content::Consent(ConsentRecord { refusal: Some(refusal), .. }) = &record.content else { return false };
        let taken_back = || {
            consents.iter().any(|later| match &later.content {
                Content::Consent(ConsentRecord { terms: Some(terms), .. }) => {
                    same(terms.partner, terms.purpose)
                        && terms.signed_on >= refusal.on
                        && later.recorded_at > record.recorded_at
                }
                _ => false,
            })
        };
        same(refusal.partner, refusal.purpose) && refusal.on >= signed_on && !taken_back()
    })
}
