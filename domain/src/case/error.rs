//! The rules of a case, by the name of their breach.
use strum::{EnumIter, IntoStaticStr};

use crate::{Kind, Reject};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum CaseError {
    /// No case was ever opened for the student.
    #[error("no case was opened for this student")]
    NoCase,
    /// Opened by a school that the student does not attend.
    #[error("the student attends another school")]
    StudentAtOtherSchool,
    /// Opened twice.
    #[error("the case is open already")]
    CaseAlreadyOpen,
    /// The case was closed and not opened again.
    #[error("the case is closed: reopen it first")]
    CaseClosed,
    /// Reopening what is open.
    #[error("the case is open: only a closed case is reopened")]
    CaseNotClosed,
    /// Closing a case whose referrals or interventions run.
    #[error("interventions or referrals are still running: end them first")]
    OpenWorkRemains,
    /// A change to what is so already.
    #[error("the student is at this school already")]
    SameSchool,
    /// A change to what is so already.
    #[error("the student has this tier already")]
    SameTier,
    /// A change of school in the future.
    #[error("a change of school is told once it has happened")]
    SchoolChangeInFuture,

    /// No such goal on this case.
    #[error("there is no such goal on this case")]
    NoSuchGoal,
    /// Setting a goal that is no longer a proposal.
    #[error("only a proposed goal is set")]
    GoalNotProposed,
    /// The goal is not pursued at present.
    #[error("the goal is not active")]
    GoalNotActive,
    /// Measuring by hand what an indicator measures.
    #[error("the goal is measured by an indicator: revise it to measure it by hand")]
    GoalMeasuredByIndicator,
    /// Resuming a goal that does not wait.
    #[error("the goal is not on hold")]
    GoalNotOnHold,
    /// The goal has ended.
    #[error("the goal was completed or cancelled")]
    GoalEnded,
    /// The target lies on the wrong side of the baseline.
    #[error("the target lies against the goal's direction, seen from the baseline")]
    TargetAgainstDirection,
    /// Due before it starts.
    #[error("a goal is due after the day on which it starts")]
    GoalDueBeforeStart,
    /// Measured in the future.
    #[error("progress is told once it was measured")]
    ProgressInFuture,

    /// No such follow-up on this case.
    #[error("there is no such follow-up on this case")]
    NoSuchFollowUp,
    /// The follow-up has ended.
    #[error("the follow-up was completed or cancelled")]
    FollowUpNotOpen,
    /// Due before today.
    #[error("a follow-up is due today or later")]
    DueInPast,
    /// A change to what is so already.
    #[error("the follow-up is this person's already")]
    SameOwner,
    /// A change to what is so already.
    #[error("the follow-up is due on this day already")]
    SameDueDate,

    /// No such need on this case.
    #[error("there is no such need on this case")]
    NoSuchNeed,
    /// Resolved twice.
    #[error("the need was resolved already")]
    NeedResolvedAlready,

    /// The student has no plan yet.
    #[error("no plan was drafted for this student")]
    NoPlan,
    /// Drafting a plan beside one that is submitted or followed.
    #[error("a plan is awaiting approval or being followed: end it before drafting another")]
    PlanUnderWay,
    /// Submitting what is no draft.
    #[error("the plan is no draft")]
    PlanNotDraft,
    /// Submitting a plan that pursues nothing.
    #[error("a plan needs a goal that is proposed or pursued")]
    PlanWithoutGoal,
    /// Approving or returning what was not submitted.
    #[error("the plan does not await approval")]
    PlanNotSubmitted,
    /// The plan is not followed at present.
    #[error("the plan is not active")]
    PlanNotActive,
    /// Resuming a plan that does not wait.
    #[error("the plan is not on hold")]
    PlanNotOnHold,
    /// The plan has ended.
    #[error("the plan was completed or revoked")]
    PlanEnded,
    /// The next review is not in the future.
    #[error("the next review of a plan lies after today")]
    ReviewNotAhead,

    /// No such intervention on this case.
    #[error("there is no such intervention on this case")]
    NoSuchIntervention,
    /// An intervention for more goals than anybody can keep in view.
    #[error("an intervention serves at most 20 goals")]
    TooManyGoals,
    /// Ending before it starts.
    #[error("an intervention ends on the day on which it starts, or later")]
    InterventionEndsBeforeStart,
    /// A start or an end to come.
    #[error("the start and the end of an intervention are told once they have come")]
    InterventionInFuture,
    /// Starting what is not merely planned.
    #[error("the intervention was started already")]
    InterventionNotPlanned,
    /// The intervention was never started.
    #[error("the intervention was not started")]
    InterventionNotStarted,
    /// Interrupting what is not being delivered.
    #[error("the intervention is not active")]
    InterventionNotActive,
    /// Taking up what was not interrupted.
    #[error("the intervention is not paused")]
    InterventionNotPaused,
    /// The intervention has ended.
    #[error("the intervention was completed or discontinued")]
    InterventionEnded,
    /// A session without its length.
    #[error("a session that was held says how many minutes it took")]
    SessionWithoutMinutes,
    /// The length of a session that was not held.
    #[error("only a session that was held has minutes")]
    MinutesWithoutSession,
    /// Held in the future.
    #[error("a session is told once its day has come")]
    SessionInFuture,
    /// Held before the intervention started.
    #[error("the session lies before the start of its intervention")]
    SessionBeforeStart,
    /// Held after the intervention ended.
    #[error("the session lies after the end of its intervention")]
    SessionAfterEnd,

    /// No such assignment on this case.
    #[error("there is no such mentor assignment on this case")]
    NoSuchAssignment,
    /// The assignment has ended.
    #[error("the mentor's assignment has ended already")]
    AssignmentEnded,
    /// Assigning a second primary mentor.
    #[error("the student has a primary mentor: end that assignment or reassign it")]
    PrimaryMentorAssigned,
    /// Assigning a mentor a second time.
    #[error("this person mentors the student already")]
    AlreadyMentor,
    /// Taking over from somebody who is no mentor of the student.
    #[error("this person does not mentor the student")]
    NotMentorOfStudent,
    /// Handing a mentor's own notes over to the same mentor.
    #[error("one's own notes are open without being handed over")]
    HandoverOfOwnNotes,
    /// A beginning or an end to come.
    #[error("the beginning and the end of an assignment are told once they have come")]
    AssignmentInFuture,
    /// Ending before it began.
    #[error("an assignment ends on the day on which it began, or later")]
    AssignmentEndBeforeStart,
    /// Made in the future.
    #[error("a contact is told once its day has come")]
    ContactInFuture,

    /// No such consent on this case.
    #[error("there is no such consent on this case")]
    NoSuchConsent,
    /// The consent was withdrawn or has expired.
    #[error("the consent was withdrawn or has expired")]
    ConsentNotInForce,
    /// Signed, refused or withdrawn in the future.
    #[error("consent is told once it was given, refused or withdrawn")]
    ConsentInFuture,
    /// Expired before it began.
    #[error("a consent does not expire before it was signed")]
    ConsentExpiresBeforeSigned,

    /// No such referral on this case.
    #[error("there is no such referral on this case")]
    NoSuchReferral,
    /// Sending what was sent.
    #[error("only a draft is sent to a partner")]
    ReferralNotDraft,
    /// The partner's answer is not awaited.
    #[error("the referral is not with a partner for an answer")]
    ReferralNotRequested,
    /// The partner has not taken the referral on.
    #[error("the partner has not accepted the referral")]
    ReferralNotAccepted,
    /// Starting what started.
    #[error("the partner's service has begun already")]
    ServiceAlreadyStarted,
    /// The referral waits.
    #[error("the referral is on hold: resume it first")]
    ReferralOnHold,
    /// Resuming a referral that does not wait.
    #[error("the referral is not on hold")]
    ReferralNotOnHold,
    /// The referral has ended.
    #[error("the referral was completed, rejected, cancelled or failed")]
    ReferralEnded,
    /// Sharing data without consent.
    #[error("no consent in force covers the data that the referral shares with this partner")]
    ConsentMissing,
    /// A change to what is so already.
    #[error("the referral is with this partner already")]
    SamePartner,
    /// Service in the future.
    #[error("a service is told once it has begun or ended")]
    ServiceInFuture,

    /// Repairing as a note what is none.
    #[error("the entry is no note")]
    NotANote,
    /// A change to what is so already.
    #[error("the note has this visibility already")]
    SameVisibility,
    /// Repairing what is no longer there.
    #[error("the entry was retracted or moved to another student")]
    EntryNotCurrent,
    /// A correction that changes nothing.
    #[error("the correction says what the entry says already")]
    NothingCorrected,
    /// A correction to another kind of thing.
    #[error("a correction keeps the kind of the entry: retract it and write another")]
    KindChanged,
    /// Moving an entry to where it is.
    #[error("the entry is on this student's case already")]
    SameStudent,
    /// Moving a session or progress without saying what it belongs to.
    #[error("a session moves to an intervention of the other student, progress to a goal")]
    AttachmentMissing,
    /// Correcting, retracting or moving what has an end of its own.
    #[error("this entry is cancelled, withdrawn or ended, not corrected, retracted or moved")]
    EntryHasItsOwnEnd,

    /// An override of more than a working day.
    #[error("an override lasts eight hours at most")]
    OverrideTooLong,
    /// No such override on this case.
    #[error("there is no such override on this case")]
    NoSuchOverride,
    /// Reviewing one's own override.
    #[error("an override is reviewed by somebody else")]
    OwnOverride,
    /// Reviewing an override twice.
    #[error("the override was reviewed already")]
    OverrideReviewedAlready,

    /// No such request on this case.
    #[error("there is no such request for amendment on this case")]
    NoSuchAmendment,
    /// The request has ended.
    #[error("the request was agreed to, taken back, or ended with the family's statement")]
    AmendmentEnded,
    /// Refusing what was decided.
    #[error("the request was decided already")]
    AmendmentDecided,
    /// A hearing or a statement about what was not refused.
    #[error("a hearing is held, and a statement put beside the entry, once the request was refused")]
    AmendmentNotRefused,
    /// A second hearing.
    #[error("a hearing was held already")]
    HearingHeldAlready,
    /// A request, hearing or statement to come.
    #[error("a request, a hearing or a statement is told once its day has come")]
    AmendmentInFuture,
    /// A decision that changes another entry than the one that was asked about.
    #[error("the entry that is put right is not the one that the request is about")]
    AnotherEntryAmended,
}

impl CaseError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for CaseError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoCase
            | Self::NoSuchGoal
            | Self::NoSuchFollowUp
            | Self::NoSuchNeed
            | Self::NoPlan
            | Self::NoSuchIntervention
            | Self::NoSuchAssignment
            | Self::NoSuchConsent
            | Self::NoSuchReferral
            | Self::NoSuchOverride
            | Self::NoSuchAmendment => Kind::NotFound,
            _ => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn what_does_not_exist_is_not_found() {
        for error in CaseError::iter().filter(|error| error.code().starts_with("no-such-")) {
            assert_eq!(error.kind(), Kind::NotFound, "{error:?}");
        }
    }
}
