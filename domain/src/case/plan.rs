//! The support plan: drafted, submitted, approved, reviewed, ended. A student has one at a time.
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use super::{Case, CaseError};
use crate::PlanId;

mod approve_plan;
mod complete_plan;
mod draft_plan;
mod hold_plan;
mod resume_plan;
mod return_plan;
mod review_plan;
mod revoke_plan;
mod submit_plan;

pub use approve_plan::{ApprovePlan, PlanApproval, PlanApproved};
pub use complete_plan::{CompletePlan, PlanCompleted, PlanCompletion};
pub use draft_plan::{DraftPlan, PlanDraft, PlanDrafted};
pub use hold_plan::{HoldPlan, PlanPutOnHold};
pub use resume_plan::{PlanResumed, ResumePlan};
pub use return_plan::{PlanReturned, ReturnPlan};
pub use review_plan::{PlanReview, PlanReviewed, ReviewPlan};
pub use revoke_plan::{PlanRevoked, RevokePlan};
pub use submit_plan::{PlanSubmitted, SubmitPlan};

/// Where a support plan stands (FHIR CarePlan, status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PlanStatus {
    /// Being written, for the first time or after it was returned.
    Draft,
    /// Awaiting approval.
    Submitted,
    /// Approved, and followed.
    Active,
    /// Waiting.
    OnHold,
    /// Ended as planned.
    Completed,
    /// Withdrawn.
    Revoked,
}

/// The latest plan of a student.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct LatestPlan {
    plan: PlanId,
    status: PlanStatus,
}

impl Case {
    fn latest_plan(&self) -> Result<LatestPlan, CaseError> {
        self.ensure_open()?;
        self.plan.ok_or(CaseError::NoPlan)
    }

    /// The plan, if it stands there; `otherwise` it is refused, unless it has ended altogether.
    fn plan_that_is(&self, status: PlanStatus, otherwise: CaseError) -> Result<PlanId, CaseError> {
        let latest = self.latest_plan()?;
        match latest.status {
            now if now == status => Ok(latest.plan),
            PlanStatus::Completed | PlanStatus::Revoked => Err(CaseError::PlanEnded),
            _ => Err(otherwise),
        }
    }

    fn plan_is(&mut self, plan: PlanId, status: PlanStatus) {
        self.plan = Some(LatestPlan { plan, status });
    }
}

#[cfg(test)]
mod given {
    use uuid::Uuid;

    use super::*;
    use crate::case::{CaseEvent, GoalProposal, GoalProposed, given::*};

    /// The plan of these tests.
    pub fn plan() -> PlanId {
        Uuid::from_u128(30).into()
    }

    /// A case with a draft, and a goal put forward.
    pub fn drafted() -> Vec<CaseEvent> {
        let proposal = GoalProposal { description: text("come every day"), visibility: Default::default() };
        let draft = PlanDraft { summary: text("mentoring and an earlier bus") };
        vec![
            opened(),
            GoalProposed { goal: Uuid::from_u128(40).into(), proposal }.into(),
            PlanDrafted { plan: plan(), draft }.into(),
        ]
    }

    /// A case with a plan awaiting approval.
    pub fn submitted() -> Vec<CaseEvent> {
        [drafted(), vec![PlanSubmitted { plan: plan() }.into()]].concat()
    }

    /// A case with an active plan.
    pub fn active() -> Vec<CaseEvent> {
        let approval = PlanApproval { next_review_on: march(31), note: None };
        [submitted(), vec![PlanApproved { plan: plan(), approval }.into()]].concat()
    }

    /// A case whose plan waits.
    pub fn on_hold() -> Vec<CaseEvent> {
        [active(), vec![PlanPutOnHold { plan: plan(), reason: text("in hospital") }.into()]].concat()
    }

    /// A case whose plan was withdrawn.
    pub fn revoked() -> Vec<CaseEvent> {
        [active(), vec![PlanRevoked { plan: plan(), reason: text("the family withdrew") }.into()]].concat()
    }
}
