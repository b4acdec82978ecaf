//! The individualized support plan: everything current on one page.
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use domain::case::{DataCategory, ReferralStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    CaseSummary, Listed, Reader, Withheld,
    tracking::{DosageSoFar, GoalProgress, Told},
};
use crate::view::{
    AmendmentRecord, CaseFile, ConsentRecord, Content, FollowUpRecord, InterventionRecord, MentorAssignmentRecord,
    NeedRecord, PlanRecord, Record, ReferralRecord, StrengthRecord,
};

/// How many contacts a week a mentor is to make with each mentee (NYC Success Mentor practice).
pub const CONTACTS_A_WEEK: u32 = 3;

/// The individualized support plan of one student.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "case": {
        "student": "0192a000-0000-7000-8000-000000000101", "school": "0192a000-0000-7000-8000-000000000001",
        "status": "open", "tier": 2, "reason": "Absent 14 of 60 days.", "opened_on": "2025-10-06", "bands": {},
        "version": 12, "next_actions": ["log_contact", "request_follow_up", "add_note"]
    },
    "next_review_on": "2026-04-01", "team": [], "needs": [], "strengths": [], "goals": [],
    "interventions": [{
        "entry": "0192a000-0000-7000-8000-000000000051", "author": "0192a000-0000-7000-8000-000000000012",
        "author_role": "community_school_director", "visibility": "team", "occurred_on": "2026-01-09",
        "changed_at": "2026-02-27T14:00:00Z",
        "content": {
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
            }
        },
        "next_actions": ["log_session"]
    }],
    "referrals": [], "consents": [],
    "follow_ups": [{
        "entry": "0192a000-0000-7000-8000-000000000061", "author": "0192a000-0000-7000-8000-000000000011",
        "author_role": "success_mentor", "visibility": "team", "occurred_on": "2026-02-26",
        "changed_at": "2026-02-26T14:00:00Z",
        "content": {
            "follow_up": {
                "what": "Call the mother about the bus pass", "owner": "0192a000-0000-7000-8000-000000000011",
                "due_on": "2026-02-27", "visibility": "team", "status": "open"
            },
            "overdue": true
        },
        "next_actions": ["complete_follow_up", "reschedule_follow_up"]
    }],
    "contacts": {"this_week": 1, "weekly_target": 3, "last_on": "2026-03-02", "school_days_since": 0},
    "withheld": [{"visibility": "mental_health", "author_role": "mental_health_manager", "on": "2026-02-10"}]
}))]
pub struct SupportPlan {
    /// The case in short.
    pub case: CaseSummary,
    /// The time at which it stood so, where an earlier one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<DateTime<Utc>>,
    /// The plan itself, with its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Listed<PlanRecord>>,
    /// The day of the next review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_review_on: Option<NaiveDate>,
    /// Who supports the student as mentor.
    pub team: Vec<Listed<MentorAssignmentRecord>>,
    /// What the student needs.
    pub needs: Vec<Listed<NeedRecord>>,
    /// What the student is good at.
    pub strengths: Vec<Listed<StrengthRecord>>,
    /// The goals, with progress against their aimlines.
    pub goals: Vec<Listed<GoalInPlan>>,
    /// The interventions, with planned against delivered dosage.
    pub interventions: Vec<Listed<InterventionInPlan>>,
    /// The referrals.
    pub referrals: Vec<Listed<ReferralInPlan>>,
    /// The consents.
    pub consents: Vec<Listed<ConsentRecord>>,
    /// The family's requests for amendment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<Listed<AmendmentRecord>>,
    /// The follow-ups, by due day.
    pub follow_ups: Vec<Listed<FollowUpInPlan>>,
    /// Contacts with the student and the family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contacts: Option<Contacts>,
    /// What exists and the caller may not read.
    pub withheld: Vec<Withheld>,
}

/// A goal in the plan.
pub type GoalInPlan = GoalProgress;

/// An intervention in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterventionInPlan {
    /// The intervention.
    pub intervention: InterventionRecord,
    /// What was delivered, against what was planned.
    pub dosage: DosageSoFar,
}

/// A referral in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReferralInPlan {
    /// The referral.
    pub referral: ReferralRecord,
    /// Whether the partner has not answered in time and grace.
    pub unanswered: bool,
}

/// A follow-up in the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FollowUpInPlan {
    /// The follow-up.
    pub follow_up: FollowUpRecord,
    /// Whether it is open and its day is past.
    pub overdue: bool,
}

