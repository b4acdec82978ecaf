//! Follow-ups.
use crate::{
    Visibility,
    case::{given::*, *},
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
    vec![
        FollowUpRequested { follow_up, request, due_on: march(4) }.into(),
        FollowUpReassigned { follow_up, from: id(11), reassignment }.into(),
        FollowUpRescheduled { follow_up, from: march(4), due_on: march(9), rescheduling }.into(),
        FollowUpCompleted { follow_up, completion }.into(),
        FollowUpCancelled { follow_up, cancellation }.into(),
    ]
}
