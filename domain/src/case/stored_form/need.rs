//! Needs and strengths.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let details = Need {
        category: NeedCategory::BasicNeeds,
        description: text("has no winter coat"),
        visibility: Visibility::School,
    };
    let strength = Strength { description: text("plays in the band"), visibility: Visibility::Team };
    vec![
        NeedIdentified { need: id(20), details }.into(),
        NeedResolved { need: id(20), resolution: NeedResolution { note: text("got one from the pantry") } }.into(),
        StrengthNoted { strength: id(25), details: strength }.into(),
    ]
}
