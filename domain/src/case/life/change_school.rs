//! A student goes to another school.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Decide, SchoolId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Say that the student went to another school; the case goes along.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"school": "0192a000-0000-7000-8000-000000000002", "on": "2026-02-02"}))]
pub struct ChangeSchool {
    /// The new school.
    pub school: SchoolId,
    /// The first day there.
    pub on: NaiveDate,
}

/// The student went to another school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchoolChanged {
    /// The school before.
    pub from: SchoolId,
    /// The school from then on.
    pub to: SchoolId,
    /// The first day there.
    pub on: NaiveDate,
}

impl Decide<Case> for ChangeSchool {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        ensure_past(self.on, stamp.today(), CaseError::SchoolChangeInFuture)?;
        match case.school {
            Some(from) if from != self.school => Ok(vec![SchoolChanged { from, to: self.school, on: self.on }.into()]),
            _ => Err(CaseError::SameSchool),
        }
    }
}

impl Fact for SchoolChanged {
    fn apply(self, case: &mut Case) {
        case.school = Some(self.to);
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.on)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::case::given::*;

    fn to(school: u128, on: NaiveDate) -> ChangeSchool {
        ChangeSchool { school: Uuid::from_u128(school).into(), on }
    }

    #[test]
    fn the_case_goes_along() {
        let changed =
            SchoolChanged { from: Uuid::from_u128(100).into(), to: Uuid::from_u128(101).into(), on: march(2) };
        given([opened()]).when(to(101, march(2))).then_expect_events(vec![changed.into()]);
    }

    #[test]
    fn the_same_school_is_no_change() {
        given([opened()]).when(to(100, march(2))).then_expect_error(CaseError::SameSchool);
    }

    #[test]
    fn a_change_to_come_is_not_told_yet() {
        given([opened()]).when(to(101, march(3))).then_expect_error(CaseError::SchoolChangeInFuture);
    }
}
