//! Revising a goal.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Target;
use crate::{
    Decide, GoalId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Change the measure, target or due date of an active goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "target": {
        "measure": "days absent in the term", "unit": "days", "baseline": 22, "target": 10, "direction": "decrease",
        "starts_on": "2026-02-02", "due_on": "2026-06-26"
    },
    "reason": "Two weeks of illness."
}))]
pub struct GoalRevision {
    /// What it is measured by from now on.
    pub target: Target,
    /// Why.
    pub reason: Text,
}

/// Change the measure, target or due date of an active goal.
#[derive(Debug, Clone)]
pub struct ReviseGoal {
    /// The goal.
    pub goal: GoalId,
    /// What changes, and why.
    pub revision: GoalRevision,
}

/// A goal's measure, target or due date changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalRevised {
    /// The goal.
    pub goal: GoalId,
    /// What changed, and why.
    pub revision: GoalRevision,
}

impl Decide<Case> for ReviseGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.active_goal(self.goal)?;
        self.revision.target.check()?;
        Ok(vec![GoalRevised { goal: self.goal, revision: self.revision.clone() }.into()])
    }
}

impl Fact for GoalRevised {
    fn apply(self, case: &mut Case) {
        case.remember_measure(self.goal, &self.revision.target);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn revision(target: Target) -> GoalRevision {
        GoalRevision { target, reason: text("two weeks of illness") }
    }

    fn revise(target: Target) -> ReviseGoal {
        ReviseGoal { goal: goal(), revision: revision(target) }
    }

    #[test]
    fn an_active_goal_is_revised() {
        let revised = GoalRevised { goal: goal(), revision: revision(target()) };
        given(active()).when(revise(target())).then_expect_events(vec![revised.into()]);
    }

    #[test]
    fn a_proposed_goal_is_set_not_revised() {
        given(proposed()).when(revise(target())).then_expect_error(CaseError::GoalNotActive);
    }

    #[test]
    fn a_revised_goal_keeps_to_its_direction() {
        let wrong = Target { target: target().baseline, ..target() };
        given(active()).when(revise(wrong)).then_expect_error(CaseError::TargetAgainstDirection);
    }
}
