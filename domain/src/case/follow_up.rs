//! Follow-ups: what somebody is to do by a day, until it is done or not needed any more.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Case, CaseError};
use crate::{FollowUpId, StaffId};

mod call_home_made;
mod cancel_follow_up;
mod complete_follow_up;
mod due;
mod reassign_follow_up;
mod request_call_home;
mod request_follow_up;
mod reschedule_follow_up;
mod withdraw_call_home;

pub use call_home_made::CallHomeMade;
pub(super) use call_home_made::Reached;
pub use cancel_follow_up::{CancelFollowUp, FollowUpCancellation, FollowUpCancelled};
pub use complete_follow_up::{CompleteFollowUp, FollowUpCompleted, FollowUpCompletion};
pub use due::{Due, SchoolDays};
pub use reassign_follow_up::{FollowUpReassigned, FollowUpReassignment, ReassignFollowUp};
pub use request_call_home::{Absence, CallHomeRequested, RequestCallHome};
pub use request_follow_up::{FollowUp, FollowUpRequested, RequestFollowUp};
pub use reschedule_follow_up::{FollowUpRescheduled, FollowUpRescheduling, RescheduleFollowUp};
pub use withdraw_call_home::WithdrawCallHome;

/// Who has to do it, and by when.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct OpenFollowUp {
    pub owner: StaffId,
    pub due_on: NaiveDate,
    /// The day of the absence for which it is a call home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_on: Option<NaiveDate>,
}

impl Case {
    pub(super) fn open_follow_up(&self, follow_up: FollowUpId) -> Result<OpenFollowUp, CaseError> {
        self.ensure_open()?;
        match self.follow_ups.get(&follow_up) {
            Some(open) => Ok(*open),
            None if self.ended_follow_ups.holds(&follow_up) => Err(CaseError::FollowUpNotOpen),
            None => Err(CaseError::NoSuchFollowUp),
        }
    }

    pub(super) fn end_follow_up(&mut self, follow_up: FollowUpId) {
        self.follow_ups.remove(&follow_up);
        self.ended_follow_ups.add(follow_up);
    }
}

#[cfg(test)]
pub(super) mod given {
    use super::*;
    use crate::{
        case::{CaseEvent, Contact, ContactLogged, ContactOutcome, ContactWith, Medium, given::*},
        indicator::Mark,
    };

    /// The follow-up of these tests.
    pub fn follow_up() -> FollowUpId {
        uuid::Uuid::from_u128(60).into()
    }

    /// Call the mother by `due`; staff member 1 does it.
    pub fn request(due: Due) -> FollowUp {
        FollowUp { what: text("call the mother"), due, owner: staff(1), about: None, visibility: Default::default() }
    }

    /// A case with a follow-up, due on the 4th.
    pub fn asked() -> Vec<CaseEvent> {
        let request = request(Due::On(march(4)));
        vec![opened(), FollowUpRequested { follow_up: follow_up(), request, due_on: march(4) }.into()]
    }

    /// A case with a follow-up that was done.
    pub fn done() -> Vec<CaseEvent> {
        let completion = FollowUpCompletion { result: text("she will come on Friday") };
        [asked(), vec![FollowUpCompleted { follow_up: follow_up(), completion }.into()]].concat()
    }

    /// The call home of these tests: what the stamped command creates.
    pub fn call() -> FollowUpId {
        created()
    }

    fn absence(on: NaiveDate) -> Absence {
        Absence { on, mark: Mark::Unexcused, policy: "attendance-works@1".into() }
    }

    /// Ask to call home for that day.
    pub fn call_home(on: NaiveDate) -> RequestCallHome {
        RequestCallHome { absence: absence(on), within_school_days: 3, what: text("call home") }
    }

    /// Mentor 11 was asked to, and it is due on the 2nd.
    pub fn called_for(on: NaiveDate) -> CaseEvent {
        let (owner, what) = (staff(11), text("call home"));
        let request = FollowUp { what, due: Due::On(march(2)), owner, about: None, visibility: Default::default() };
        CallHomeRequested { follow_up: call(), request, due_on: march(2), absence: absence(on) }.into()
    }

    /// It was made, by the contact of that number where that may be known.
    pub fn made(contact: Option<u128>) -> CaseEvent {
        CallHomeMade { follow_up: call(), contact: contact.map(id) }.into()
    }

    /// A contact with the family that was made.
    pub fn with_family(on: NaiveDate) -> Contact {
        Contact {
            on,
            outcome: ContactOutcome::Made,
            medium: Medium::Phone,
            with: ContactWith::Family,
            minutes: None,
            note: None,
            visibility: Default::default(),
        }
    }

    /// The same, logged.
    pub fn reached(on: NaiveDate) -> CaseEvent {
        ContactLogged { contact: id(91), details: with_family(on) }.into()
    }
}
