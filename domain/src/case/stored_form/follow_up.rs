//! Follow-ups.
use crate::{
    Visibility,
    case::{given::*, *},
    indicator::Mark,
};

pub fn examples() -> Vec<CaseEvent> {
    let follow_up = id(70);
    let request = FollowUp {
        what: text("call the mother"),
        due: Due::InSchoolDays(2.try_into().expect("school days")),
        owner: id(11),
        about: Some(id(61)),
        visibility: Visibility::Team,
    };
    let reassignment = FollowUpReassignment { owner: id(12), note: Some(text("speaks Spanish")) };
    let rescheduling = FollowUpRescheduling { due: Due::On(march(9)), reason: text("the family is away") };
    let completion = FollowUpCompletion { result: text("she will come on Friday") };
    let cancellation =
        FollowUpCancellation { reason: CancelReason::NoLongerNeeded, note: Some(text("she called by herself")) };
    let (day, call) = (march(2), text("call home: absent on 2026-03-02"));
    let absence = Absence { on: day, mark: Mark::Unexcused, policy: "attendance-works@1".into() };
    let call = FollowUp { what: call, due: Due::On(day), owner: id(11), about: None, visibility: Visibility::Team };
    vec![
        FollowUpRequested { follow_up, request, due_on: march(4) }.into(),
        FollowUpReassigned { follow_up, from: id(11), reassignment }.into(),
        FollowUpRescheduled { follow_up, from: march(4), due_on: march(9), rescheduling }.into(),
        FollowUpCompleted { follow_up, completion }.into(),
        FollowUpCancelled { follow_up, cancellation }.into(),
        CallHomeRequested { follow_up, request: call, due_on: day, absence }.into(),
        CallHomeMade { follow_up, contact: Some(id(61)) }.into(),
    ]
}
