//! Commands about the life of the case.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::{given::*, *};

pub fn command(dice: &mut Dice, _: &Case) -> Command {
    let tier = dice.one_of(&[Tier::ONE, Tier::TWO, Tier::THREE]);
    let school = id(100 + u128::from(dice.below(3)));
    let (text, note) = (dice.text(), dice.some_text());
    // Closed less often than reopened: there is more to do while it is open.
    match dice.below(16) {
        0 => Arc::new(OpenCase { school, reason: text, tier }),
        1 => Arc::new(ChangeSchool { school, on: dice.day() }),
        2 => Arc::new(ChangeTier { tier, reason: text }),
        3 => Arc::new(RecordRiskBand {
            policy: dice.one_of(&["attendance-works@1", "nysed-2025@1"]).into(),
            band: dice.one_of(&[Band::OnTrack, Band::AtRisk, Band::Chronic, Band::Severe]),
            triggers: vec!["attendance".into()],
        }),
        4 => Arc::new(CloseCase { reason: CloseReason::Other, note }),
        // Once at the most: nothing comes after it.
        5 if dice.below(6) == 0 => Arc::new(EraseCase),
        _ => Arc::new(ReopenCase { reason: text }),
    }
}
