//! Completing an intervention.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::InterventionStatus;
use crate::{
    Decide, InterventionId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact},
};

/// How an intervention ended as planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-06-26", "note": "Comes by without being asked."}))]
pub struct InterventionCompletion {
    /// The last day.
    pub on: NaiveDate,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// End an intervention as planned.
#[derive(Debug, Clone)]
pub struct CompleteIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// How it ended.
    pub completion: InterventionCompletion,
}

/// An intervention ended as planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionCompleted {
    /// The intervention.
    pub intervention: InterventionId,
    /// How it ended.
    pub completion: InterventionCompletion,
}

impl Decide<Case> for CompleteIntervention {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        let course = case.unended_intervention(self.intervention)?;
        if !course.runs() {
            return Err(CaseError::InterventionNotStarted);
        }
        course.ensure_end(self.completion.on, stamp)?;
        Ok(vec![InterventionCompleted { intervention: self.intervention, completion: self.completion.clone() }.into()])
    }
}

impl Fact for InterventionCompleted {
    fn apply(self, case: &mut Case) {
        case.intervention_ended(self.intervention, InterventionStatus::Completed, self.completion.on);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.completion.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn complete(on: NaiveDate) -> CompleteIntervention {
        CompleteIntervention { intervention: intervention(), completion: InterventionCompletion { on, note: None } }
    }

    #[test]
    fn an_intervention_that_runs_is_completed() {
        for past in [active(), paused()] {
            let CompleteIntervention { intervention, completion } = complete(march(2));
            let ended = InterventionCompleted { intervention, completion };
            given(past).when(complete(march(2))).then_expect_events(vec![ended.into()]);
        }
    }

    #[test]
    fn an_intervention_is_completed_once_and_after_it_was_started() {
        given(planned()).when(complete(march(2))).then_expect_error(CaseError::InterventionNotStarted);
        given(completed()).when(complete(march(2))).then_expect_error(CaseError::InterventionEnded);
    }

    #[test]
    fn the_end_is_told_once_it_has_come() {
        given(active()).when(complete(march(3))).then_expect_error(CaseError::InterventionInFuture);
    }

    #[test]
    fn the_end_does_not_lie_before_the_start() {
        let february = march(1).pred_opt().expect("a date");
        given(active()).when(complete(february)).then_expect_error(CaseError::InterventionEndsBeforeStart);
    }
}
