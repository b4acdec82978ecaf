//! Commands about interventions and their sessions.
use std::sync::Arc;

use super::dice::{Command, Dice};
use crate::case::*;

pub fn command(dice: &mut Dice, case: &Case) -> Command {
    let intervention = dice.any(case.interventions.keys());
    let reason = dice.text();
    match dice.below(12) {
        0 => Arc::new(PlanIntervention(plan(dice, case))),
        1 | 2 => Arc::new(StartIntervention {
            intervention,
            start: InterventionStart { on: dice.day(), date_assumed: dice.yes() },
        }),
        3..=5 => Arc::new(LogSession { intervention, session: session(dice) }),
        6 => Arc::new(AdjustIntervention {
            intervention,
            adjustment: InterventionAdjustment { dosage: dosage(dice), reason },
        }),
        7 => Arc::new(PauseIntervention { intervention, reason }),
        8 => Arc::new(ResumeIntervention { intervention, reason }),
        9 | 10 => Arc::new(CompleteIntervention {
            intervention,
            completion: InterventionCompletion { on: dice.day(), note: dice.some_text() },
        }),
        _ => Arc::new(DiscontinueIntervention {
            intervention,
            discontinuation: InterventionDiscontinuation {
                on: dice.day(),
                reason: DiscontinueReason::Other,
                note: dice.some_text(),
            },
        }),
    }
}

fn dosage(dice: &mut Dice) -> Dosage {
    let sessions_per_week = (dice.below(25) + 1).try_into().expect("sessions a week");
    Dosage { sessions_per_week, minutes: dice.minutes() }
}

fn plan(dice: &mut Dice, case: &Case) -> InterventionPlan {
    InterventionPlan {
        kind: InterventionKind::Mentoring,
        what: dice.text(),
        tier: Tier::TWO,
        delivery: Delivery::Individual,
        dosage: Some(dosage(dice)),
        partner: None,
        goals: (0..dice.below(3)).map(|_| dice.any(case.goals.keys())).collect(),
        starts_on: dice.some_day(),
        ends_on: dice.some_day(),
        visibility: dice.visibility(),
    }
}

fn session(dice: &mut Dice) -> Session {
    Session {
        outcome: dice.one_of(&[SessionOutcome::Held, SessionOutcome::NoShow, SessionOutcome::Cancelled]),
        minutes: dice.yes().then(|| dice.minutes()),
        held_on: dice.day(),
        note: dice.some_text(),
    }
}
