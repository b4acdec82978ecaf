//! Withdrawing a plan.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PlanStatus;
use crate::{
    Decide, PlanId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Withdraw the plan, wherever it stands.
#[derive(Debug, Clone)]
pub struct RevokePlan {
    /// Why.
    pub reason: Text,
}

/// A plan was withdrawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanRevoked {
    /// The plan.
    pub plan: PlanId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for RevokePlan {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let latest = case.latest_plan()?;
        if matches!(latest.status, PlanStatus::Completed | PlanStatus::Revoked) {
            return Err(CaseError::PlanEnded);
        }
        Ok(vec![PlanRevoked { plan: latest.plan, reason: self.reason.clone() }.into()])
    }
}

impl Fact for PlanRevoked {
    fn apply(self, case: &mut Case) {
        case.plan_is(self.plan, PlanStatus::Revoked);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.plan.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn revoke() -> RevokePlan {
        RevokePlan { reason: text("the family withdrew") }
    }

    #[test]
    fn a_plan_is_withdrawn_wherever_it_stands() {
        for past in [drafted(), submitted(), active(), on_hold()] {
            let withdrawn = PlanRevoked { plan: plan(), reason: text("the family withdrew") };
            given(past).when(revoke()).then_expect_events(vec![withdrawn.into()]);
        }
    }

    #[test]
    fn a_plan_ends_once() {
        given([opened()]).when(revoke()).then_expect_error(CaseError::NoPlan);
        given(revoked()).when(revoke()).then_expect_error(CaseError::PlanEnded);
    }
}
