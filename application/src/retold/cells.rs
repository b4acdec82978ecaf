//! The cells in which a thing counts, told once more.
use chrono::{NaiveDate, Weekday};
use serde_json::Value;
use uuid::Uuid;

use super::{Counts, word};

/// What is counted together, as the tables key it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the columns of the tables `school_figures` and `staff_activity`")]
pub struct Cell {
    pub school: Uuid,
    /// Whose doing; nobody's in a cell of the school.
    pub staff: Uuid,
    pub measure: &'static str,
    /// The day, or the Monday of the week; the first of 1970 where it has none.
    pub day: NaiveDate,
    pub code: String,
    pub tier: i16,
    pub compartment: &'static str,
}

impl Counts {
    /// The cells in which it counts once, with all of its minutes.
    pub fn cells(&self) -> Vec<Cell> {
        let week = |day: NaiveDate| day.week(Weekday::Mon).first_day();
        let day = |day: &Value| day.as_str().and_then(|day| day.parse().ok()).unwrap_or_default();
        let (happened, ended, none) = (week(day(&self.occurred_on)), week(self.since), NaiveDate::default());
        let (at_school, by_author, by_owner) = (Uuid::nil(), self.author.uuid(), id(&self.owner));
        let status = word(&self.status);
        let places = match (self.kind, self.open) {
            ("case", _) => vec![(at_school, "cases", none, status)],
            ("intervention", _) => vec![(at_school, "interventions", none, status)],
            ("contact", _) => [at_school, by_author].map(|who| (who, "contacts", happened, status.clone())).into(),
            ("session", _) => [at_school, by_author].map(|who| (who, "sessions", happened, status.clone())).into(),
            ("note", _) => vec![(by_author, "notes_written", happened, status)],
            ("referral", open) => {
                let (measure, day) = if open { ("open_referrals", self.since) } else { ("ended_referrals", ended) };
                let written = (by_author, "referrals_written", happened, "written".to_owned());
                vec![(at_school, measure, day, status), written]
            }
            ("follow_up", open) => {
                let due = day(&self.due_on);
                let (measure, day) = if open { ("open_follow_ups", due) } else { ("ended_follow_ups", ended) };
                [at_school, by_owner].map(|who| (who, measure, day, status.clone())).into()
            }
            _ => vec![],
        };
        let (school, tier, compartment) = (id(&self.school), self.tier as i16, self.compartment());
        let cell = |(staff, measure, day, code)| Cell { school, staff, measure, day, code, tier, compartment };
        places.into_iter().map(cell).collect()
    }

    /// The people to whom it opens.
    fn compartment(&self) -> &'static str {
        match (&*word(&self.visibility), &*word(self.author_role)) {
            ("mental_health", _) => "mental_health",
            ("author_and_supervisor", "success_mentor" | "partner_staff") => "mentors",
            ("author_and_supervisor", "mental_health_manager") => "mental_health_staff",
            ("author_and_supervisor", _) => "author",
            _ => "school",
        }
    }
}

fn id(value: &Value) -> Uuid {
    value.as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}
