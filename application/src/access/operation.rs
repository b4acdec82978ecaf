//! The operations that change a case, by the names under which the contract knows them.
use domain::case::{
    AmendmentStatus as Amendment, GoalStatus, InterventionStatus as Intervention, NeedStatus, PlanStatus,
    ReferralStatus as Referral,
};
use serde::{Deserialize, Serialize};
use strum::{Display, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::Act;
use crate::view::{CaseStatus, ConsentStatus, Content, FollowUpStatus};

macro_rules! operations {
    ($($act:ident: $($operation:ident)+;)+) => {
        /// An operation that changes a case.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Display, IntoStaticStr, VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        #[expect(missing_docs, reason = "each is documented where the contract describes it")]
        pub enum Operation { $($($operation),+),+ }

        impl Operation {
            /// The kind of act that it is.
            pub fn act(self) -> Act {
                match self { $($(Self::$operation)|+ => Act::$act),+ }
            }
        }
    };
}

operations! {
    Lead: OpenCase ChangeSchool ChangeTier CloseCase ReopenCase
        DraftPlan SubmitPlan HoldPlan ResumePlan RevokePlan CompletePlan
        PlanIntervention StartIntervention AdjustIntervention PauseIntervention ResumeIntervention
        CompleteIntervention DiscontinueIntervention
        AssignMentor EndMentorAssignment ReassignMentees RecordRiskBand RequestCallHome WithdrawCallHome;
    Refer: DraftReferral RequestReferral HoldReferral ResumeReferral ForwardReferral CancelReferral
        GiveConsent RefuseConsent WithdrawConsent;
    SetGoals: IdentifyNeed ResolveNeed NoteStrength ProposeGoal SetGoal ReviseGoal HoldGoal ResumeGoal CloseGoal CancelGoal;
    LogSupport: LogSession LogGroupSession LogContact MeasureProgress
        RequestFollowUp ReassignFollowUp RescheduleFollowUp CompleteFollowUp CancelFollowUp
        AddNote CorrectNote ChangeNoteVisibility CorrectEntry RetractEntry MoveEntry;
    Supervise: HandOverNotes;
    ApprovePlan: ApprovePlan ReturnPlan ReviewPlan;
    AnswerReferral: AcceptReferral RejectReferral StartService CompleteReferral FailReferral;
    Override: OverrideAccess;
    ReviewOverride: ReviewOverride;
    Amend: RequestAmendment AgreeToAmendment RefuseAmendment AttachStatement WithdrawAmendment;
    Hear: RecordHearing;
}

impl Operation {
    /// Whether people carry it out; the others the server does by itself.
    pub fn is_offered(self) -> bool {
        !matches!(self, Self::RecordRiskBand | Self::RequestCallHome | Self::WithdrawCallHome)
    }
}

/// What can be done next with a case, apart from its entries.
pub fn next_with_case(status: CaseStatus, has_plan: bool) -> Vec<Operation> {
    use Operation::*;
    match status {
        CaseStatus::Closed => vec![ReopenCase],
        CaseStatus::Open => {
            let mut next = vec![
                ChangeSchool,
                ChangeTier,
                CloseCase,
                IdentifyNeed,
                NoteStrength,
                ProposeGoal,
                PlanIntervention,
                AssignMentor,
                LogContact,
                DraftReferral,
                GiveConsent,
                RefuseConsent,
                RequestFollowUp,
                AddNote,
            ];
            next.extend((!has_plan).then_some(DraftPlan));
            next
        }
    }
}

/// What can be done next with an entry of an open case.
pub fn next_with(content: &Content) -> &'static [Operation] {
    use Operation::*;
    match content {
        Content::Need(need) if need.status == NeedStatus::Open => &[ResolveNeed, CorrectEntry, RetractEntry, MoveEntry],
        Content::Plan(plan) => match plan.status {
            PlanStatus::Draft => &[DraftPlan, SubmitPlan, RevokePlan],
            PlanStatus::Submitted => &[ApprovePlan, ReturnPlan, RevokePlan],
            PlanStatus::Active => &[ReviewPlan, HoldPlan, CompletePlan, RevokePlan],
            PlanStatus::OnHold => &[ResumePlan, RevokePlan],
            PlanStatus::Completed | PlanStatus::Revoked => &[],
        },
        Content::Goal(goal) => match goal.status {
            GoalStatus::Proposed => &[SetGoal, CancelGoal],
            GoalStatus::Active => &[MeasureProgress, ReviseGoal, HoldGoal, CloseGoal, CancelGoal],
            GoalStatus::OnHold => &[ResumeGoal, CloseGoal, CancelGoal],
            GoalStatus::Completed | GoalStatus::Cancelled => &[],
        },
        Content::Intervention(intervention) => match intervention.status {
            Intervention::Planned => &[StartIntervention, AdjustIntervention, DiscontinueIntervention],
            Intervention::Active => {
                &[LogSession, AdjustIntervention, PauseIntervention, CompleteIntervention, DiscontinueIntervention]
            }
            Intervention::Paused => &[LogSession, ResumeIntervention, CompleteIntervention, DiscontinueIntervention],
            Intervention::Completed | Intervention::Discontinued => &[LogSession],
        },
        Content::MentorAssignment(assignment) if assignment.end.is_none() => {
            &[EndMentorAssignment, ReassignMentees, HandOverNotes]
        }
        Content::Referral(referral) => match referral.status {
            Referral::Draft => &[RequestReferral, CancelReferral],
            Referral::Requested => {
                &[AcceptReferral, RejectReferral, HoldReferral, ForwardReferral, FailReferral, CancelReferral]
            }
            Referral::Accepted => {
                &[StartService, HoldReferral, ForwardReferral, CompleteReferral, FailReferral, CancelReferral]
            }
            Referral::InProgress => &[HoldReferral, ForwardReferral, CompleteReferral, FailReferral, CancelReferral],
            Referral::OnHold => &[ResumeReferral, ForwardReferral, FailReferral, CancelReferral],
            Referral::Completed | Referral::Rejected | Referral::Cancelled | Referral::Failed => &[],
        },
        Content::Consent(consent) if consent.status == ConsentStatus::Given => &[WithdrawConsent],
        Content::FollowUp(follow_up) if follow_up.status == FollowUpStatus::Open => &[
            CompleteFollowUp,
            ReassignFollowUp,
            RescheduleFollowUp,
            CancelFollowUp,
            CorrectEntry,
            RetractEntry,
            MoveEntry,
        ],
        Content::Amendment(amendment) => match amendment.status {
            Amendment::Requested => &[AgreeToAmendment, RefuseAmendment, WithdrawAmendment],
            Amendment::Refused => &[AgreeToAmendment, RecordHearing, AttachStatement, WithdrawAmendment],
            Amendment::Ordered => &[AgreeToAmendment, WithdrawAmendment],
            Amendment::Upheld => &[AgreeToAmendment, AttachStatement, WithdrawAmendment],
            Amendment::Agreed | Amendment::Withdrawn | Amendment::Stated => &[],
        },
        Content::Note(_) => &[CorrectNote, ChangeNoteVisibility, RetractEntry, MoveEntry],
        Content::Strength(_) | Content::Session(_) | Content::Contact(_) | Content::Progress(_) => {
            &[CorrectEntry, RetractEntry, MoveEntry]
        }
        _ => &[],
    }
}
