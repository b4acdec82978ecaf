//! Starting a planned intervention.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::InterventionStatus;
use crate::{
    Decide, InterventionId, Stamp,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// When an intervention started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-02"}))]
pub struct InterventionStart {
    /// The day on which it started.
    pub on: NaiveDate,
    /// Whether the day was assumed, because the source of the record did not say.
    #[serde(default)]
    pub date_assumed: bool,
}

/// Say that a planned intervention started.
#[derive(Debug, Clone)]
pub struct StartIntervention {
    /// The intervention.
    pub intervention: InterventionId,
    /// When it started.
    pub start: InterventionStart,
}

/// An intervention started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InterventionStarted {
    /// The intervention.
    pub intervention: InterventionId,
    /// When it started.
    pub start: InterventionStart,
}

impl Decide<Case> for StartIntervention {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        if case.unended_intervention(self.intervention)?.status != InterventionStatus::Planned {
            return Err(CaseError::InterventionNotPlanned);
        }
        ensure_past(self.start.on, stamp.today(), CaseError::InterventionInFuture)?;
        Ok(vec![InterventionStarted { intervention: self.intervention, start: self.start.clone() }.into()])
    }
}

impl Fact for InterventionStarted {
    fn apply(self, case: &mut Case) {
        if let Some(course) = case.interventions.get_mut(&self.intervention) {
            course.status = InterventionStatus::Active;
            course.started_on = Some(self.start.on);
        }
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.start.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::given::*;

    fn start(on: NaiveDate) -> StartIntervention {
        StartIntervention { intervention: intervention(), start: InterventionStart { on, date_assumed: true } }
    }

    #[test]
    fn a_planned_intervention_starts() {
        let StartIntervention { intervention, start: begun } = start(march(2));
        let started = InterventionStarted { intervention, start: begun };
        given(planned()).when(start(march(2))).then_expect_events(vec![started.into()]);
    }

    #[test]
    fn a_start_is_told_once_it_has_come() {
        given(planned()).when(start(march(3))).then_expect_error(CaseError::InterventionInFuture);
    }

    #[test]
    fn only_a_planned_intervention_starts() {
        given([opened()]).when(start(march(2))).then_expect_error(CaseError::NoSuchIntervention);
        given(paused()).when(start(march(2))).then_expect_error(CaseError::InterventionNotPlanned);
        given(completed()).when(start(march(2))).then_expect_error(CaseError::InterventionEnded);
    }
}
