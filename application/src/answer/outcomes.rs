//! Interventions alongside outcomes: everything of a student's year on one axis of time.
use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    EntryId, StudentId,
    case::{ContactOutcome, Direction, InterventionKind, SessionOutcome},
    indicator::{AssessmentResult, CourseGrade, SchoolYear, Schools, StudentYear},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Reader, support_plan::monday};
use crate::{
    indicators::Sources,
    view::{Content, Measured, Record},
};

/// A week of attendance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"week": "2026-03-02", "enrolled": 5, "present": 4, "absent": 1, "tardy": 1, "not_submitted": 0}))]
pub struct WeekOfAttendance {
    /// Its Monday.
    pub week: NaiveDate,
    /// Days of which something is known.
    pub enrolled: u32,
    /// Of these, days present.
    pub present: u32,
    /// Of these, days absent.
    pub absent: u32,
    /// Of the days present, those with coming late.
    pub tardy: u32,
    /// Days of teaching for which the school has submitted nothing.
    pub not_submitted: u32,
}

/// A suspension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"from": "2026-03-02", "days": 2, "out_of_school": true}))]
pub struct SuspensionOnAxis {
    /// The first day.
    pub from: NaiveDate,
    /// For how many days of teaching.
    pub days: u16,
    /// Whether the student stays away from school.
    pub out_of_school: bool,
}

/// An intervention, from when until when, with its sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "entry": "0192a000-0000-7000-8000-000000000051", "kind": "check_and_connect", "status": "active",
    "from": "2026-01-12", "held": ["2026-01-14", "2026-01-16"], "missed": ["2026-01-19"]
}))]
pub struct InterventionOnAxis {
    /// The intervention.
    pub entry: EntryId,
    /// What kind of work it is.
    pub kind: InterventionKind,
    /// Where it stands.
    pub status: String,
    /// The day on which it started, or is to start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub from: Option<NaiveDate>,
    /// The day on which it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
    /// The days of sessions that were held.
    pub held: Vec<NaiveDate>,
    /// The days of sessions to which the student did not come.
    pub missed: Vec<NaiveDate>,
}

/// A referral, from when until when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "entry": "0192a000-0000-7000-8000-000000000052", "status": "in_progress", "from": "2026-02-02"
}))]
pub struct ReferralOnAxis {
    /// The referral.
    pub entry: EntryId,
    /// Where it stands.
    pub status: String,
    /// The day on which it was written, or sent last.
    pub from: NaiveDate,
    /// The day on which it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
}

/// A goal with a measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "entry": "0192a000-0000-7000-8000-000000000041", "status": "active", "from": "2026-01-12", "due_on": "2026-05-29",
    "baseline": 22.0, "target": 8.0, "direction": "decrease",
    "measurements": [{"progress": "0192a000-0000-7000-8000-000000000042", "on": "2026-02-02", "value": 19.0}]
}))]
pub struct GoalOnAxis {
    /// The goal.
    pub entry: EntryId,
    /// Where it stands.
    pub status: String,
    /// The first day of its aimline.
    pub from: NaiveDate,
    /// The day by which it is due.
    pub due_on: NaiveDate,
    /// Where the student stood, in the goal's unit.
    pub baseline: f64,
    /// Where the student is to stand.
    pub target: f64,
    /// Which way is better.
    pub direction: Direction,
    /// What was measured.
    pub measurements: Vec<Measured>,
}

/// How fresh each source is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "attendance_through": "2026-03-03", "imported_at": "2026-03-04T03:10:00Z", "case_changed_at": "2026-03-04T14:00:00Z"
}))]
pub struct Freshness {
    /// The last day for which the school has submitted attendance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attendance_through: Option<NaiveDate>,
    /// When an import of the district's files last finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub imported_at: Option<DateTime<Utc>>,
    /// When something on the case last changed, of what the caller may read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub case_changed_at: Option<DateTime<Utc>>,
}

/// A student's school year: outcomes, and the interventions, referrals and goals over them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-0000000000a1", "school_year": 2026, "from": "2025-09-04", "to": "2026-06-26",
    "weeks": [{"week": "2026-03-02", "enrolled": 5, "present": 4, "absent": 1, "tardy": 1, "not_submitted": 0}],
    "incidents": ["2026-02-10"], "suspensions": [], "grades": [], "assessments": [],
    "interventions": [], "referrals": [], "goals": [], "contacts": ["2026-03-03"],
    "sources": {"attendance_through": "2026-03-06", "imported_at": "2026-03-07T03:10:00Z"}
}))]
pub struct StudentOutcomes {
    /// The student.
    pub student: StudentId,
    /// The school year, by the year in which it ends.
    pub school_year: SchoolYear,
    /// The first day of the axis.
    pub from: NaiveDate,
    /// The last day of the axis.
    pub to: NaiveDate,
    /// Attendance, week by week.
    pub weeks: Vec<WeekOfAttendance>,
    /// The days of incidents in which the student offended.
    pub incidents: Vec<NaiveDate>,
    /// Suspensions.
    pub suspensions: Vec<SuspensionOnAxis>,
    /// Grades.
    pub grades: Vec<CourseGrade>,
    /// Assessments.
    #[serde(default)]
    pub assessments: Vec<AssessmentResult>,
    /// Interventions, with their sessions.
    pub interventions: Vec<InterventionOnAxis>,
    /// Referrals.
    pub referrals: Vec<ReferralOnAxis>,
    /// Goals that have a measure.
    pub goals: Vec<GoalOnAxis>,
    /// The days of contacts that were made.
    pub contacts: Vec<NaiveDate>,
    /// How fresh each source is.
    pub sources: Freshness,
}