/// Contacts that were made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Contacts {
    /// How many this week, from Monday.
    pub this_week: u32,
    /// How many a week there should be.
    pub weekly_target: u32,
    /// The day of the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_on: Option<NaiveDate>,
    /// School days since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school_days_since: Option<u32>,
}

impl SupportPlan {
    /// The plan that `file` tells `reader`.
    pub fn of(file: &CaseFile, version: u64, as_of: Option<DateTime<Utc>>, reader: &Reader, told: Told<'_>) -> Self {
        let mut plan = Self {
            case: CaseSummary::of(file, version, reader),
            as_of,
            plan: None,
            next_review_on: None,
            team: vec![],
            needs: vec![],
            strengths: vec![],
            goals: vec![],
            interventions: vec![],
            referrals: vec![],
            consents: vec![],
            amendments: vec![],
            follow_ups: vec![],
            contacts: Contacts::told(file, reader),
            withheld: vec![],
        };
        let mut records: Vec<&Record> = file.records.values().collect();
        records.sort_by_key(|record| (record.content.is_ended(), record.recorded_at, record.entry));
        for record in records {
            plan.add(record, file, reader, told);
        }
        plan.follow_ups.sort_by_key(|listed| listed.content.follow_up.due_on);
        plan.next_review_on = plan.plan.as_ref().and_then(|plan| plan.content.next_review_on);
        plan
    }

    fn add(&mut self, record: &Record, file: &CaseFile, reader: &Reader, told: Told<'_>) {
        if !reader.opens(record) {
            // A partner is told nothing of what does not concern it, not even that it exists.
            if !reader.is_partner_only() {
                let Record { visibility, author_role, occurred_on, .. } = *record;
                self.withheld.push(Withheld { visibility, author_role, on: occurred_on });
            }
            return;
        }
        let next = reader.next_with(file.is_open(), &record.content, record.visibility);
        let today = reader.today;
        match record.content.clone() {
            Content::Plan(content) if self.plan.is_none() => {
                self.plan = Some(Listed::of(record, content, next, reader))
            }
            Content::MentorAssignment(content) if content.end.is_none() => {
                self.team.push(Listed::of(record, content, next, reader));
            }
            Content::Need(content) => self.needs.push(Listed::of(record, content, next, reader)),
            Content::Strength(content) => self.strengths.push(Listed::of(record, content, next, reader)),
            Content::Goal(goal) => {
                let id = record.entry.uuid().into();
                self.goals.push(Listed::of(record, GoalInPlan::of(&goal, id, file, reader, told), next, reader));
            }
            Content::Intervention(intervention) => {
                let dosage = DosageSoFar::of(&intervention, &reader.calendar, today);
                self.interventions.push(Listed::of(record, InterventionInPlan { intervention, dosage }, next, reader));
            }
            Content::Referral(referral) => {
                let surfaced = referral.surfaces_on.is_some_and(|day| day < today);
                let unanswered = referral.status == ReferralStatus::Requested && surfaced;
                self.referrals.push(Listed::of(record, ReferralInPlan { referral, unanswered }, next, reader));
            }
            Content::Consent(content) => self.consents.push(Listed::of(record, content, next, reader)),
            Content::Amendment(content) => self.amendments.push(Listed::of(record, content, next, reader)),
            Content::FollowUp(follow_up) => {
                let overdue = !record.content.is_ended() && follow_up.due_on < today;
                self.follow_ups.push(Listed::of(record, FollowUpInPlan { follow_up, overdue }, next, reader));
            }
            // Sessions, contacts, measurements and notes are read in the timeline.
            _ => {}
        }
    }
}

impl Contacts {
    /// The same, where the reader may know of contacts.
    fn told(file: &CaseFile, reader: &Reader) -> Option<Self> {
        reader.knows(DataCategory::CaseNotes).then(|| {
            reader.saw(DataCategory::CaseNotes);
            Self::of(file, reader)
        })
    }

    /// The contacts that `file` remembers, seen from the reader's day.
    pub fn of(file: &CaseFile, reader: &Reader) -> Self {
        let last_on = file.contacts_on.first().copied();
        Self {
            this_week: in_week(&file.contacts_on, reader.today),
            weekly_target: CONTACTS_A_WEEK,
            last_on,
            school_days_since: last_on.map(|day| reader.calendar.school_days_between(day, reader.today)),
        }
    }
}

/// The Monday of a day's week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

/// How many of the days lie in the week of `today`, up to today.
pub(super) fn in_week(days: &[NaiveDate], today: NaiveDate) -> u32 {
    days.iter().filter(|&&day| monday(today) <= day && day <= today).map(|_| 1).sum()
}
