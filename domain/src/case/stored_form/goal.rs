//! Goals.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let goal = id(40);
    let proposal = GoalProposal { description: text("come every day"), visibility: Visibility::Team };
    let target = Target {
        measure: text("days absent in the term"),
        unit: Some(text("days")),
        indicator: None,
        baseline: quantity(22.0),
        target: quantity(8.5),
        direction: Direction::Decrease,
        starts_on: march(1),
        due_on: march(31),
    };
    let revision = GoalRevision { target: target.clone(), reason: text("two weeks of illness") };
    let measurement = Measurement { on: march(2), value: quantity(17.0), note: Some(text("better")) };
    let closure = GoalClosure { achievement: Achievement::Achieved, note: Some(text("six absences")) };
    vec![
        GoalProposed { goal, proposal }.into(),
        GoalSet { goal, target }.into(),
        GoalRevised { goal, revision }.into(),
        ProgressMeasured { progress: id(41), goal, measurement }.into(),
        GoalPutOnHold { goal, reason: text("in hospital") }.into(),
        GoalResumed { goal, reason: text("back from hospital") }.into(),
        GoalClosed { goal, closure }.into(),
        GoalCancelled { goal, reason: text("moved away") }.into(),
    ]
}

fn quantity(amount: f64) -> Quantity {
    amount.try_into().expect("a quantity")
}
