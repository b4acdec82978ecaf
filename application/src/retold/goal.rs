//! Goals and their progress, told once more.
use domain::{EntryId, GoalId, case::Measurement};
use serde_json::{Value, json};

use super::{Told, again, kind::Kind, said, tale::Tale};

/// So many measurements a goal keeps.
const MEASUREMENTS: usize = 30;

impl Tale {
    /// A goal has one more measurement, and keeps the latest by day.
    pub fn measure(&mut self, goal: GoalId, progress: EntryId, measurement: &Measurement, told: &Told) {
        let measured = json!({"progress": progress, "on": measurement.on, "value": measurement.value});
        self.change(goal, told, |goal| {
            goal.alter("measurements", |all| {
                let mut days: Vec<_> = all.as_array().cloned().unwrap_or_default();
                days.push(measured);
                days.sort_by_key(|day| day["on"].as_str().map(str::to_owned));
                *all = days.split_off(days.len().saturating_sub(MEASUREMENTS)).into();
            });
        });
    }

    /// A measurement was none.
    pub fn unmeasure(&mut self, goal: GoalId, progress: EntryId, told: &Told) {
        self.change(goal, told, |goal| {
            goal.alter("measurements", |all| {
                let all = all.as_array_mut();
                all.into_iter().for_each(|all| all.retain(|day| day["progress"] != json!(progress)));
            });
        });
    }
}

again! {
    GoalProposed is about a goal: |e, tale, told| {
        let proposal = &e.proposal;
        let says = json!({
            "description": proposal.description, "visibility": proposal.visibility, "status": "proposed",
            "measurements": [],
        });
        tale.write(e.goal, Kind::Goal, says, told);
    }, "Goal proposed", e.proposal.description;

    GoalSet is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "status", "active");
        tale.set(e.goal, told, "target", &e.target);
    }, format!(
        "Goal set: from {} to {} by {}", f64::from(e.target.baseline), f64::from(e.target.target), e.target.due_on
    ), e.target.measure;

    GoalRevised is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "target", &e.revision.target);
    }, format!("Goal revised: {} by {}", f64::from(e.revision.target.target), e.revision.target.due_on),
        e.revision.reason;

    ProgressMeasured is about a progress: |e, tale, told| {
        tale.measure(e.goal, e.progress.uuid().into(), &e.measurement, told);
        let visibility = tale.visibility_of(e.goal);
        let says = json!({"goal": e.goal, "measurement": e.measurement, "visibility": visibility});
        tale.write(e.progress, Kind::Progress, says, told);
    }, format!("Progress measured: {} on {}", f64::from(e.measurement.value), e.measurement.on), e.measurement.note;

    GoalPutOnHold is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "status", "on_hold");
        tale.set(e.goal, told, "reason", &e.reason);
    }, "Goal put on hold", e.reason;

    GoalResumed is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "status", "active");
        tale.set(e.goal, told, "reason", Value::Null);
    }, "Goal resumed", e.reason;

    GoalClosed is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "status", "completed");
        tale.set(e.goal, told, "closure", &e.closure);
    }, format!("Goal closed: {}", said(e.closure.achievement)), e.closure.note;

    GoalCancelled is about a goal: |e, tale, told| {
        tale.set(e.goal, told, "status", "cancelled");
        tale.set(e.goal, told, "reason", &e.reason);
    }, "Goal cancelled", e.reason;
}
