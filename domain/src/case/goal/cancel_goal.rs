//! Giving a goal up.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::GoalStatus;
use crate::{
    Decide, GoalId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Give a goal up.
#[derive(Debug, Clone)]
pub struct CancelGoal {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

/// A goal was given up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalCancelled {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for CancelGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if matches!(case.goal(self.goal)?, GoalStatus::Completed | GoalStatus::Cancelled) {
            return Err(CaseError::GoalEnded);
        }
        Ok(vec![GoalCancelled { goal: self.goal, reason: self.reason.clone() }.into()])
    }
}

impl Fact for GoalCancelled {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::Cancelled);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn cancel() -> CancelGoal {
        CancelGoal { goal: goal(), reason: text("moved away") }
    }

    #[test]
    fn a_goal_is_given_up() {
        let cancelled = GoalCancelled { goal: goal(), reason: text("moved away") };
        given(proposed()).when(cancel()).then_expect_events(vec![cancelled.into()]);
    }

    #[test]
    fn an_ended_goal_is_not_given_up() {
        given(cancelled()).when(cancel()).then_expect_error(CaseError::GoalEnded);
    }
}
