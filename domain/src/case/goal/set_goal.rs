//! Setting a proposed goal.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{GoalStatus, Target};
use crate::{
    Decide, GoalId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Make a proposed goal one that is pursued, with its measure.
#[derive(Debug, Clone)]
pub struct SetGoal {
    /// The proposed goal.
    pub goal: GoalId,
    /// What it is measured by.
    pub target: Target,
}

/// A goal became one, with its measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalSet {
    /// The goal.
    pub goal: GoalId,
    /// What it is measured by.
    pub target: Target,
}

impl Decide<Case> for SetGoal {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if case.goal(self.goal)? != GoalStatus::Proposed {
            return Err(CaseError::GoalNotProposed);
        }
        self.target.check()?;
        Ok(vec![GoalSet { goal: self.goal, target: self.target.clone() }.into()])
    }
}

impl Fact for GoalSet {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::Active);
        case.remember_measure(self.goal, &self.target);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{Direction, given::*};

    fn set(target: Target) -> SetGoal {
        SetGoal { goal: goal(), target }
    }

    #[test]
    fn a_proposed_goal_is_set() {
        given(proposed())
            .when(set(target()))
            .then_expect_events(vec![GoalSet { goal: goal(), target: target() }.into()]);
    }

    #[test]
    fn a_goal_is_set_once() {
        given(active()).when(set(target())).then_expect_error(CaseError::GoalNotProposed);
    }

    #[test]
    fn a_goal_must_have_been_proposed() {
        given([opened()]).when(set(target())).then_expect_error(CaseError::NoSuchGoal);
    }

    #[test]
    fn the_target_lies_in_the_goals_direction() {
        let wrong = Target { direction: Direction::Increase, ..target() };
        given(proposed()).when(set(wrong)).then_expect_error(CaseError::TargetAgainstDirection);
    }

    #[test]
    fn a_goal_starts_before_it_is_due() {
        let wrong = Target { starts_on: march(31), ..target() };
        given(proposed()).when(set(wrong)).then_expect_error(CaseError::GoalDueBeforeStart);
    }
}
