//! Who is served with what, since when, and how often: what a reader keeps of the log, so that effects can be worked out.
mod fold;
mod read;

use chrono::NaiveDate;
use domain::{PartnerId, StaffId, Visibility};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use uuid::Uuid;

pub use fold::{ServedChanges, ServedTally};
pub use read::{Course, Delivery, ReadServed, ServedSoFar};

/// What a row tells of: a course of support, or one time that it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, IntoStaticStr, EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Serving {
    /// An intervention.
    Intervention,
    /// A mentor's assignment.
    Mentor,
    /// A partner's service, upon a referral.
    Service,
    /// A session that was held.
    Session,
    /// A contact that was made.
    Contact,
}

/// One course of support, or one time that it was given: codes, ids and days, no words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Served {
    /// What it is.
    pub what: Serving,
    /// The kind of intervention, or what the referral was for.
    pub code: Option<String>,
    /// The partner who gives it.
    pub partner: Option<PartnerId>,
    /// The mentor.
    pub mentor: Option<StaffId>,
    /// Of a session, its intervention.
    pub course: Option<Uuid>,
    /// Who may read it; a session opens to whom its intervention does.
    pub visibility: Option<Visibility>,
    /// The day on which it began, or was.
    pub started_on: Option<NaiveDate>,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
}
