//! Commands about needs and strengths.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let (description, visibility) = (dice.text(), dice.visibility());
    match dice.below(3) {
        0 => Arc::new(IdentifyNeed(Need { category: NeedCategory::Family, description, visibility })),
        1 => Arc::new(ResolveNeed {
            need: dice.any(case.needs.keys()),
            resolution: NeedResolution { note: description },
        }),
        _ => Arc::new(NoteStrength(Strength { description, visibility })),
    }
}
