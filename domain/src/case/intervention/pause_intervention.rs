//! Interrupting an intervention.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::InterventionStatus;
use crate::{
    Decide, InterventionId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Interrupt an active intervention.
#[derive(Debug, Clone)]
pub struct PauseIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// Why.
    pub reason: Text,
}

/// An intervention was interrupted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionPaused {
    /// The intervention.
    pub intervention: InterventionId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for PauseIntervention {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.unended_intervention(self.intervention)?.status {
            InterventionStatus::Active => {
                Ok(vec![InterventionPaused { intervention: self.intervention, reason: self.reason.clone() }.into()])
            }
            _ => Err(CaseError::InterventionNotActive),
        }
    }
}

impl Fact for InterventionPaused {
    fn apply(self, case: &mut Case) {
        case.intervention_is(self.intervention, InterventionStatus::Paused);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn pause() -> PauseIntervention {
        PauseIntervention { intervention: intervention(), reason: text("in hospital") }
    }

    #[test]
    fn an_active_intervention_is_interrupted() {
        let interrupted = InterventionPaused { intervention: intervention(), reason: text("in hospital") };
        given(active()).when(pause()).then_expect_events(vec![interrupted.into()]);
    }

    #[test]
    fn only_an_active_intervention_is_interrupted() {
        given(planned()).when(pause()).then_expect_error(CaseError::InterventionNotActive);
        given(paused()).when(pause()).then_expect_error(CaseError::InterventionNotActive);
        given(completed()).when(pause()).then_expect_error(CaseError::InterventionEnded);
    }
}
