//! Follow-ups, as the views tell them.
use chrono::NaiveDate;
use domain::{
    ContactId, EntryId, StaffId, Text, Visibility,
    case::{
        Absence, CallHomeMade, CallHomeRequested, FollowUp, FollowUpCancelled, FollowUpCompleted, FollowUpReassigned,
        FollowUpRequested, FollowUpRescheduled,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entered, code, spoken, unfold};

/// Where a follow-up stands; that it is overdue follows from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpStatus {
    /// To be done.
    Open,
    /// Done.
    Completed,
    /// Not needed any more.
    Cancelled,
}

/// A follow-up as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FollowUpRecord {
    /// What is to be done.
    pub what: Text,
    /// Who does it.
    pub owner: StaffId,
    /// The day by which it is due.
    pub due_on: NaiveDate,
    /// The entry from which it follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<EntryId>,
    /// Who may read it.
    pub visibility: Visibility,
    /// Where it stands.
    pub status: FollowUpStatus,
    /// What came of it, or why it is not needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Text>,
    /// The absence from which it follows, where it is a call home that appeared by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub absence: Option<Absence>,
    /// The contact by which the call home was made, where everybody may know of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contact: Option<ContactId>,
}

impl FollowUpRecord {
    /// One that was just asked for, and is due that day.
    pub fn asked_for(request: FollowUp, due_on: NaiveDate) -> Self {
        let FollowUp { what, owner, about, visibility, .. } = request;
        let status = FollowUpStatus::Open;
        Self { what, owner, due_on, about, visibility, status, result: None, absence: None, contact: None }
    }
}

impl Entered for FollowUpRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn is_ended(&self) -> bool {
        self.status != FollowUpStatus::Open
    }

    fn parent(&self) -> Option<Uuid> {
        self.about.map(EntryId::uuid)
    }

    fn owner(&self) -> Option<StaffId> {
        Some(self.owner)
    }

    fn due_on(&self) -> Option<NaiveDate> {
        Some(self.due_on)
    }
}

unfold! {
    FollowUpRequested as FollowUp: |e, file, now| {
        file.write(e.follow_up, now, FollowUpRecord::asked_for(e.request.clone(), e.due_on));
    }, says format!("Follow-up requested, due on {}", e.due_on), Some(&e.request.what);

    CallHomeRequested as FollowUp: |e, file, now| {
        let absence = Some(e.absence.clone());
        file.write(e.follow_up, now, FollowUpRecord { absence, ..FollowUpRecord::asked_for(e.request.clone(), e.due_on) });
    }, says format!("Call home asked for: absent on {}", e.absence.on), Some(&e.request.what);

    CallHomeMade as FollowUp: |e, file, now| {
        file.change(e.follow_up, now, |follow_up: &mut FollowUpRecord| {
            follow_up.status = FollowUpStatus::Completed;
            follow_up.contact = e.contact;
        });
    }, says "Call home made".into(), None;

    FollowUpReassigned as FollowUp: |e, file, now| {
        file.change(e.follow_up, now, |follow_up: &mut FollowUpRecord| follow_up.owner = e.reassignment.owner);
    }, says "Follow-up given to somebody else".into(), e.reassignment.note.as_ref();

    FollowUpRescheduled as FollowUp: |e, file, now| {
        file.change(e.follow_up, now, |follow_up: &mut FollowUpRecord| follow_up.due_on = e.due_on);
    }, says format!("Follow-up put off from {} to {}", e.from, e.due_on), Some(&e.rescheduling.reason);

    FollowUpCompleted as FollowUp: |e, file, now| {
        file.change(e.follow_up, now, |follow_up: &mut FollowUpRecord| {
            follow_up.status = FollowUpStatus::Completed;
            follow_up.result = Some(e.completion.result.clone());
        });
    }, says "Follow-up completed".into(), Some(&e.completion.result);

    FollowUpCancelled as FollowUp: |e, file, now| {
        file.change(e.follow_up, now, |follow_up: &mut FollowUpRecord| {
            follow_up.status = FollowUpStatus::Cancelled;
            follow_up.result = e.cancellation.note.clone();
        });
    }, says format!("Follow-up cancelled: {}", spoken(&e.cancellation.reason)), e.cancellation.note.as_ref();
}
