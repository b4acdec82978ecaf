//! Goals: proposed, set with a measure, pursued, measured, closed.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Case, CaseError};
use crate::GoalId;

mod cancel_goal;
mod close_goal;
mod goal_indicator;
mod hold_goal;
mod measure_progress;
mod propose_goal;
mod resume_goal;
mod revise_goal;
mod set_goal;
mod target;

pub use cancel_goal::{CancelGoal, GoalCancelled};
pub use close_goal::{Achievement, CloseGoal, GoalClosed, GoalClosure};
pub use goal_indicator::{GoalIndicator, Window};
pub use hold_goal::{GoalPutOnHold, HoldGoal};
pub use measure_progress::{MeasureProgress, Measurement, ProgressMeasured};
pub use propose_goal::{GoalProposal, GoalProposed, ProposeGoal};
pub use resume_goal::{GoalResumed, ResumeGoal};
pub use revise_goal::{GoalRevised, GoalRevision, ReviseGoal};
pub use set_goal::{GoalSet, SetGoal};
pub use target::{Direction, Quantity, Target};

/// Where a goal stands (FHIR Goal, lifecycle status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoalStatus {
    /// Put forward, without a measure.
    Proposed,
    /// Pursued.
    Active,
    /// Waiting.
    OnHold,
    /// Ended, with an achievement.
    Completed,
    /// Given up.
    Cancelled,
}

impl Case {
    fn goal(&self, goal: GoalId) -> Result<GoalStatus, CaseError> {
        self.ensure_open()?;
        self.goals.get(&goal).copied().ok_or(CaseError::NoSuchGoal)
    }

    /// Keeps in mind whether a goal is measured by hand.
    fn remember_measure(&mut self, goal: GoalId, target: &Target) {
        match target.indicator {
            Some(_) => self.goals_by_indicator.insert(goal),
            None => self.goals_by_indicator.remove(&goal),
        };
    }

    fn active_goal(&self, goal: GoalId) -> Result<(), CaseError> {
        match self.goal(goal)? {
            GoalStatus::Active => Ok(()),
            GoalStatus::Completed | GoalStatus::Cancelled => Err(CaseError::GoalEnded),
            GoalStatus::Proposed | GoalStatus::OnHold => Err(CaseError::GoalNotActive),
        }
    }
}

#[cfg(test)]
pub(super) mod given {
    use super::*;
    use crate::{
        case::{CaseEvent, given::*},
        policy::Measure,
    };

    /// The goal of these tests.
    pub fn goal() -> GoalId {
        uuid::Uuid::from_u128(40).into()
    }

    /// From 22 absences a term down to 8.
    pub fn target() -> Target {
        Target {
            measure: text("days absent in the term"),
            unit: None,
            indicator: None,
            baseline: 22.0.try_into().expect("a quantity"),
            target: 8.0.try_into().expect("a quantity"),
            direction: Direction::Decrease,
            starts_on: march(1),
            due_on: march(31),
        }
    }

    /// The same, as the school's files tell it.
    pub fn target_by_indicator() -> Target {
        let indicator = GoalIndicator { measure: Measure::DaysAbsent, over: Window::SchoolYear };
        Target { indicator: Some(indicator), ..target() }
    }

    /// A case with a proposed goal.
    pub fn proposed() -> Vec<CaseEvent> {
        let proposal = GoalProposal { description: text("come every day"), visibility: Default::default() };
        vec![opened(), GoalProposed { goal: goal(), proposal }.into()]
    }

    /// A case with an active goal.
    pub fn active() -> Vec<CaseEvent> {
        [proposed(), vec![GoalSet { goal: goal(), target: target() }.into()]].concat()
    }

    /// A case with a cancelled goal.
    pub fn cancelled() -> Vec<CaseEvent> {
        [active(), vec![GoalCancelled { goal: goal(), reason: text("moved away") }.into()]].concat()
    }
}
