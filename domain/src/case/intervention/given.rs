//! What the tests of interventions begin with.
use uuid::Uuid;

use super::*;
use crate::{
    Minutes,
    case::{CaseEvent, GoalProposal, GoalProposed, Tier, given::*},
};

/// The intervention of these tests.
pub fn intervention() -> InterventionId {
    Uuid::from_u128(50).into()
}

/// Some minutes.
pub fn minutes(number: u16) -> Minutes {
    number.try_into().expect("minutes")
}

/// So many sessions a week, of 20 minutes.
pub fn weekly(sessions: u8) -> Dosage {
    Dosage { sessions_per_week: sessions.try_into().expect("sessions a week"), minutes: minutes(20) }
}

/// Three check-ins a week, for the goal 40.
pub fn check_ins() -> InterventionPlan {
    InterventionPlan {
        kind: InterventionKind::CheckAndConnect,
        what: text("a check-in before first period"),
        tier: Tier::TWO,
        delivery: Delivery::Individual,
        dosage: Some(weekly(3)),
        partner: None,
        goals: [Uuid::from_u128(40).into()].into(),
        starts_on: None,
        ends_on: None,
        visibility: Default::default(),
    }
}

/// A case with the goal 40.
pub fn with_goal() -> Vec<CaseEvent> {
    let proposal = GoalProposal { description: text("come every day"), visibility: Default::default() };
    vec![opened(), GoalProposed { goal: Uuid::from_u128(40).into(), proposal }.into()]
}

/// A case with a planned intervention.
pub fn planned() -> Vec<CaseEvent> {
    let planned = InterventionPlanned { intervention: intervention(), plan: check_ins() };
    [with_goal(), vec![planned.into()]].concat()
}

/// A case with an intervention that started on 1 March, a day ago.
pub fn active() -> Vec<CaseEvent> {
    let start = InterventionStart { on: march(1), date_assumed: false };
    [planned(), vec![InterventionStarted { intervention: intervention(), start }.into()]].concat()
}

/// A case with an interrupted intervention.
pub fn paused() -> Vec<CaseEvent> {
    let paused = InterventionPaused { intervention: intervention(), reason: text("in hospital") };
    [active(), vec![paused.into()]].concat()
}

/// A case with an intervention that ended on 1 March, the day it started.
pub fn completed() -> Vec<CaseEvent> {
    let completion = InterventionCompletion { on: march(1), note: None };
    [active(), vec![InterventionCompleted { intervention: intervention(), completion }.into()]].concat()
}
