//! A cell: what is counted together.
use chrono::{Datelike, Days, NaiveDate};
use domain::{SchoolId, StaffId};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::Compartment;

/// The day of a cell that has none.
pub const NO_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1970, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Measure {
    /// Cases, by status and tier.
    Cases,
    /// Interventions, by status and tier.
    Interventions,
    /// Referrals that are not over, by status and the day of their last change.
    OpenReferrals,
    /// Referrals that are over, by status and the week in which they ended.
    EndedReferrals,
    /// Follow-ups to be done, by the day on which they are due.
    OpenFollowUps,
    /// Follow-ups that are done or not needed, by status and the week of that.
    EndedFollowUps,
    /// Contacts, by outcome and week.
    Contacts,
    /// Sessions, by outcome, tier and week.
    Sessions,
    /// Referrals written, by week.
    ReferralsWritten,
    /// Notes written, by week.
    NotesWritten,
}

impl Measure {
    /// Whether it tells how things stand, whenever they began; others tell of a week.
    pub fn stands(self) -> bool {
        matches!(self, Self::Cases | Self::Interventions | Self::OpenReferrals | Self::OpenFollowUps)
    }
}

/// What is counted together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// At which school.
    pub school: SchoolId,
    /// Whose doing, where it counts for a member of staff; else it counts for the school.
    pub staff: Option<StaffId>,
    /// Who may know of it.
    pub compartment: Compartment,
    /// What.
    pub measure: Measure,
    /// Its status or outcome.
    pub code: String,
    /// The tier of support; 0 where it has none.
    pub tier: u8,
    /// The day, or the Monday of the week; [`NO_DAY`] where it has none.
    pub day: NaiveDate,
}

/// How much there is in a cell, or how much it changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many.
    pub number: i64,
    /// How many minutes they took together.
    pub minutes: i64,
}

impl Amount {
    /// Adds `other`, `times` over.
    pub fn add(&mut self, other: Self, times: i64) {
        self.number += times * other.number;
        self.minutes += times * other.minutes;
    }

    /// Whether nothing is left.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// The Monday of the week of `day`.
pub fn week_of(day: NaiveDate) -> NaiveDate {
    day - Days::new(u64::from(day.weekday().num_days_from_monday()))
}
