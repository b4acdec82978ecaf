//! Saying that a follow-up was done.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Decide, FollowUpId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"result": "The bus pass arrived; he comes by bus from Monday."}))]
pub struct FollowUpCompletion {
    /// What came of it.
    pub result: Text,
}

/// Say that a follow-up was done.
#[derive(Debug, Clone)]
pub struct CompleteFollowUp {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// What came of it.
    pub completion: FollowUpCompletion,
}

/// A follow-up was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpCompleted {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// What came of it.
    pub completion: FollowUpCompletion,
}

impl Decide<Case> for CompleteFollowUp {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.open_follow_up(self.follow_up)?;
        Ok(vec![FollowUpCompleted { follow_up: self.follow_up, completion: self.completion.clone() }.into()])
    }
}

impl Fact for FollowUpCompleted {
    fn apply(self, case: &mut Case) {
        case.end_follow_up(self.follow_up);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn complete() -> CompleteFollowUp {
        let completion = FollowUpCompletion { result: text("she will come on Friday") };
        CompleteFollowUp { follow_up: follow_up(), completion }
    }

    #[test]
    fn a_follow_up_is_done() {
        given(asked()).when(complete()).then_expect_events(vec![done().remove(2)]);
    }

    #[test]
    fn a_follow_up_is_done_once() {
        given(done()).when(complete()).then_expect_error(CaseError::FollowUpNotOpen);
    }

    #[test]
    fn what_nobody_asked_for_is_not_done() {
        given([opened()]).when(complete()).then_expect_error(CaseError::NoSuchFollowUp);
    }
}
