//! Asking somebody to do something by a day.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Due, OpenFollowUp};
use crate::{
    Decide, EntryId, FollowUpId, StaffId, Stamp, Text, Visibility,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// What is to be done, by whom and by when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "what": "Call the mother about the bus pass", "due": {"in_school_days": 3},
    "owner": "0192a000-0000-7000-8000-000000000011", "visibility": "team"
}))]
pub struct FollowUp {
    /// What is to be done.
    pub what: Text,
    /// By when.
    pub due: Due,
    /// Who does it.
    pub owner: StaffId,
    /// The entry from which it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntryId>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// Ask somebody to do something by a day.
#[derive(Debug, Clone)]
pub struct RequestFollowUp(pub FollowUp);

/// Somebody was asked to do something by a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FollowUpRequested {
    /// The follow-up.
    pub follow_up: FollowUpId,
    /// What is to be done, as it was asked.
    pub request: FollowUp,
    /// The day by which it is due, as the calendar counted it then.
    pub due_on: NaiveDate,
}

impl Decide<Case> for RequestFollowUp {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        let due_on = self.0.due.day(stamp)?;
        Ok(vec![FollowUpRequested { follow_up: stamp.id.into(), request: self.0.clone(), due_on }.into()])
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for FollowUpRequested {
    fn apply(self, case: &mut Case) {
        let open = OpenFollowUp { owner: self.request.owner, due_on: self.due_on, absent_on: None };
        case.follow_ups.insert(self.follow_up, open);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.follow_up.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn ask(due: Due) -> RequestFollowUp {
        RequestFollowUp(request(due))
    }

    #[test]
    fn a_follow_up_is_asked_for_in_school_days() {
        let due = Due::InSchoolDays(5.try_into().expect("school days"));
        let requested = FollowUpRequested { follow_up: created(), request: request(due), due_on: march(9) };
        given([opened()]).when(ask(due)).then_expect_events(vec![requested.into()]);
    }

    #[test]
    fn a_follow_up_is_due_today_at_the_earliest() {
        let today = Due::On(march(2));
        let requested = FollowUpRequested { follow_up: created(), request: request(today), due_on: march(2) };
        given([opened()]).when(ask(today)).then_expect_events(vec![requested.into()]);
        given([opened()]).when(ask(Due::On(march(1)))).then_expect_error(CaseError::DueInPast);
    }

    #[test]
    fn a_closed_case_takes_no_follow_up() {
        given(closed()).when(ask(Due::On(march(4)))).then_expect_error(CaseError::CaseClosed);
    }
}
