//! Closing a goal.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::GoalStatus;
use crate::{
    Decide, GoalId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// How far a goal was achieved (FHIR Goal, achievement status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Achievement {
    /// Still on the way.
    InProgress,
    /// Getting better.
    Improving,
    /// Getting worse.
    Worsening,
    /// As it was.
    NoChange,
    /// Reached.
    Achieved,
    /// Reached, and held.
    Sustaining,
    /// Not reached.
    NotAchieved,
}

/// How a goal ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"achievement": "achieved", "note": "Six absences this term."}))]
pub struct GoalClosure {
    /// How far it was achieved.
    pub achievement: Achievement,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// End a goal, saying how far it was achieved.
#[derive(Debug, Clone)]
pub struct CloseGoal {
    /// The goal.
    pub goal: GoalId,
    /// How it ended.
    pub closure: GoalClosure,
}

/// A goal ended, and how far it was achieved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalClosed {
    /// The goal.
    pub goal: GoalId,
    /// How it ended.
    pub closure: GoalClosure,
}

impl Decide<Case> for CloseGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.goal(self.goal)? {
            GoalStatus::Active | GoalStatus::OnHold => {
                Ok(vec![GoalClosed { goal: self.goal, closure: self.closure.clone() }.into()])
            }
            GoalStatus::Proposed => Err(CaseError::GoalNotActive),
            GoalStatus::Completed | GoalStatus::Cancelled => Err(CaseError::GoalEnded),
        }
    }
}

impl Fact for GoalClosed {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::Completed);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn closure() -> GoalClosure {
        GoalClosure { achievement: Achievement::Achieved, note: None }
    }

    fn close() -> CloseGoal {
        CloseGoal { goal: goal(), closure: closure() }
    }

    #[test]
    fn a_goal_ends_with_its_achievement() {
        given(active()).when(close()).then_expect_events(vec![GoalClosed { goal: goal(), closure: closure() }.into()]);
    }

    #[test]
    fn a_goal_that_was_never_set_is_cancelled_not_closed() {
        given(proposed()).when(close()).then_expect_error(CaseError::GoalNotActive);
    }

    #[test]
    fn a_goal_ends_once() {
        given(cancelled()).when(close()).then_expect_error(CaseError::GoalEnded);
    }
}
