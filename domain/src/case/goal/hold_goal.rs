//! Putting a goal on hold.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::GoalStatus;
use crate::{
    Decide, GoalId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Let a goal wait.
#[derive(Debug, Clone)]
pub struct HoldGoal {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

/// A goal waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalPutOnHold {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for HoldGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.active_goal(self.goal)?;
        Ok(vec![GoalPutOnHold { goal: self.goal, reason: self.reason.clone() }.into()])
    }
}

impl Fact for GoalPutOnHold {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::OnHold);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn hold() -> HoldGoal {
        HoldGoal { goal: goal(), reason: text("in hospital") }
    }

    #[test]
    fn an_active_goal_is_put_on_hold() {
        let held = GoalPutOnHold { goal: goal(), reason: text("in hospital") };
        given(active()).when(hold()).then_expect_events(vec![held.into()]);
    }

    #[test]
    fn only_an_active_goal_is_put_on_hold() {
        given(proposed()).when(hold()).then_expect_error(CaseError::GoalNotActive);
        given(cancelled()).when(hold()).then_expect_error(CaseError::GoalEnded);
    }
}
