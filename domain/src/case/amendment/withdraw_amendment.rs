//! The family takes its request back.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AmendmentId, Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Who takes a request back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"by": "Maria Lopez", "reason": "We talked about it."}))]
pub struct AmendmentWithdrawal {
    /// Who takes it back.
    pub by: Text,
    /// Why, where a reason was given: none is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Write down that the family takes its request back.
#[derive(Debug, Clone)]
pub struct WithdrawAmendment {
    /// The request.
    pub amendment: AmendmentId,
    /// Who takes it back.
    pub withdrawal: AmendmentWithdrawal,
}

/// The family took its request back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AmendmentWithdrawn {
    /// The request.
    pub amendment: AmendmentId,
    /// Who took it back.
    pub withdrawal: AmendmentWithdrawal,
}

impl Decide<Case> for WithdrawAmendment {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.open_amendment(self.amendment)?;
        Ok(vec![AmendmentWithdrawn { amendment: self.amendment, withdrawal: self.withdrawal.clone() }.into()])
    }
}

impl Fact for AmendmentWithdrawn {
    fn apply(self, case: &mut Case) {
        case.end_amendment(self.amendment);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.amendment.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn withdraw() -> WithdrawAmendment {
        let withdrawal = AmendmentWithdrawal { by: text("Maria Lopez"), reason: None };
        WithdrawAmendment { amendment: amendment(), withdrawal }
    }

    #[test]
    fn the_family_takes_its_request_back_once() {
        let event: CaseEvent = AmendmentWithdrawn { amendment: amendment(), withdrawal: withdraw().withdrawal }.into();
        for past in [requested(), refused()] {
            given(past).when(withdraw()).then_expect_events(vec![event.clone()]);
        }
        let past = [requested(), vec![event]].concat();
        given(past).when(withdraw()).then_expect_error(CaseError::AmendmentEnded);
    }
}
