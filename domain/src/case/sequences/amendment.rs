//! Commands about requests for amendment.
use std::sync::Arc;

use super::{
    dice::{Command, Dice},
    repair::entry_of,
};
use crate::case::{given::*, *};

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let amendment = dice.any(case.amendments.keys());
    let (by, note) = (dice.text(), dice.text());
    let about = id(92);
    match dice.below(8) {
        0 | 1 => {
            let request =
                AmendmentRequest { asked: note, by, relation: SignatoryRelation::Parent, on: dice.some_day() };
            Arc::new(RequestAmendment { about, visibility: dice.visibility(), request, days: 45 })
        }
        2 => {
            let was = Content::Note { note: Note { text: dice.text(), visibility: dice.visibility() } };
            let was = dice.yes().then(|| entry_of(dice, about, was));
            let repair = if was.is_some() { AmendmentRepair::Retract } else { AmendmentRepair::Done };
            Arc::new(AgreeToAmendment { amendment, was, agreement: AmendmentAgreement { repair, note } })
        }
        3 | 4 => {
            let refusal = AmendmentRefusal { reason: note, family_told_on: dice.some_day() };
            Arc::new(RefuseAmendment { amendment, refusal })
        }
        5 => {
            let outcome = dice.one_of(&[HearingOutcome::Stands, HearingOutcome::ToBeAmended]);
            let hearing = Hearing { held_on: dice.day(), outcome, presided_by: by, findings: note };
            Arc::new(RecordHearing { amendment, hearing, visibility: dice.visibility() })
        }
        6 => {
            let statement = Statement { text: note, by, on: dice.some_day() };
            Arc::new(AttachStatement { amendment, statement })
        }
        _ => {
            let withdrawal = AmendmentWithdrawal { by, reason: dice.some_text() };
            Arc::new(WithdrawAmendment { amendment, withdrawal })
        }
    }
}
