//! Putting a plan on hold.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Let the active plan wait.
#[derive(Debug, Clone)]
pub struct HoldPlan {
    /// Why.
    pub reason: Text,
}

/// A plan waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanPutOnHold {
    /// The plan.
    pub plan: PlanId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for HoldPlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let plan = case.plan_that_is(PlanStatus::Active, CaseError::PlanNotActive)?;
        Ok(vec![PlanPutOnHold { plan, reason: self.reason.clone() }.into()])
    }
}

impl Fact for PlanPutOnHold {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::OnHold);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn hold() -> HoldPlan {
        HoldPlan { reason: text("in hospital") }
    }

    #[test]
    fn an_active_plan_is_put_on_hold() {
        let held = PlanPutOnHold { plan: plan(), reason: text("in hospital") };
        given(active()).when(hold()).then_expect_events(vec![held.into()]);
    }

    #[test]
    fn only_an_active_plan_is_put_on_hold() {
        given(submitted()).when(hold()).then_expect_error(CaseError::PlanNotActive);
        given(revoked()).when(hold()).then_expect_error(CaseError::PlanEnded);
    }
}
