//! Interventions: planned, started, delivered session by session, adjusted, ended.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Case, CaseError};
use crate::{InterventionId, Stamp};

mod adjust_intervention;
mod complete_intervention;
mod discontinue_intervention;
mod dosage;
mod kind;
mod log_session;
mod pause_intervention;
mod plan_intervention;
mod resume_intervention;
mod session;
mod start_intervention;

pub use adjust_intervention::{AdjustIntervention, InterventionAdjusted, InterventionAdjustment};
pub use complete_intervention::{CompleteIntervention, InterventionCompleted, InterventionCompletion};
pub use discontinue_intervention::{
    DiscontinueIntervention, DiscontinueReason, InterventionDiscontinuation, InterventionDiscontinued,
};
pub use dosage::{Dosage, SessionsPerWeek};
pub use kind::{Delivery, InterventionKind};
pub use log_session::{LogSession, SessionLogged};
pub use pause_intervention::{InterventionPaused, PauseIntervention};
pub use plan_intervention::{InterventionPlan, InterventionPlanned, PlanIntervention};
pub use resume_intervention::{InterventionResumed, ResumeIntervention};
pub use session::{Session, SessionOutcome};
pub use start_intervention::{InterventionStart, InterventionStarted, StartIntervention};

/// Where an intervention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InterventionStatus {
    /// Not begun.
    Planned,
    /// Delivered.
    Active,
    /// Interrupted.
    Paused,
    /// Ended as planned.
    Completed,
    /// Ended early, or never begun.
    Discontinued,
}

/// How an intervention went, as far as later decisions ask.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Course {
    status: InterventionStatus,
    started_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
}

impl Course {
    /// Whether it was started and has not ended.
    pub(super) fn runs(&self) -> bool {
        matches!(self.status, InterventionStatus::Active | InterventionStatus::Paused)
    }

    fn ended(&self) -> bool {
        matches!(self.status, InterventionStatus::Completed | InterventionStatus::Discontinued)
    }

    /// Refuses a day that is no end for it: one to come, or one before its start.
    fn ensure_end(&self, on: NaiveDate, stamp: &Stamp) -> Result<(), CaseError> {
        super::ensure_past(on, stamp.today(), CaseError::InterventionInFuture)?;
        match self.started_on {
            Some(start) if on < start => Err(CaseError::InterventionEndsBeforeStart),
            _ => Ok(()),
        }
    }
}

impl Case {
    fn intervention(&self, intervention: InterventionId) -> Result<Course, CaseError> {
        self.ensure_open()?;
        self.interventions.get(&intervention).copied().ok_or(CaseError::NoSuchIntervention)
    }

    /// The intervention, unless it has ended.
    fn unended_intervention(&self, intervention: InterventionId) -> Result<Course, CaseError> {
        let course = self.intervention(intervention)?;
        if course.ended() { Err(CaseError::InterventionEnded) } else { Ok(course) }
    }

    fn intervention_is(&mut self, intervention: InterventionId, status: InterventionStatus) {
        if let Some(course) = self.interventions.get_mut(&intervention) {
            course.status = status;
        }
    }

    fn intervention_ended(&mut self, intervention: InterventionId, status: InterventionStatus, on: NaiveDate) {
        if let Some(course) = self.interventions.get_mut(&intervention) {
            *course = Course { status, ended_on: Some(on), ..*course };
        }
    }
}

#[cfg(test)]
pub(super) mod given;
