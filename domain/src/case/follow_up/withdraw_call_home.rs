//! Taking back that a mentor is to call home: the student was not absent after all.
use chrono::NaiveDate;

use super::{FollowUpCancellation, FollowUpCancelled};
use crate::{
    Decide, Stamp,
    case::{CancelReason, Case, CaseError, CaseEvent},
};

/// Take back that somebody is to call home for a day, since the school has corrected the mark. What is done already, or
/// was never asked, stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct WithdrawCallHome {
    /// The day of the absence that was none.
    pub absent_on: NaiveDate,
}

impl Decide<Case> for WithdrawCallHome {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let asked = case.follow_ups.iter().filter(|(_, open)| open.absent_on == Some(self.absent_on));
        let cancellation = FollowUpCancellation { reason: CancelReason::AbsenceCorrected, note: None };
        let cancel = |(&follow_up, _)| FollowUpCancelled { follow_up, cancellation: cancellation.clone() }.into();
        Ok(asked.map(cancel).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{given::*, mentor::given::*};

    fn asked() -> Vec<CaseEvent> {
        [mentored(), vec![called_for(march(2))]].concat()
    }

    fn withdrawn() -> CaseEvent {
        let cancellation = FollowUpCancellation { reason: CancelReason::AbsenceCorrected, note: None };
        FollowUpCancelled { follow_up: call(), cancellation }.into()
    }

    #[test]
    fn a_corrected_mark_takes_the_call_home_back() {
        let withdraw = WithdrawCallHome { absent_on: march(2) };
        given(asked()).when(withdraw).then_expect_events(vec![withdrawn()]);
        given([asked(), vec![withdrawn()]].concat()).when(withdraw).then_expect_events(vec![]);
    }

    #[test]
    fn a_mark_that_is_corrected_once_more_asks_again() {
        let back = [asked(), vec![withdrawn()]].concat();
        given(back).when(call_home(march(2))).then_expect_events(vec![called_for(march(2))]);
    }

    #[test]
    fn other_days_and_other_follow_ups_stay() {
        given(asked()).when(WithdrawCallHome { absent_on: march(1) }).then_expect_events(vec![]);
        given(super::super::given::asked()).when(WithdrawCallHome { absent_on: march(4) }).then_expect_events(vec![]);
    }

    #[test]
    fn on_a_closed_case_there_is_nothing_to_take_back() {
        given(closed()).when(WithdrawCallHome { absent_on: march(2) }).then_expect_error(CaseError::CaseClosed);
    }
}
