//! Measuring progress towards a goal.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Quantity;
use crate::{
    Decide, GoalId, ProgressId, Stamp, Text,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// What was measured, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"on": "2026-03-02", "value": 17, "note": "Three days in the last two weeks."}))]
pub struct Measurement {
    /// The day on which it was measured.
    pub on: NaiveDate,
    /// The amount, in the goal's unit.
    pub value: Quantity,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// Record how far an active goal has come.
#[derive(Debug, Clone)]
pub struct MeasureProgress {
    /// The goal.
    pub goal: GoalId,
    /// What was measured.
    pub measurement: Measurement,
}

/// Progress towards a goal was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgressMeasured {
    /// The measurement.
    pub progress: ProgressId,
    /// The goal.
    pub goal: GoalId,
    /// What was measured.
    pub measurement: Measurement,
}

impl Decide<Case> for MeasureProgress {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.active_goal(self.goal)?;
        if case.goals_by_indicator.contains(&self.goal) {
            return Err(CaseError::GoalMeasuredByIndicator);
        }
        ensure_past(self.measurement.on, stamp.today(), CaseError::ProgressInFuture)?;
        let measurement = self.measurement.clone();
        Ok(vec![ProgressMeasured { progress: stamp.id.into(), goal: self.goal, measurement }.into()])
    }
}

impl Fact for ProgressMeasured {
    fn apply(self, _: &mut Case) {}

    fn entry(&self) -> Option<Uuid> {
        Some(self.progress.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.measurement.on)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::given::*, *};
    use crate::case::{GoalRevised, GoalRevision, GoalSet, given::*};

    fn measurement(on: NaiveDate) -> Measurement {
        Measurement { on, value: 17.0.try_into().expect("a quantity"), note: None }
    }

    fn measure(on: NaiveDate) -> MeasureProgress {
        MeasureProgress { goal: goal(), measurement: measurement(on) }
    }

    #[test]
    fn progress_is_measured() {
        let measured = ProgressMeasured { progress: created(), goal: goal(), measurement: measurement(march(2)) };
        given(active()).when(measure(march(2))).then_expect_events(vec![measured.into()]);
    }

    #[test]
    fn progress_is_not_measured_in_advance() {
        given(active()).when(measure(march(3))).then_expect_error(CaseError::ProgressInFuture);
    }

    #[test]
    fn what_an_indicator_measures_is_not_measured_by_hand_until_it_is_revised() {
        let set = GoalSet { goal: goal(), target: target_by_indicator() }.into();
        let by_indicator = [proposed(), vec![set]].concat();
        given(by_indicator.clone()).when(measure(march(2))).then_expect_error(CaseError::GoalMeasuredByIndicator);
        let revision = GoalRevision { target: target(), reason: text("the files come late") };
        let by_hand = [by_indicator, vec![GoalRevised { goal: goal(), revision }.into()]].concat();
        let measured = ProgressMeasured { progress: created(), goal: goal(), measurement: measurement(march(2)) };
        given(by_hand).when(measure(march(2))).then_expect_events(vec![measured.into()]);
    }

    #[test]
    fn only_an_active_goal_is_measured() {
        given(proposed()).when(measure(march(2))).then_expect_error(CaseError::GoalNotActive);
        given(cancelled()).when(measure(march(2))).then_expect_error(CaseError::GoalEnded);
    }
}
