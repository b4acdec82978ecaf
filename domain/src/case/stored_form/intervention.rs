//! Interventions and their sessions.
use crate::{
    Visibility,
    case::{given::*, *},
};

pub fn examples() -> Vec<CaseEvent> {
    let intervention = id(50);
    let plan = InterventionPlan {
        kind: InterventionKind::CheckAndConnect,
        what: text("a check-in before first period"),
        tier: Tier::TWO,
        delivery: Delivery::SmallGroup,
        dosage: Some(dosage(3)),
        partner: Some(id(200)),
        goals: [id(40), id(42)].into(),
        starts_on: Some(march(2)),
        ends_on: Some(march(31)),
        visibility: Visibility::School,
    };
    let details = Session {
        held_on: march(2),
        outcome: SessionOutcome::Held,
        minutes: Some(20.try_into().expect("minutes")),
        note: Some(text("set the alarm together")),
    };
    let adjustment = InterventionAdjustment { dosage: dosage(5), reason: text("daily works better") };
    let completion = InterventionCompletion { on: march(31), note: Some(text("comes by unasked")) };
    let discontinuation = InterventionDiscontinuation {
        on: march(31),
        reason: DiscontinueReason::NotEffective,
        note: Some(text("no change after six weeks")),
    };
    vec![
        InterventionPlanned { intervention, plan }.into(),
        InterventionStarted { intervention, start: InterventionStart { on: march(2), date_assumed: true } }.into(),
        SessionLogged { session: id(51), intervention, details }.into(),
        InterventionAdjusted { intervention, adjustment }.into(),
        InterventionPaused { intervention, reason: text("in hospital") }.into(),
        InterventionResumed { intervention, reason: text("back from hospital") }.into(),
        InterventionCompleted { intervention, completion }.into(),
        InterventionDiscontinued { intervention, discontinuation }.into(),
    ]
}

fn dosage(sessions: u8) -> Dosage {
    Dosage {
        sessions_per_week: sessions.try_into().expect("sessions a week"),
        minutes: 20.try_into().expect("minutes"),
    }
}
