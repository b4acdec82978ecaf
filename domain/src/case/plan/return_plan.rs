//! Returning a submitted plan to its authors.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Return the submitted plan to be worked over.
#[derive(Debug, Clone)]
pub struct ReturnPlan {
    /// Why.
    pub reason: Text,
}

/// A plan was returned, and is a draft again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanReturned {
    /// The plan.
    pub plan: PlanId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ReturnPlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::Submitted, CaseError::PlanNotSubmitted)?;
        Ok(vec![PlanReturned { plan, reason: self.reason.clone() }.into()])
    }
}

impl Fact for PlanReturned {
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
    use crate::case::{PlanSubmitted, SubmitPlan, given::*};

    fn send_back() -> ReturnPlan {
        ReturnPlan { reason: text("name who drives") }
    }

    fn returned() -> CaseEvent {
        PlanReturned { plan: plan(), reason: text("name who drives") }.into()
    }

    #[test]
    fn a_submitted_plan_is_returned() {
        given(submitted()).when(send_back()).then_expect_events(vec![returned()]);
    }

    #[test]
    fn a_returned_plan_is_a_draft_again() {
        let past = [submitted(), vec![returned()]].concat();
        given(past).when(SubmitPlan).then_expect_events(vec![PlanSubmitted { plan: plan() }.into()]);
    }

    #[test]
    fn only_a_submitted_plan_is_returned() {
        given(active()).when(send_back()).then_expect_error(CaseError::PlanNotSubmitted);
    }
}
