//! Giving a follow-up to somebody else.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::OpenFollowUp;
use crate::{
    Decide, FollowUpId, StaffId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Who does it from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"owner": "0192a000-0000-7000-8000-000000000012", "note": "She speaks Spanish with the family."}))]
pub struct FollowUpReassignment {
    /// Who does it from now on.
    pub owner: StaffId,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Give an open follow-up to somebody else.
#[derive(Debug, Clone)]
pub struct ReassignFollowUp {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Who does it from now on.
    pub reassignment: FollowUpReassignment,
}

/// A follow-up was given to somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpReassigned {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// Who was to do it before.
    pub from: StaffId,
    /// Who does it from then on.
    pub reassignment: FollowUpReassignment,
}

impl Decide<Case> for ReassignFollowUp {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let OpenFollowUp { owner: from, .. } = case.open_follow_up(self.follow_up)?;
        if from == self.reassignment.owner {
            return Err(CaseError::SameOwner);
        }
        let reassignment = self.reassignment.clone();
        Ok(vec![FollowUpReassigned { follow_up: self.follow_up, from, reassignment }.into()])
    }
}

impl Fact for FollowUpReassigned {
    fn apply(self, case: &mut Case) {
        if let Some(open) = case.follow_ups.get_mut(&self.follow_up) {
            open.owner = self.reassignment.owner;
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn reassign(owner: u128) -> ReassignFollowUp {
        let reassignment = FollowUpReassignment { owner: staff(owner), note: None };
        ReassignFollowUp { follow_up: follow_up(), reassignment }
    }

    #[test]
    fn a_follow_up_goes_to_somebody_else() {
        let reassignment = FollowUpReassignment { owner: staff(2), note: None };
        let reassigned: CaseEvent = FollowUpReassigned { follow_up: follow_up(), from: staff(1), reassignment }.into();
        given(asked()).when(reassign(2)).then_expect_events(vec![reassigned.clone()]);
        given([asked(), vec![reassigned]].concat()).when(reassign(2)).then_expect_error(CaseError::SameOwner);
    }

    #[test]
    fn its_owner_has_it_already() {
        given(asked()).when(reassign(1)).then_expect_error(CaseError::SameOwner);
    }

    #[test]
    fn what_is_done_is_nobodys_any_more() {
        given(done()).when(reassign(2)).then_expect_error(CaseError::FollowUpNotOpen);
    }
}
