//! What of an intervention was delivered, against what was planned.
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::NaiveDate;
use domain::{
    GoalId, SchoolCalendar,
    case::GoalStatus,
    progress::{Basis, Point, ToldYears, advise},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Aimline, Listed, Reader};
use crate::view::{CaseFile, Content, GoalRecord, InterventionRecord, Record};

/// Sessions and minutes, planned against delivered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "planned_sessions": 20, "held_sessions": 17, "planned_minutes": 600, "held_minutes": 495,
    "fidelity_percent": 85, "attendance_percent": 94
}))]
pub struct DosageSoFar {
    /// Sessions planned from the start until today or the end: sessions a week, five school days to the week.
    pub planned_sessions: u32,
    /// Sessions held.
    pub held_sessions: u32,
    /// Minutes planned in the same time.
    pub planned_minutes: u32,
    /// Minutes held.
    pub held_minutes: u32,
    /// Sessions held as a share of those planned, in whole percent, rounded down; nothing where none was planned yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fidelity_percent: Option<u32>,
    /// Sessions held as a share of those to which the student could have come, in whole percent, rounded down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance_percent: Option<u32>,
}

impl DosageSoFar {
    /// The dosage of an intervention, seen from `today` at a school with that calendar.
    pub fn of(intervention: &InterventionRecord, calendar: &SchoolCalendar, today: NaiveDate) -> Self {
        let delivered = intervention.delivered;
        let days = school_days(intervention, calendar, today);
        let sessions_per_week = intervention.dosage.map_or(0, |dosage| u8::from(dosage.sessions_per_week));
        let minutes = intervention.dosage.map_or(0, |dosage| u16::from(dosage.minutes));
        let planned = days * u32::from(sessions_per_week) / 5;
        let share = |part: u32, whole: u32| (whole > 0).then(|| part * 100 / whole);
        Self {
            planned_sessions: planned,
            held_sessions: delivered.held,
            planned_minutes: planned * u32::from(minutes),
            held_minutes: delivered.minutes,
            fidelity_percent: share(delivered.held, planned),
            attendance_percent: share(delivered.held, delivered.held + delivered.no_show),
        }
    }
}

/// The school days on which sessions were planned: from the start to today or the end, without the pauses.
fn school_days(intervention: &InterventionRecord, calendar: &SchoolCalendar, today: NaiveDate) -> u32 {
    let Some(from) = intervention.started_on else { return 0 };
    let until = intervention.ended_on.unwrap_or(today).min(today);
    let paused = |day: NaiveDate| intervention.pauses.iter().any(|p| p.from <= day && p.until.is_none_or(|u| day < u));
    let days = from.iter_days().take_while(|&day| day <= until);
    days.filter(|&day| calendar.is_school_day(day) && !paused(day)).map(|_| 1).sum()
}

/// An intervention with its delivery and the goals that it serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
        "intervention": {
            "plan": {
                "kind": "check_and_connect", "what": "Check & Connect, every morning", "tier": 2, "delivery": "individual",
                "dosage": {"sessions_per_week": 3, "minutes": 15}, "goals": ["0192a000-0000-7000-8000-000000000041"],
                "starts_on": "2026-01-12", "visibility": "team"
            },
            "status": "active", "dosage": {"sessions_per_week": 3, "minutes": 15}, "started_on": "2026-01-12",
            "date_assumed": false, "pauses": [],
            "delivered": {"held": 17, "no_show": 2, "cancelled": 0, "minutes": 255, "last_held_on": "2026-02-27"}
        },
        "dosage": {
            "planned_sessions": 21, "held_sessions": 17, "planned_minutes": 315, "held_minutes": 255,
            "fidelity_percent": 80, "attendance_percent": 89
        },
        "goals": []
}))]
pub struct InterventionTracking {
    /// The intervention.
    pub intervention: InterventionRecord,
    /// What was delivered, against what was planned.
    pub dosage: DosageSoFar,
    /// The goals that it serves, as far as they are current, with their aimlines.
    pub goals: Vec<Listed<GoalProgress>>,
}

