//! Commands about follow-ups.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::{case::*, indicator::Mark};

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let follow_up = dice.any(case.follow_ups.keys());
    let (due, text, note) = (due(dice), dice.text(), dice.some_text());
    match dice.below(8) {
        0 | 1 => Arc::new(RequestFollowUp(FollowUp {
            what: text,
            due,
            owner: dice.staff(),
            about: None,
            visibility: dice.visibility(),
        })),
        2 => Arc::new(ReassignFollowUp { follow_up, reassignment: FollowUpReassignment { owner: dice.staff(), note } }),
        3 => Arc::new(RescheduleFollowUp { follow_up, rescheduling: FollowUpRescheduling { due, reason: text } }),
        4 => Arc::new(RequestCallHome {
            absence: Absence { on: dice.day(), mark: Mark::Unexcused, policy: "attendance-works@1".into() },
            within_school_days: 3,
            what: text,
        }),
        5 => Arc::new(WithdrawCallHome { absent_on: dice.day() }),
        6 => Arc::new(CompleteFollowUp { follow_up, completion: FollowUpCompletion { result: text } }),
        _ => Arc::new(CancelFollowUp {
            follow_up,
            cancellation: FollowUpCancellation { reason: CancelReason::Other, note },
        }),
    }
}

fn due(dice: &mut Dice) -> Due {
    if dice.yes() {
        Due::On(dice.day())
    } else {
        Due::InSchoolDays((u16::from(dice.below(200)) + 1).try_into().expect("school days"))
    }
}
