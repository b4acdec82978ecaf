//! Following a plan again.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Follow the waiting plan again.
#[derive(Debug, Clone)]
pub struct ResumePlan {
    /// Why.
    pub reason: Text,
}

/// A plan is followed again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanResumed {
    /// The plan.
    pub plan: PlanId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ResumePlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::OnHold, CaseError::PlanNotOnHold)?;
        Ok(vec![PlanResumed { plan, reason: self.reason.clone() }.into()])
    }
}

impl Fact for PlanResumed {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Active);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn resume() -> ResumePlan {
        ResumePlan { reason: text("back from hospital") }
    }

    #[test]
    fn a_waiting_plan_is_followed_again() {
        let resumed = PlanResumed { plan: plan(), reason: text("back from hospital") };
        given(on_hold()).when(resume()).then_expect_events(vec![resumed.into()]);
    }

    #[test]
    fn only_a_waiting_plan_is_resumed() {
        given(active()).when(resume()).then_expect_error(CaseError::PlanNotOnHold);
        given(revoked()).when(resume()).then_expect_error(CaseError::PlanEnded);
    }
}
