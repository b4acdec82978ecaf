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

/// Open a case for a student of whom it is known which schools they attend.
#[derive(Debug, Clone)]
pub struct OpenCaseFor {
    /// The schools; none where no enrolment is known.
    pub attends: Vec<SchoolId>,
    /// The case.
    pub opening: OpenCase,
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
            Status::Erased => Err(CaseError::NoCase),
        }
    }
}

impl Decide<Case> for OpenCaseFor {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if !self.attends.is_empty() && !self.attends.contains(&self.opening.school) {
            return Err(CaseError::StudentAtOtherSchool);
        }
        self.opening.decide(case, stamp)
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
    fn a_case_is_opened_at_a_school_that_the_student_attends() {
        let school = |number| uuid::Uuid::from_u128(number).into();
        let of = |attends: &[u128]| OpenCaseFor {
            attends: attends.iter().map(|&number| school(number)).collect(),
            opening: open(),
        };
        given([]).when(of(&[101])).then_expect_error(CaseError::StudentAtOtherSchool);
        given([]).when(of(&[101, 100])).then_expect_events(vec![opened()]);
        given([]).when(of(&[])).then_expect_events(vec![opened()]);
    }

    #[test]
    fn a_closed_case_is_reopened_not_opened() {
        given(closed()).when(open()).then_expect_error(CaseError::CaseClosed);
    }
}
