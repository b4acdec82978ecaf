//! The support plan's own life: drafted, submitted, approved, reviewed, ended.
use domain::case::{
    ApprovePlan, CompletePlan, DraftPlan, HoldPlan, PlanApproval, PlanCompletion, PlanDraft, PlanReview, ResumePlan,
    ReturnPlan, ReviewPlan, RevokePlan, SubmitPlan,
};

use super::{declare::changes, reason::Reason};

changes! { in "support plan";
    /// Draft a support plan, or put another summary into the draft.
    draft_plan: DraftPlan, post "/plan/draft", body PlanDraft => Changed; |draft| DraftPlan(draft)
    /// Submit the draft for approval.
    submit_plan: SubmitPlan, post "/plan/submission" => Changed; | | SubmitPlan
    /// Approve the submitted plan.
    approve_plan: ApprovePlan, post "/plan/approval", body PlanApproval => Changed;
        |approval| ApprovePlan(approval)
    /// Return the submitted plan: it is a draft again.
    return_plan: ReturnPlan, post "/plan/return", body Reason => Changed;
        |said| ReturnPlan { reason: said.reason }
    /// Review the active plan.
    review_plan: ReviewPlan, post "/plan/review", body PlanReview => Changed;
        |review| ReviewPlan(review)
    /// Let the plan wait.
    hold_plan: HoldPlan, post "/plan/hold", body Reason => Changed;
        |said| HoldPlan { reason: said.reason }
    /// Follow a waiting plan again.
    resume_plan: ResumePlan, post "/plan/resumption", body Reason => Changed;
        |said| ResumePlan { reason: said.reason }
    /// Take the plan back.
    revoke_plan: RevokePlan, post "/plan/revocation", body Reason => Changed;
        |said| RevokePlan { reason: said.reason }
    /// Say that the plan was fulfilled.
    complete_plan: CompletePlan, post "/plan/completion", body PlanCompletion => Changed;
        |completion| CompletePlan(completion)
}
