//! Opening a case.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Tier;
use crate::{
    Decide, SchoolId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, Status},
};

/// Open a case for a student.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"school": "0192a000-0000-7000-8000-000000000001", "reason": "Absent 14 of 60 days.", "tier": 2}))]
pub struct OpenCase {
    /// The school that supports the student.
    pub school: SchoolId,
    /// Why support is needed.
    pub reason: Text,
    /// How intensive the support is to be.
    #[serde(default)]
    pub tier: Tier,
}

/// Support for a student began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseOpened {
    /// The school that supports the student.
    pub school: SchoolId,
    /// Why support is needed.
    pub reason: Text,
    /// How intensive the support is.
    pub tier: Tier,
}

impl Decide<Case> for OpenCase {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.status {
            Status::Unopened => {
                Ok(vec![CaseOpened { school: self.school, reason: self.reason.clone(), tier: self.tier }.into()])
            }
            Status::Open => Err(CaseError::CaseAlreadyOpen),
            Status::Closed => Err(CaseError::CaseClosed),
        }
    }
}

impl Fact for CaseOpened {
    fn apply(self, case: &mut Case) {
        case.status = Status::Open;
        case.school = Some(self.school);
        case.tier = self.tier;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::given::*;

    fn open() -> OpenCase {
        OpenCase { school: uuid::Uuid::from_u128(100).into(), reason: text("absent too often"), tier: Tier::TWO }
    }

    #[test]
    fn a_case_is_opened() {
        given([]).when(open()).then_expect_events(vec![opened()]);
    }

    #[test]
    fn a_case_is_opened_once() {
        given([opened()]).when(open()).then_expect_error(CaseError::CaseAlreadyOpen);
    }

    #[test]
    fn a_closed_case_is_reopened_not_opened() {
        given(closed()).when(open()).then_expect_error(CaseError::CaseClosed);
    }
}
