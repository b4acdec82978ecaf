//! Commands about overrides.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let access_override = case.overrides.keys().next().copied().unwrap_or_else(|| given::id(95));
    match dice.below(2) {
        0 => {
            let minutes = if dice.below(8) == 0 { 600 } else { 30 };
            let minutes = minutes.try_into().expect("minutes");
            Arc::new(OverrideAccess(AccessOverride { reason: dice.text(), minutes }))
        }
        _ => {
            let review = OverrideReview { finding: OverrideFinding::Justified, note: dice.some_text() };
            Arc::new(ReviewOverride { access_override, review })
        }
    }
}
