//! Commands about consent.
use std::sync::Arc;

use super::{
    dice::{Command, Dice},
    referral::{category, partner, purpose},
};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let (partner, purpose) = (partner(dice), purpose(dice));
    let (signatory, relation) = (dice.text(), SignatoryRelation::Guardian);
    match dice.below(4) {
        0 | 1 => Arc::new(GiveConsent(Consent {
            partner,
            purpose,
            scope: vec![category(dice)].try_into().expect("a scope"),
            signatory,
            relation,
            signed_on: dice.day(),
            expires_on: dice.yes().then(|| dice.day_ahead()),
            visibility: dice.visibility(),
            evidence: vec![],
        })),
        2 => Arc::new(RefuseConsent(ConsentRefusal {
            partner,
            purpose,
            signatory,
            relation,
            on: dice.day(),
            note: dice.some_text(),
            visibility: dice.visibility(),
            evidence: vec![],
        })),
        _ => Arc::new(WithdrawConsent {
            consent: dice.any(case.consents.keys()),
            withdrawal: ConsentWithdrawal {
                by: signatory,
                on: dice.some_day(),
                reason: dice.some_text(),
                evidence: vec![],
            },
        }),
    }
}
