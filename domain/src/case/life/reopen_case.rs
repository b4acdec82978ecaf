//! Reopening a case.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Decide, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, Status},
};

/// Take up a closed case again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "Absent again since April."}))]
pub struct ReopenCase {
    /// Why.
    pub reason: Text,
}

/// Support began again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseReopened {
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ReopenCase {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.status {
            Status::Unopened | Status::Erased => Err(CaseError::NoCase),
            Status::Open => Err(CaseError::CaseNotClosed),
            Status::Closed => Ok(vec![CaseReopened { reason: self.reason.clone() }.into()]),
        }
    }
}

impl Fact for CaseReopened {
    fn apply(self, case: &mut Case) {
        case.status = Status::Open;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn reopen() -> ReopenCase {
        ReopenCase { reason: text("absent again") }
    }

    #[test]
    fn a_closed_case_is_taken_up_again() {
        given(closed()).when(reopen()).then_expect_events(vec![CaseReopened { reason: text("absent again") }.into()]);
    }

    #[test]
    fn only_a_closed_case_is_reopened() {
        given([opened()]).when(reopen()).then_expect_error(CaseError::CaseNotClosed);
        given([]).when(reopen()).then_expect_error(CaseError::NoCase);
    }
}
