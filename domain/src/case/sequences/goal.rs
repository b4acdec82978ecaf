//! Commands about goals.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let goal = dice.any(case.goals.keys());
    let (target, reason) = (target(dice), dice.text());
    match dice.below(8) {
        0 => Arc::new(ProposeGoal(GoalProposal { description: reason, visibility: dice.visibility() })),
        1 => Arc::new(SetGoal { goal, target }),
        2 => Arc::new(ReviseGoal { goal, revision: GoalRevision { target, reason } }),
        3 => Arc::new(MeasureProgress {
            goal,
            measurement: Measurement { on: dice.day(), value: quantity(dice), note: dice.some_text() },
        }),
        4 => Arc::new(HoldGoal { goal, reason }),
        5 => Arc::new(ResumeGoal { goal, reason }),
        6 => Arc::new(CloseGoal {
            goal,
            closure: GoalClosure { achievement: Achievement::Achieved, note: dice.some_text() },
        }),
        _ => Arc::new(CancelGoal { goal, reason }),
    }
}

fn quantity(dice: &mut Dice) -> Quantity {
    // Tenths, as people write them down.
    (f64::from(dice.below(200)) / 10.0).try_into().expect("a quantity")
}

fn target(dice: &mut Dice) -> Target {
    Target {
        measure: dice.text(),
        unit: dice.some_text(),
        indicator: None,
        baseline: quantity(dice),
        target: quantity(dice),
        direction: dice.one_of(&[Direction::Increase, Direction::Decrease]),
        starts_on: dice.day(),
        due_on: dice.day_ahead(),
    }
}