impl StudentOutcomes {
    /// The picture of `year`, with what `reader` may read of `records`; without a reader nothing of a case is in it.
    pub fn of(
        (student, school_year): (StudentId, SchoolYear),
        year: &StudentYear,
        schools: &Schools,
        (records, reader): (&[Record], Option<&Reader>),
        sources: &Sources,
    ) -> Self {
        let whole = school_year.days();
        let taught = || year.stays.iter().filter_map(|stay| schools.get(&stay.school)).map(|school| school.days());
        let from = taught().filter_map(|days| days.first()).min().copied().unwrap_or(*whole.start());
        let to = taught().filter_map(|days| days.last()).max().copied().unwrap_or(*whole.end());
        let suspension = |s: &domain::indicator::Suspension| SuspensionOnAxis {
            from: s.from,
            days: s.days,
            out_of_school: s.out_of_school,
        };
        let open: Vec<_> = records.iter().filter(|record| reader.is_some_and(|reader| reader.opens(record))).collect();
        let on_axis = |day: &NaiveDate| (from..=to).contains(day);
        Self {
            student,
            school_year,
            from,
            to,
            weeks: weeks(year, schools, &(from..=to)),
            incidents: year.incidents.clone(),
            suspensions: year.suspensions.iter().map(suspension).collect(),
            grades: year.grades.clone(),
            assessments: year.assessments.clone(),
            interventions: interventions(&open).into_iter().filter(|i| i.from.is_none_or(|from| from <= to)).collect(),
            referrals: open.iter().filter_map(|record| referral(record)).filter(|r| r.from <= to).collect(),
            goals: open.iter().filter_map(|record| goal(record)).filter(|g| g.from <= to && g.due_on >= from).collect(),
            contacts: open.iter().filter_map(|record| contact(record)).filter(on_axis).collect(),
            sources: Freshness {
                attendance_through: sources.attendance,
                imported_at: sources.imported_at,
                case_changed_at: open.iter().map(|record| record.changed_at).max(),
            },
        }
    }
}

fn weeks(year: &StudentYear, schools: &Schools, span: &RangeInclusive<NaiveDate>) -> Vec<WeekOfAttendance> {
    let known = year.known_days(schools, span);
    let first = monday(*span.start());
    let mondays = first.iter_weeks().take_while(|monday| monday <= span.end());
    let week = |monday: NaiveDate| {
        let days = monday..=monday + Days::new(6);
        let marks = known.days.iter().filter(|(day, _)| days.contains(day)).map(|&(_, mark)| mark);
        let counted = domain::indicator::Attendance::of(marks);
        WeekOfAttendance {
            week: monday,
            enrolled: counted.enrolled,
            present: counted.present,
            absent: counted.absent(),
            tardy: counted.tardy,
            not_submitted: year.days_not_submitted(schools, &days),
        }
    };
    mondays.map(week).filter(|week| week.enrolled + week.not_submitted > 0).collect()
}

fn interventions(open: &[&Record]) -> Vec<InterventionOnAxis> {
    let mut sessions: BTreeMap<EntryId, (Vec<NaiveDate>, Vec<NaiveDate>)> = BTreeMap::new();
    for record in open {
        if let Content::Session(session) = &record.content {
            let (held, missed) = sessions.entry(session.intervention.uuid().into()).or_default();
            match session.session.outcome {
                SessionOutcome::Held => held.push(session.session.held_on),
                SessionOutcome::NoShow => missed.push(session.session.held_on),
                SessionOutcome::Cancelled => {}
            }
        }
    }
    let mut all: Vec<_> = open
        .iter()
        .filter_map(|record| {
            let Content::Intervention(intervention) = &record.content else { return None };
            let (mut held, mut missed) = sessions.remove(&record.entry).unwrap_or_default();
            held.sort_unstable();
            missed.sort_unstable();
            Some(InterventionOnAxis {
                entry: record.entry,
                kind: intervention.plan.kind,
                status: record.content.status(),
                from: intervention.started_on.or(intervention.plan.starts_on),
                until: intervention.ended_on,
                held,
                missed,
            })
        })
        .collect();
    all.sort_by_key(|intervention| (intervention.from, intervention.entry));
    all
}

fn referral(record: &Record) -> Option<ReferralOnAxis> {
    let Content::Referral(referral) = &record.content else { return None };
    let until = record.content.is_ended().then(|| record.changed_at.date_naive());
    let from = referral.requested_on.unwrap_or(record.occurred_on);
    Some(ReferralOnAxis { entry: record.entry, status: record.content.status(), from, until })
}

fn goal(record: &Record) -> Option<GoalOnAxis> {
    let Content::Goal(goal) = &record.content else { return None };
    let target = goal.target.as_ref()?;
    Some(GoalOnAxis {
        entry: record.entry,
        status: record.content.status(),
        from: target.starts_on,
        due_on: target.due_on,
        baseline: target.baseline.into(),
        target: target.target.into(),
        direction: target.direction,
        measurements: goal.measurements.clone(),
    })
}

fn contact(record: &Record) -> Option<NaiveDate> {
    let Content::Contact(contact) = &record.content else { return None };
    (contact.contact.outcome == ContactOutcome::Made).then_some(contact.contact.on)
}
