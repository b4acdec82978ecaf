//! Follow-ups: who does what by when.
use domain::{
    FollowUpId,
    case::{
        CancelFollowUp, CompleteFollowUp, FollowUp, FollowUpCancellation, FollowUpCompletion, FollowUpReassignment,
        FollowUpRescheduling, ReassignFollowUp, RequestFollowUp, RescheduleFollowUp,
    },
};

use super::declare::changes;

changes! { in "follow-ups";
    /// Ask somebody to do something by a day.
    request_follow_up: RequestFollowUp, post "/follow-ups", body FollowUp => Created;
        |follow_up| RequestFollowUp(follow_up)
    /// Give a follow-up to somebody else.
    reassign_follow_up: ReassignFollowUp, post "/follow-ups/{follow_up}/reassignment",
        path "follow_up": FollowUpId, body FollowUpReassignment => Changed;
        |follow_up, reassignment| ReassignFollowUp { follow_up, reassignment }
    /// Put a follow-up off, or bring it forward.
    reschedule_follow_up: RescheduleFollowUp, post "/follow-ups/{follow_up}/rescheduling",
        path "follow_up": FollowUpId, body FollowUpRescheduling => Changed;
        |follow_up, rescheduling| RescheduleFollowUp { follow_up, rescheduling }
    /// Say that a follow-up was done.
    complete_follow_up: CompleteFollowUp, post "/follow-ups/{follow_up}/completion",
        path "follow_up": FollowUpId, body FollowUpCompletion => Changed;
        |follow_up, completion| CompleteFollowUp { follow_up, completion }
    /// Say that a follow-up is not needed any more.
    cancel_follow_up: CancelFollowUp, post "/follow-ups/{follow_up}/cancellation",
        path "follow_up": FollowUpId, body FollowUpCancellation => Changed;
        |follow_up, cancellation| CancelFollowUp { follow_up, cancellation }
}
