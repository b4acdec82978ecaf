//! Drafting a support plan.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LatestPlan, PlanStatus};
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// A support plan as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"summary": "Check in every morning; an earlier bus; band as the reason to come."}))]
pub struct PlanDraft {
    /// What is to be done, in a few sentences.
    pub summary: Text,
}

/// Write a plan, or write the draft anew.
#[derive(Debug, Clone)]
pub struct DraftPlan(pub PlanDraft);

/// A plan was written, or its draft written anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanDrafted {
    /// The plan.
    pub plan: PlanId,
    /// What was written.
    pub draft: PlanDraft,
}

impl Decide<Case> for DraftPlan {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let plan = match case.plan {
            Some(LatestPlan { plan, status: PlanStatus::Draft }) => plan,
            None | Some(LatestPlan { status: PlanStatus::Completed | PlanStatus::Revoked, .. }) => stamp.id.into(),
            Some(_) => return Err(CaseError::PlanUnderWay),
        };
        Ok(vec![PlanDrafted { plan, draft: self.0.clone() }.into()])
    }
}

impl Fact for PlanDrafted {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Draft);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn draft() -> PlanDraft {
        PlanDraft { summary: text("a check-in every morning") }
    }

    #[test]
    fn a_plan_is_drafted() {
        let drafted = PlanDrafted { plan: created(), draft: draft() };
        given([opened()]).when(DraftPlan(draft())).then_expect_events(vec![drafted.into()]);
    }

    #[test]
    fn a_draft_written_anew_stays_the_same_plan() {
        let anew = PlanDrafted { plan: plan(), draft: draft() };
        given(drafted()).when(DraftPlan(draft())).then_expect_events(vec![anew.into()]);
    }

    #[test]
    fn another_plan_follows_one_that_ended() {
        let another = PlanDrafted { plan: created(), draft: draft() };
        given(revoked()).when(DraftPlan(draft())).then_expect_events(vec![another.into()]);
    }

    #[test]
    fn a_student_has_one_plan_at_a_time() {
        for past in [submitted(), active(), on_hold()] {
            given(past).when(DraftPlan(draft())).then_expect_error(CaseError::PlanUnderWay);
        }
    }
}
