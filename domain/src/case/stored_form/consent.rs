//! Consent.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let terms = Consent {
        partner: id(300),
        purpose: Purpose::Mentoring,
        scope: vec![DataCategory::Attendance, DataCategory::Directory].try_into().expect("a scope"),
        signatory: text("Maria Lopez"),
        relation: SignatoryRelation::Parent,
        signed_on: march(1),
        expires_on: Some(march(31)),
        visibility: Visibility::Team,
        evidence: vec![],
    };
    let refusal = ConsentRefusal {
        partner: id(300),
        purpose: Purpose::MentalHealth,
        signatory: text("Maria Lopez"),
        relation: SignatoryRelation::Parent,
        on: march(2),
        note: Some(text("wants to meet them first")),
        visibility: Visibility::MentalHealth,
        evidence: vec![],
    };
    let withdrawal = ConsentWithdrawal {
        by: text("Maria Lopez"),
        on: Some(march(2)),
        reason: Some(text("moving away")),
        evidence: vec![],
    };
    vec![
        ConsentGiven { consent: id(80), terms }.into(),
        ConsentRefused { consent: id(81), refusal }.into(),
        ConsentWithdrawn { consent: id(80), withdrawal }.into(),
    ]
}
