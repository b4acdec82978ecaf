//! The questions that can be asked about who is served, as a port.
use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{PartnerId, StaffId, StudentId, indicator::SchoolYear};
use uuid::Uuid;

use super::Serving;
use crate::{Error, figures::Progress};

/// A course of support that began, of what the whole school may know.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Whose.
    pub student: StudentId,
    /// Which.
    pub entry: Uuid,
    /// What it is.
    pub what: Serving,
    /// The kind of intervention, or what the referral was for.
    pub code: Option<String>,
    /// The partner who gives it; of a mentor's assignment the partner for whom the mentor works.
    pub partner: Option<PartnerId>,
    /// The mentor.
    pub mentor: Option<StaffId>,
    /// The day on which it began.
    pub started_on: NaiveDate,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
}

/// One time that support was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery {
    /// To whom.
    pub student: StudentId,
    /// The intervention; a contact has none.
    pub course: Option<Uuid>,
    /// The day.
    pub on: NaiveDate,
}

/// How far what is known goes: what was worked out before from as much need not be worked out again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ServedSoFar {
    /// How far the log was read.
    pub counted: Progress,
    /// When an import last finished.
    pub imported_at: Option<DateTime<Utc>>,
}

/// Questions about who is served.
#[async_trait]
pub trait ReadServed: Send + Sync {
    /// How far what is known goes.
    async fn so_far(&self) -> Result<ServedSoFar, Error>;

    /// Courses that ran on any day of a year, by student and start.
    async fn courses(&self, year: SchoolYear) -> Result<Vec<Course>, Error>;

    /// The same, of these students only.
    async fn courses_of(&self, students: &[StudentId], year: SchoolYear) -> Result<Vec<Course>, Error>;

    /// How often `students` got support in a year.
    async fn deliveries(&self, students: &[StudentId], year: SchoolYear) -> Result<Vec<Delivery>, Error>;

    /// The grade of each of `students` in a year, as enrolment tells it; who has none is missing.
    async fn grades(&self, students: &[StudentId], year: SchoolYear) -> Result<BTreeMap<StudentId, String>, Error>;
}
