//! The life of the case.
use crate::case::{given::*, *};

pub fn examples() -> Vec<CaseEvent> {
    vec![
        CaseOpened { school: id(100), reason: text("absent too often"), tier: Tier::TWO }.into(),
        SchoolChanged { from: id(100), to: id(101), on: march(2) }.into(),
        TierChanged { from: Tier::TWO, to: Tier::THREE, reason: text("more absences") }.into(),
        RiskBandChanged {
            policy: "attendance-works@1".into(),
            band: Band::Chronic,
            triggers: vec!["attendance".into(), "course".into()],
        }
        .into(),
        CaseClosed { reason: CloseReason::GoalsMet, note: Some(text("attends every day")) }.into(),
        CaseReopened { reason: text("absent again") }.into(),
        CaseErased {}.into(),
    ]
}
