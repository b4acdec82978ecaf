//! Asking a student's mentor to call home, because the student was absent.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Due, FollowUp, OpenFollowUp};
use crate::{
    Decide, FollowUpId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
    indicator::Mark,
};

/// The absence from which a call home follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"on": "2026-03-02", "mark": "unexcused", "policy": "attendance-works@1"}))]
pub struct Absence {
    /// The day.
    pub on: NaiveDate,
    /// How the school marked it.
    pub mark: Mark,
    /// The policy, with its version, that asks for the call.
    pub policy: String,
}

/// Ask the primary mentor to call home, on the day of the absence, or today where it is told later. Nothing is asked
/// where there is no primary mentor, or was none yet; of an absence that is told too late; twice of one day; or where
/// the family was reached by then.
#[derive(Debug, Clone)]
pub struct RequestCallHome {
    /// The absence.
    pub absence: Absence,
    /// At most so many school days may lie between the absence and today.
    pub within_school_days: u16,
    /// What is to be done, in words.
    pub what: Text,
}

/// The mentor was asked to call home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CallHomeRequested {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// What is to be done.
    pub request: FollowUp,
    /// The day by which it is due.
    pub due_on: NaiveDate,
    /// The absence from which it follows.
    pub absence: Absence,
}

impl Decide<Case> for RequestCallHome {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let (on, today) = (self.absence.on, stamp.today());
        let Some((owner, since)) = case.primary_mentor() else { return Ok(vec![]) };
        let told_late = stamp.calendar.school_days_between(on, today) > self.within_school_days.into();
        if on < since || on > today || told_late || case.family_reached.since(on) || case.calls_home.holds(&on) {
            return Ok(vec![]);
        }
        let (what, visibility) = (self.what.clone(), Visibility::default());
        let request = FollowUp { what, due: Due::On(today), owner, about: None, visibility };
        let (follow_up, absence) = (stamp.id.into(), self.absence.clone());
        Ok(vec![CallHomeRequested { follow_up, request, due_on: today, absence }.into()])
    }
}

impl Fact for CallHomeRequested {
    fn apply(self, case: &mut Case) {
        let open = OpenFollowUp { owner: self.request.owner, due_on: self.due_on, absent_on: Some(self.absence.on) };
        case.follow_ups.insert(self.follow_up, open);
        case.calls_home.add(self.absence.on);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{given::*, mentor::given::*};

    #[test]
    fn the_primary_mentor_is_asked_to_call_home_the_same_day() {
        given(mentored()).when(call_home(march(2))).then_expect_events(vec![called_for(march(2))]);
    }

    #[test]
    fn nobody_is_asked_where_there_is_no_primary_mentor_or_was_none_yet() {
        given([opened()]).when(call_home(march(2))).then_expect_events(vec![]);
        given(left()).when(call_home(march(2))).then_expect_events(vec![]);
        given(mentored())
            .when(RequestCallHome { within_school_days: 9, ..call_home(day_before()) })
            .then_expect_events(vec![]);
    }

    /// The Friday before the mentor came.
    fn day_before() -> NaiveDate {
        march(1) - chrono::Days::new(2)
    }

    #[test]
    fn an_absence_that_is_told_too_late_or_is_to_come_asks_for_nothing() {
        let mut early = mentored();
        early[1] = crate::case::MentorAssigned {
            assignment: assignment(),
            terms: crate::case::MentorAssignment { since: day_before(), ..terms(11, true) },
        }
        .into();
        let within = |days| RequestCallHome { within_school_days: days, ..call_home(day_before()) };
        given(early.clone()).when(within(0)).then_expect_events(vec![]);
        given(early).when(within(1)).then_expect_events(vec![called_for(day_before())]);
        given(mentored()).when(call_home(march(3))).then_expect_events(vec![]);
    }

    #[test]
    fn one_absence_asks_for_one_call_also_after_it_was_made() {
        let asked = [mentored(), vec![called_for(march(2))]].concat();
        given(asked.clone()).when(call_home(march(2))).then_expect_events(vec![]);
        let done = [asked, vec![made(Some(90))]].concat();
        given(done).when(call_home(march(2))).then_expect_events(vec![]);
    }

    #[test]
    fn where_the_family_was_reached_before_the_file_came_nobody_is_asked() {
        given([mentored(), vec![reached(march(2))]].concat()).when(call_home(march(2))).then_expect_events(vec![]);
        let before = [mentored(), vec![reached(march(1))]].concat();
        given(before).when(call_home(march(2))).then_expect_events(vec![called_for(march(2))]);
    }

    #[test]
    fn a_closed_case_asks_for_no_call() {
        given(closed()).when(call_home(march(2))).then_expect_error(CaseError::CaseClosed);
    }
}
