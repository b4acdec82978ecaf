//! Goals and the progress towards them, as the views tell them.
use chrono::NaiveDate;
use domain::{
    GoalId, ProgressId, Text, Visibility,
    case::{
        GoalCancelled, GoalClosed, GoalClosure, GoalProposal, GoalProposed, GoalPutOnHold, GoalResumed, GoalRevised,
        GoalSet, GoalStatus, Measurement, ProgressMeasured, Quantity, Target,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entered, code, spoken, unfold};

/// How many measurements a goal keeps beside itself; all of them are entries of their own.
const MEASUREMENTS_KEPT: usize = 30;

/// A goal as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GoalRecord {
    /// What is to be achieved.
    pub description: Text,
    /// Who may read it.
    pub visibility: Visibility,
    /// Where it stands.
    pub status: GoalStatus,
    /// What it is measured by, once it was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The latest measurements, by day.
    #[serde(default)]
    pub measurements: Vec<Measured>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closure: Option<GoalClosure>,
    /// Why it waits or was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// One measurement of a goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Measured {
    /// The measurement's own entry.
    pub progress: ProgressId,
    /// The day.
    pub on: NaiveDate,
    /// The amount, in the goal's unit.
    pub value: Quantity,
}

/// A measurement as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProgressRecord {
    /// The goal.
    pub goal: GoalId,
    /// What was measured.
    pub measurement: Measurement,
    /// Who may read it: those who may read the goal.
    pub visibility: Visibility,
}

impl GoalRecord {
    /// Takes in a measurement.
    pub fn add(&mut self, progress: ProgressId, measurement: &Measurement) {
        let at = self.measurements.partition_point(|other| other.on <= measurement.on);
        self.measurements.insert(at, Measured { progress, on: measurement.on, value: measurement.value });
        if self.measurements.len() > MEASUREMENTS_KEPT {
            self.measurements.remove(0);
        }
    }

    /// The measurements by hand: the days and the amounts.
    pub fn measured(&self) -> Vec<(NaiveDate, f64)> {
        self.measurements.iter().map(|measured| (measured.on, measured.value.into())).collect()
    }

    /// Drops a measurement.
    pub fn drop(&mut self, progress: ProgressId) {
        self.measurements.retain(|other| other.progress != progress);
    }
}

impl Entered for GoalRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn is_ended(&self) -> bool {
        matches!(self.status, GoalStatus::Completed | GoalStatus::Cancelled)
    }

    fn due_on(&self) -> Option<NaiveDate> {
        self.target.as_ref().map(|target| target.due_on)
    }
}

impl Entered for ProgressRecord {
    fn status(&self) -> String {
        "measured".to_owned()
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn is_ended(&self) -> bool {
        true
    }

    fn is_kept(&self) -> bool {
        false
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.measurement.on)
    }

    fn parent(&self) -> Option<Uuid> {
        Some(self.goal.uuid())
    }
}

unfold! {
    GoalProposed as Goal: |e, file, now| {
        let GoalProposal { description, visibility } = e.proposal.clone();
        let status = GoalStatus::Proposed;
        let (target, measurements, closure, reason) = (None, vec![], None, None);
        file.write(e.goal, now, GoalRecord { description, visibility, status, target, measurements, closure, reason });
    }, says "Goal proposed".into(), Some(&e.proposal.description);

    GoalSet as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| {
            goal.status = GoalStatus::Active;
            goal.target = Some(e.target.clone());
        });
    }, says format!("Goal set: from {} to {} by {}", f64::from(e.target.baseline), f64::from(e.target.target), e.target.due_on),
        Some(&e.target.measure);

    GoalRevised as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| goal.target = Some(e.revision.target.clone()));
    }, says format!("Goal revised: {} by {}", f64::from(e.revision.target.target), e.revision.target.due_on),
        Some(&e.revision.reason);

    ProgressMeasured as Progress: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| goal.add(e.progress, &e.measurement));
        let (goal, measurement, visibility) = (e.goal, e.measurement.clone(), file.visibility_of(e.goal));
        file.write(e.progress, now, ProgressRecord { goal, measurement, visibility });
    }, says format!("Progress measured: {} on {}", f64::from(e.measurement.value), e.measurement.on), e.measurement.note.as_ref();

    GoalPutOnHold as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| {
            goal.status = GoalStatus::OnHold;
            goal.reason = Some(e.reason.clone());
        });
    }, says "Goal put on hold".into(), Some(&e.reason);

    GoalResumed as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| {
            goal.status = GoalStatus::Active;
            goal.reason = None;
        });
    }, says "Goal resumed".into(), Some(&e.reason);

    GoalClosed as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| {
            goal.status = GoalStatus::Completed;
            goal.closure = Some(e.closure.clone());
        });
    }, says format!("Goal closed: {}", spoken(&e.closure.achievement)), e.closure.note.as_ref();

    GoalCancelled as Goal: |e, file, now| {
        file.change(e.goal, now, |goal: &mut GoalRecord| {
            goal.status = GoalStatus::Cancelled;
            goal.reason = Some(e.reason.clone());
        });
    }, says "Goal cancelled".into(), Some(&e.reason);
}
