//! Planning an intervention.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Course, Delivery, Dosage, InterventionKind, InterventionStatus};
use crate::{
    Decide, GoalId, InterventionId, PartnerId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, GoalStatus, Tier},
};

/// How many goals one intervention may serve.
const MOST_GOALS: usize = 20;

/// An intervention as it is planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "check_and_connect", "what": "A check-in before first period.", "tier": 2, "delivery": "individual",
    "dosage": {"sessions_per_week": 3, "minutes": 20}, "starts_on": "2026-03-02", "ends_on": "2026-06-26"
}))]
pub struct InterventionPlan {
    /// The kind of work.
    pub kind: InterventionKind,
    /// What is done.
    pub what: Text,
    /// How intensive it is.
    pub tier: Tier,
    /// To how many at once.
    pub delivery: Delivery,
    /// How often, for how long; left out where nobody has said, as in the records of a district's system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub dosage: Option<Dosage>,
    /// The partner who delivers it, if it is not the school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
    /// The goals that it serves, at most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub goals: BTreeSet<GoalId>,
    /// The day on which it is to start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// The day on which it is to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Plan an intervention.
#[derive(Debug, Clone)]
pub struct PlanIntervention(pub InterventionPlan);

/// An intervention was planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionPlanned {
    /// The intervention.
    pub intervention: InterventionId,
    /// What was planned.
    pub plan: InterventionPlan,
}

impl Decide<Case> for PlanIntervention {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let plan = &self.0;
        if plan.ends_on.zip(plan.starts_on).is_some_and(|(end, start)| end < start) {
            return Err(CaseError::InterventionEndsBeforeStart);
        }
        if plan.goals.len() > MOST_GOALS {
            return Err(CaseError::TooManyGoals);
        }
        for goal in &plan.goals {
            match case.goals.get(goal) {
                None => return Err(CaseError::NoSuchGoal),
                Some(GoalStatus::Completed | GoalStatus::Cancelled) => return Err(CaseError::GoalEnded),
                Some(_) => {}
            }
        }
        Ok(vec![InterventionPlanned { intervention: stamp.id.into(), plan: plan.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for InterventionPlanned {
    fn apply(self, case: &mut Case) {
        let course = Course { status: InterventionStatus::Planned, started_on: None, ended_on: None };
        case.interventions.insert(self.intervention, course);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{GoalCancelled, given::*};

    #[test]
    fn an_intervention_is_planned() {
        let planned = InterventionPlanned { intervention: created(), plan: check_ins() };
        given(with_goal()).when(PlanIntervention(check_ins())).then_expect_events(vec![planned.into()]);
    }

    #[test]
    fn it_serves_goals_of_the_case_that_have_not_ended() {
        given([opened()]).when(PlanIntervention(check_ins())).then_expect_error(CaseError::NoSuchGoal);
        let cancelled = GoalCancelled { goal: Uuid::from_u128(40).into(), reason: text("moved away") };
        let past = [with_goal(), vec![cancelled.into()]].concat();
        given(past).when(PlanIntervention(check_ins())).then_expect_error(CaseError::GoalEnded);
    }

    #[test]
    fn it_serves_at_most_twenty_goals() {
        let goals = (0..21).map(|number| Uuid::from_u128(number).into()).collect();
        let plan = InterventionPlan { goals, ..check_ins() };
        given(with_goal()).when(PlanIntervention(plan)).then_expect_error(CaseError::TooManyGoals);
    }

    #[test]
    fn it_does_not_end_before_it_starts() {
        let plan = InterventionPlan { starts_on: Some(march(3)), ends_on: Some(march(2)), ..check_ins() };
        given(with_goal()).when(PlanIntervention(plan)).then_expect_error(CaseError::InterventionEndsBeforeStart);
    }

    #[test]
    fn a_closed_case_takes_no_intervention() {
        given(closed()).when(PlanIntervention(check_ins())).then_expect_error(CaseError::CaseClosed);
    }
}