/// A goal's progress.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GoalProgress {
    /// The goal.
    pub goal: GoalRecord,
    /// Where it should be, and where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aimline: Option<Aimline>,
    /// What the measurements say against the aimline, by which rule and on which points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub progress: Option<Basis>,
    /// Where an indicator measures the goal: what it came to, week by week, also where that is unknown. Who may not read the
    /// student's attendance, conduct and grades gets none, nor what follows from them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
}

/// What the district's systems tell of the student, for goals that are measured by it; nothing where the reader may not
/// know it.
pub type Told<'a> = Option<(&'a ToldYears, NaiveDate)>;

/// The reader's look with what indicators say of `goals`, which changes without the case.
pub fn look_at_goals<'g>(reader: &Reader, goals: impl IntoIterator<Item = &'g Listed<GoalProgress>>) -> u64 {
    let points = goals.into_iter().flat_map(|goal| &goal.content.points);
    let points: Vec<_> = points.map(|point| (point.on, point.value.map(f64::to_bits), point.unknown)).collect();
    if points.is_empty() {
        return reader.look();
    }
    let mut hasher = DefaultHasher::new();
    (reader.look(), points).hash(&mut hasher);
    hasher.finish()
}

impl GoalProgress {
    /// The progress of a goal of `file`, seen by `reader`. An intervention that serves it and was not given as it was meant
    /// comes first: of several the one with the lowest fidelity, of those that the reader may see.
    pub fn of(goal: &GoalRecord, id: GoalId, file: &CaseFile, reader: &Reader, told: Told<'_>) -> Self {
        let serves = |record: &&Record| match &record.content {
            Content::Intervention(intervention) => !record.content.is_ended() && intervention.plan.goals.contains(&id),
            _ => false,
        };
        let fidelity = |record: &Record| match &record.content {
            Content::Intervention(given) => DosageSoFar::of(given, &reader.calendar, reader.today).fidelity_percent,
            _ => None,
        };
        let open = file.records.values().filter(|record| reader.opens(record)).filter(serves);
        let fidelity = open.filter_map(fidelity).min();
        let indicator = goal.target.as_ref().and_then(|target| Some((target, target.indicator?)));
        let points = indicator.zip(told).map(|((target, by), (told, until))| by.points(target, told, until));
        let points = points.unwrap_or_default();
        let measured = match indicator {
            Some(_) => points.iter().filter_map(|point| Some((point.on, point.value?))).collect(),
            None => goal.measured(),
        };
        let judged = |target| advise(target, &measured, fidelity);
        let pursued = goal.status == GoalStatus::Active && (indicator.is_none() || told.is_some());
        let progress = goal.target.as_ref().filter(|_| pursued).map(judged);
        Self { goal: goal.clone(), aimline: Aimline::of(goal, &measured, reader.today), progress, points }
    }
}

impl InterventionTracking {
    /// Tracks an intervention of `file` for `reader`; nothing for any other entry.
    pub fn of(record: &Record, file: &CaseFile, reader: &Reader, told: Told<'_>) -> Option<Self> {
        let Content::Intervention(intervention) = &record.content else { return None };
        let served = |id: &GoalId| {
            let record = file.records.get(&id.uuid().into()).filter(|record| reader.opens(record))?;
            let Content::Goal(goal) = &record.content else { return None };
            let next = reader.next_with(file.is_open(), &record.content, record.visibility);
            Some(Listed::of(record, GoalProgress::of(goal, *id, file, reader, told), next, reader))
        };
        Some(Self {
            dosage: DosageSoFar::of(intervention, &reader.calendar, reader.today),
            goals: intervention.plan.goals.iter().filter_map(served).collect(),
            intervention: intervention.clone(),
        })
    }
}
