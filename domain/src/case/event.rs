//! Everything that can have happened to a case. Append to this list; never edit history.
use chrono::NaiveDate;
use cqrs_es::DomainEvent;
use derive_more::From;
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};
use uuid::Uuid;

use super::*;

/// Something that happened to a case: the shape stored for ever, and what it leaves behind in the state.
pub trait Fact: Into<CaseEvent> {
    /// Leaves behind in `case` what later decisions need.
    fn apply(self, case: &mut Case);

    /// The entry that it is about, where there is one.
    fn entry(&self) -> Option<Uuid> {
        None
    }

    /// The day on which it happened in the world, where it was told later.
    fn occurred_on(&self) -> Option<NaiveDate> {
        None
    }
}

macro_rules! case_events {
    (($d:tt) $($(#[$doc:meta])* $event:ident),+ $(,)?) => {
        /// A fact about a case.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, From, IntoStaticStr, VariantNames)]
        #[serde(tag = "type")]
        pub enum CaseEvent {
            $($(#[$doc])* $event($event)),+
        }

        impl CaseEvent {
            pub(super) fn apply(self, case: &mut Case) {
                match self { $(Self::$event(fact) => fact.apply(case)),+ }
            }

            /// The entry that it is about, where there is one.
            pub fn entry(&self) -> Option<Uuid> {
                match self { $(Self::$event(fact) => fact.entry()),+ }
            }

            /// The day on which it happened in the world, where it was told later.
            pub fn occurred_on(&self) -> Option<NaiveDate> {
                match self { $(Self::$event(fact) => fact.occurred_on()),+ }
            }
        }

        /// Does one thing with whichever event it is: `on_case_event!(event, fact => fact.something())`.
        #[macro_export]
        macro_rules! on_case_event {
            ($d on:expr, $d fact:ident => $d act:expr) => {
                match $d on { $($d crate::case::CaseEvent::$event($d fact) => $d act),+ }
            };
        }
    };
}

case_events! { ($)
    /// Support for a student began.
    CaseOpened,
    /// The student went to another school.
    SchoolChanged,
    /// Another tier of support.
    TierChanged,
    /// Another risk band.
    RiskBandChanged,
    /// Support ended.
    CaseClosed,
    /// Support began again.
    CaseReopened,

    /// A goal was put forward.
    GoalProposed,
    /// A goal became one, with its measure.
    GoalSet,
    /// A goal's measure, target or due date changed.
    GoalRevised,
    /// Progress towards a goal was measured.
    ProgressMeasured,
    /// A goal waits.
    GoalPutOnHold,
    /// A goal is pursued again.
    GoalResumed,
    /// A goal ended, and how far it was achieved.
    GoalClosed,
    /// A goal was given up.
    GoalCancelled,

    /// Somebody was asked to do something by a day.
    FollowUpRequested,
    /// A follow-up was given to somebody else.
    FollowUpReassigned,
    /// A follow-up got another due day.
    FollowUpRescheduled,
    /// A follow-up was done.
    FollowUpCompleted,
    /// A follow-up is not to be done after all.
    FollowUpCancelled,

    /// A need was identified.
    NeedIdentified,
    /// A need was met.
    NeedResolved,
    /// A strength was noted.
    StrengthNoted,

    /// A plan was written, or its draft written anew.
    PlanDrafted,
    /// A plan awaits approval.
    PlanSubmitted,
    /// A plan was approved.
    PlanApproved,
    /// A plan was returned, and is a draft again.
    PlanReturned,
    /// A plan was reviewed.
    PlanReviewed,
    /// A plan waits.
    PlanPutOnHold,
    /// A plan is followed again.
    PlanResumed,
    /// A plan was withdrawn.
    PlanRevoked,
    /// A plan ended as planned.
    PlanCompleted,

    /// An intervention was planned.
    InterventionPlanned,
    /// An intervention started.
    InterventionStarted,
    /// A session was logged.
    SessionLogged,
    /// The planned dosage of an intervention changed.
    InterventionAdjusted,
    /// An intervention was interrupted.
    InterventionPaused,
    /// An intervention was taken up again.
    InterventionResumed,
    /// An intervention ended as planned.
    InterventionCompleted,
    /// An intervention was given up.
    InterventionDiscontinued,

    /// The student got a mentor.
    MentorAssigned,
    /// A mentor's assignment ended.
    MentorAssignmentEnded,
    /// A contact was logged.
    ContactLogged,

    /// The family consented.
    ConsentGiven,
    /// The family did not consent.
    ConsentRefused,
    /// The family took a consent back.
    ConsentWithdrawn,

    /// A referral was written.
    ReferralDrafted,
    /// A referral was sent to its partner.
    ReferralRequested,
    /// The partner took the referral on.
    ReferralAccepted,
    /// The partner turned the referral down.
    ReferralRejected,
    /// The partner's service began.
    ServiceStarted,
    /// A referral waits.
    ReferralPutOnHold,
    /// A waiting referral goes on from where it stood.
    ReferralResumed,
    /// A referral was passed on to another partner.
    ReferralForwarded,
    /// A referral was closed with its outcome.
    ReferralCompleted,
    /// A referral came to nothing.
    ReferralFailed,
    /// A referral was taken back.
    ReferralCancelled,

    /// A note was written.
    NoteAdded,
    /// What a note says was put right.
    NoteCorrected,
    /// A note may be read by more people, or by fewer.
    NoteVisibilityChanged,

    /// What an entry says was put right.
    EntryCorrected,
    /// An entry was taken back.
    EntryRetracted,
    /// An entry was moved away, to the student whom it is about.
    EntryMovedToStudent,
    /// An entry about the student was moved here, from the case of another.
    EntryMovedFromStudent,

    /// Somebody opened the case in an emergency.
    AccessOverridden,
    /// An override was reviewed.
    OverrideReviewed,
    /// The student was erased.
    CaseErased,

    /// A mentor was asked to call home, since the student was absent.
    CallHomeRequested,
    /// The family was reached, as a follow-up had asked for.
    CallHomeMade,
    /// It was decided whose notes a mentor may read.
    NotesHandedOver,
    /// The family asked for an entry to be amended.
    AmendmentRequested,
    /// What the family asked for was agreed to.
    AmendmentAgreed,
    /// What the family asked for was refused; it may ask for a hearing.
    AmendmentRefused,
    /// A hearing about a refusal was held.
    HearingHeld,
    /// The family's statement was put beside the entry.
    StatementAttached,
    /// The family took its request back.
    AmendmentWithdrawn,
}

impl DomainEvent for CaseEvent {
    fn event_type(&self) -> String {
        <&str>::from(self).to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}
