//! Completing a plan.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// How a plan ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"summary": "Attends 96 % of days; the earlier bus stays."}))]
pub struct PlanCompletion {
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// End a plan that was followed, be it active or waiting.
#[derive(Debug, Clone)]
pub struct CompletePlan(pub PlanCompletion);

/// A plan ended as planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanCompleted {
    /// The plan.
    pub plan: PlanId,
    /// How it ended.
    pub completion: PlanCompletion,
}

impl Decide<Case> for CompletePlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let latest = case.latest_plan()?;
        match latest.status {
            PlanStatus::Active | PlanStatus::OnHold => {
                Ok(vec![PlanCompleted { plan: latest.plan, completion: self.0.clone() }.into()])
            }
            PlanStatus::Draft | PlanStatus::Submitted => Err(CaseError::PlanNotActive),
            PlanStatus::Completed | PlanStatus::Revoked => Err(CaseError::PlanEnded),
        }
    }
}

impl Fact for PlanCompleted {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Completed);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn completion() -> PlanCompletion {
        PlanCompletion { summary: Some(text("attends every day")) }
    }

    fn completed() -> CaseEvent {
        PlanCompleted { plan: plan(), completion: completion() }.into()
    }

    #[test]
    fn a_plan_that_was_followed_is_completed() {
        for past in [active(), on_hold()] {
            given(past).when(CompletePlan(completion())).then_expect_events(vec![completed()]);
        }
    }

    #[test]
    fn a_plan_that_was_never_approved_is_not_completed() {
        given(submitted()).when(CompletePlan(completion())).then_expect_error(CaseError::PlanNotActive);
    }

    #[test]
    fn a_plan_ends_once() {
        let past = [active(), vec![completed()]].concat();
        given(past).when(CompletePlan(completion())).then_expect_error(CaseError::PlanEnded);
    }
}
