//! Taking up an interrupted intervention.
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::InterventionStatus;
use crate::{
    Decide, InterventionId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// Take up an interrupted intervention.
#[derive(Debug, Clone)]
pub struct ResumeIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// Why.
    pub reason: Text,
}

/// An intervention was taken up again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionResumed {
    /// The intervention.
    pub intervention: InterventionId,
    /// Why.
    pub reason: Text,
}

impl Decide<Case> for ResumeIntervention {
    fn decide(&self, case: &Case, _: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        match case.unended_intervention(self.intervention)?.status {
            InterventionStatus::Paused => {
                Ok(vec![InterventionResumed { intervention: self.intervention, reason: self.reason.clone() }.into()])
            }
            _ => Err(CaseError::InterventionNotPaused),
        }
    }
}

impl Fact for InterventionResumed {
    fn apply(self, case: &mut Case) {
        case.intervention_is(self.intervention, InterventionStatus::Active);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn resume() -> ResumeIntervention {
        ResumeIntervention { intervention: intervention(), reason: text("back from hospital") }
    }

    #[test]
    fn an_interrupted_intervention_is_taken_up() {
        let resumed = InterventionResumed { intervention: intervention(), reason: text("back from hospital") };
        given(paused()).when(resume()).then_expect_events(vec![resumed.into()]);
    }

    #[test]
    fn only_an_interrupted_intervention_is_taken_up() {
        given(active()).when(resume()).then_expect_error(CaseError::InterventionNotPaused);
        given(completed()).when(resume()).then_expect_error(CaseError::InterventionEnded);
    }
}
