//! One thing on a case, as far as it counts.
use chrono::NaiveDate;
use domain::{Role, SchoolId, StaffId, Visibility};
use serde::{Deserialize, Serialize};

use super::{Amount, Cell, Compartment, Measure, NO_DAY, week_of};
use crate::view::Kind;

/// One thing on a case, as far as it counts: codes, days and numbers, no words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// At which school it counts.
    pub school: SchoolId,
    /// What kind of thing.
    pub kind: Kind,
    /// Where it stands, or what came of it.
    pub status: String,
    /// Where it stood before it was put on hold.
    pub held_from: Option<String>,
    /// The tier of support; 0 where it has none.
    pub tier: u8,
    /// Who may read it.
    pub visibility: Visibility,
    /// Who wrote it.
    pub author: StaffId,
    /// In which role.
    pub author_role: Role,
    /// Who has to act.
    pub owner: Option<StaffId>,
    /// The day on which it happened.
    pub occurred_on: NaiveDate,
    /// The day on which it came to stand there.
    pub since: NaiveDate,
    /// The day by which it is due.
    pub due_on: Option<NaiveDate>,
    /// How long it took.
    pub minutes: u32,
}

impl Counted {
    /// Whether it goes along when the student goes to another school.
    pub fn is_open(&self) -> bool {
        match self.kind {
            Kind::Case => true,
            Kind::Intervention => !matches!(self.status.as_str(), "completed" | "discontinued"),
            Kind::Referral => !matches!(self.status.as_str(), "completed" | "rejected" | "cancelled" | "failed"),
            Kind::FollowUp => self.status == "open",
            _ => false,
        }
    }

    /// The cells in which it counts, and how much.
    pub fn cells(&self) -> Vec<(Cell, Amount)> {
        use Measure::*;
        let week = week_of(self.occurred_on);
        let (school, by_author, by_owner) = (None, Some(self.author), self.owner);
        match self.kind {
            Kind::Case => vec![self.cell(school, Cases, NO_DAY)],
            Kind::Intervention => vec![self.cell(school, Interventions, NO_DAY)],
            Kind::Contact => vec![self.cell(school, Contacts, week), self.cell(by_author, Contacts, week)],
            Kind::Session => vec![self.cell(school, Sessions, week), self.cell(by_author, Sessions, week)],
            Kind::Note => vec![self.cell(by_author, NotesWritten, week)],
            Kind::Referral => {
                let (measure, day) =
                    if self.is_open() { (OpenReferrals, self.since) } else { (EndedReferrals, week_of(self.since)) };
                let (mut written, one) = self.cell(by_author, ReferralsWritten, week);
                written.code = "written".to_owned();
                vec![self.cell(school, measure, day), (written, one)]
            }
            Kind::FollowUp => {
                let due = self.due_on.unwrap_or(NO_DAY);
                let (measure, day) =
                    if self.is_open() { (OpenFollowUps, due) } else { (EndedFollowUps, week_of(self.since)) };
                vec![self.cell(school, measure, day), self.cell(by_owner, measure, day)]
            }
            _ => vec![],
        }
    }

    fn cell(&self, staff: Option<StaffId>, measure: Measure, day: NaiveDate) -> (Cell, Amount) {
        let compartment = Compartment::of(self.visibility, self.author_role);
        let (school, code, tier) = (self.school, self.status.clone(), self.tier);
        let amount = Amount { number: 1, minutes: i64::from(self.minutes) };
        (Cell { school, staff, compartment, measure, code, tier, day }, amount)
    }
}
