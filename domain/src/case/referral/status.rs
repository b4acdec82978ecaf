//! Where a referral stands, and which steps lead on from there.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::CaseError;

/// Where a referral stands (FHIR Task, as the Gravity SDOH project uses it).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "requested")]
pub enum ReferralStatus {
    /// Written, not sent.
    Draft,
    /// Sent; the partner's answer is awaited.
    Requested,
    /// The partner takes it on.
    Accepted,
    /// The partner serves.
    InProgress,
    /// Waiting.
    OnHold,
    /// Ended, with an outcome.
    Completed,
    /// The partner turned it down.
    Rejected,
    /// Taken back.
    Cancelled,
    /// It came to nothing.
    Failed,
}

/// What can be done with a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Request,
    Accept,
    Reject,
    Start,
    Hold,
    Resume,
    Forward,
    Complete,
    Fail,
    Cancel,
}

impl ReferralStatus {
    /// The one table of steps: whether this one is open from here, or the rule against it.
    pub(super) fn allows(self, step: Step) -> Result<(), CaseError> {
        use ReferralStatus::*;
        match (step, self) {
            (_, Completed | Rejected | Cancelled | Failed) => Err(CaseError::ReferralEnded),

            (Step::Request, Draft) => Ok(()),
            (Step::Request, _) => Err(CaseError::ReferralNotDraft),

            (Step::Resume, OnHold) => Ok(()),
            (Step::Resume, _) => Err(CaseError::ReferralNotOnHold),

            (Step::Cancel, _) => Ok(()),

            (Step::Forward | Step::Fail, Requested | Accepted | InProgress | OnHold) => Ok(()),
            (Step::Forward | Step::Fail, Draft) => Err(CaseError::ReferralNotRequested),

            (_, OnHold) => Err(CaseError::ReferralOnHold),

            (Step::Hold, Requested | Accepted | InProgress) => Ok(()),
            (Step::Hold, Draft) => Err(CaseError::ReferralNotRequested),

            (Step::Accept | Step::Reject, Requested) => Ok(()),
            (Step::Accept | Step::Reject, _) => Err(CaseError::ReferralNotRequested),

            (Step::Start, Accepted) => Ok(()),
            (Step::Start, InProgress) => Err(CaseError::ServiceAlreadyStarted),
            (Step::Complete, Accepted | InProgress) => Ok(()),
            (Step::Start | Step::Complete, _) => Err(CaseError::ReferralNotAccepted),
        }
    }
}
