//! Proposing a goal.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::GoalStatus;
use crate::{
    Decide, GoalId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// A goal as it is put forward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"description": "Come to school every day of the week", "visibility": "team"}))]
pub struct GoalProposal {
    /// What is to be achieved.
    pub description: Text,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Put a goal forward.
#[derive(Debug, Clone)]
pub struct ProposeGoal(pub GoalProposal);

/// A goal was put forward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoalProposed {
    /// The goal.
    pub goal: GoalId,
    /// What is to be achieved.
    pub proposal: GoalProposal,
}

impl Decide<Case> for ProposeGoal {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        Ok(vec![GoalProposed { goal: stamp.id.into(), proposal: self.0.clone() }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for GoalProposed {
    fn apply(self, case: &mut Case) {
        case.goals.insert(self.goal, GoalStatus::Proposed);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn proposal() -> GoalProposal {
        GoalProposal { description: text("come every day"), visibility: Visibility::Team }
    }

    #[test]
    fn a_goal_is_proposed() {
        let proposed = GoalProposed { goal: created(), proposal: proposal() };
        given([opened()]).when(ProposeGoal(proposal())).then_expect_events(vec![proposed.into()]);
    }

    #[test]
    fn a_closed_case_takes_no_goal() {
        given(closed()).when(ProposeGoal(proposal())).then_expect_error(CaseError::CaseClosed);
    }
}
