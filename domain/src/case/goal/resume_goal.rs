//! Pursuing a goal again.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::GoalStatus;
use crate::{
    Decide, GoalId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Pursue a waiting goal again.
#[derive(Debug, Clone)]
pub struct ResumeGoal {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

/// A goal is pursued again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalResumed {
    /// The goal.
    pub goal: GoalId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ResumeGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if case.goal(self.goal)? != GoalStatus::OnHold {
            return Err(CaseError::GoalNotOnHold);
        }
        Ok(vec![GoalResumed { goal: self.goal, reason: self.reason.clone() }.into()])
    }
}

impl Fact for GoalResumed {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::Active);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{GoalPutOnHold, given::*};

    fn resume() -> ResumeGoal {
        ResumeGoal { goal: goal(), reason: text("back from hospital") }
    }

    #[test]
    fn a_waiting_goal_is_pursued_again() {
        let held = GoalPutOnHold { goal: goal(), reason: text("in hospital") };
        let resumed = GoalResumed { goal: goal(), reason: text("back from hospital") };
        given([active(), vec![held.into()]].concat()).when(resume()).then_expect_events(vec![resumed.into()]);
    }

    #[test]
    fn only_a_waiting_goal_is_resumed() {
        given(active()).when(resume()).then_expect_error(CaseError::GoalNotOnHold);
    }
}
