//! Follow-ups, told once more.
use serde_json::{Value, json};

use super::{again, kind::Kind, said};

again! {
    FollowUpRequested is about a follow_up: |e, tale, told| {
        let request = &e.request;
        let says = json!({
            "what": request.what, "owner": request.owner, "due_on": e.due_on, "about": request.about,
            "visibility": request.visibility, "status": "open",
        });
        tale.write(e.follow_up, Kind::FollowUp, says, told);
    }, format!("Follow-up requested, due on {}", e.due_on), e.request.what;

    CallHomeRequested is about a follow_up: |e, tale, told| {
        let request = &e.request;
        let says = json!({
            "what": request.what, "owner": request.owner, "due_on": e.due_on, "about": request.about,
            "visibility": request.visibility, "status": "open", "absence": e.absence,
        });
        tale.write(e.follow_up, Kind::FollowUp, says, told);
    }, format!("Call home asked for: absent on {}", e.absence.on), e.request.what;

    CallHomeMade is about a follow_up: |e, tale, told| {
        tale.set(e.follow_up, told, "status", "completed");
        tale.set(e.follow_up, told, "contact", e.contact);
    }, "Call home made", Value::Null;

    FollowUpReassigned is about a follow_up: |e, tale, told| {
        tale.set(e.follow_up, told, "owner", e.reassignment.owner);
    }, "Follow-up given to somebody else", e.reassignment.note;

    FollowUpRescheduled is about a follow_up: |e, tale, told| {
        tale.set(e.follow_up, told, "due_on", e.due_on);
    }, format!("Follow-up put off from {} to {}", e.from, e.due_on), e.rescheduling.reason;

    FollowUpCompleted is about a follow_up: |e, tale, told| {
        tale.set(e.follow_up, told, "status", "completed");
        tale.set(e.follow_up, told, "result", &e.completion.result);
    }, "Follow-up completed", e.completion.result;

    FollowUpCancelled is about a follow_up: |e, tale, told| {
        tale.set(e.follow_up, told, "status", "cancelled");
        tale.set(e.follow_up, told, "result", &e.cancellation.note);
    }, format!("Follow-up cancelled: {}", said(e.cancellation.reason)), e.cancellation.note;
}
