//! Overrides.
use crate::case::{given::*, *};

pub fn examples() -> Vec<CaseEvent> {
    let details = AccessOverride { reason: text("collapsed at practice"), minutes: 30.try_into().expect("minutes") };
    let (by, until) = (uuid::Uuid::from_u128(2).into(), stamp().at);
    let review = OverrideReview { finding: OverrideFinding::Justified, note: Some(text("the nurse confirmed it")) };
    vec![
        AccessOverridden { access_override: id(95), by, details, until }.into(),
        OverrideReviewed { access_override: id(95), review }.into(),
    ]
}
