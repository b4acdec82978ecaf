//! Erasing a student: what is left of the case is that there was one.
use serde::{Deserialize, Serialize};

use crate::{
    Decide, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, Status},
};

/// Erase the student, as was asked for and confirmed. What was said is gone with the student's keys; codes, days and who
/// of the staff did what remain in the log, of somebody who cannot be named any more.
#[derive(Debug, Clone, Copy)]
pub struct EraseCase;

/// The student was erased: nothing is told of the case any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseErased {}

impl Decide<Case> for EraseCase {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_known()?;
        Ok(vec![CaseErased {}.into()])
    }
}

impl Fact for CaseErased {
    fn apply(self, case: &mut Case) {
        *case = Case { status: Status::Erased, ..Case::default() };
    }
}

impl Case {
    /// Whether the student was erased.
    pub fn is_erased(&self) -> bool {
        self.status == Status::Erased
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{OpenCase, ReopenCase, Tier, given::*};

    #[test]
    fn a_case_is_erased_whatever_is_open_on_it() {
        given([opened()]).when(EraseCase).then_expect_events(vec![CaseErased {}.into()]);
        given(closed()).when(EraseCase).then_expect_events(vec![CaseErased {}.into()]);
    }

    #[test]
    fn of_an_erased_student_there_is_no_case_and_never_will_be() {
        let erased = [opened(), CaseErased {}.into()];
        given(erased.clone()).when(EraseCase).then_expect_error(CaseError::NoCase);
        given(erased.clone()).when(ReopenCase { reason: text("back") }).then_expect_error(CaseError::NoCase);
        let open = OpenCase { school: id(100), reason: text("back"), tier: Tier::TWO };
        given(erased).when(open).then_expect_error(CaseError::NoCase);
        given([]).when(EraseCase).then_expect_error(CaseError::NoCase);
    }
}
