//! The questions that can be asked about figures, and how fresh the answers are, as ports.
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{SchoolId, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Compartment, Measure};
use crate::Error;

/// How far the log is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"position": 1024, "recorded_at": "2026-03-02T14:00:00Z"}))]
pub struct Progress {
    /// The position up to which everything is counted.
    pub position: u64,
    /// When the last of it was recorded; absent while there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub recorded_at: Option<DateTime<Utc>>,
}

/// What the caller may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// These compartments, of any school.
    Anywhere(Vec<Compartment>),
    /// These compartments, each of one school.
    At(Vec<(SchoolId, Compartment)>),
}

impl Scope {
    /// Only what `other` lets be known as well.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Anywhere(one), Self::Anywhere(other)) => {
                Self::Anywhere(one.into_iter().filter(|compartment| other.contains(compartment)).collect())
            }
            (Self::Anywhere(all), Self::At(places)) | (Self::At(places), Self::Anywhere(all)) => {
                Self::At(places.into_iter().filter(|(_, compartment)| all.contains(compartment)).collect())
            }
            (Self::At(one), Self::At(other)) => {
                Self::At(one.into_iter().filter(|place| other.contains(place)).collect())
            }
        }
    }
}

/// What there is in a cell, over all compartments that the caller may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellRow {
    /// What.
    pub measure: Measure,
    /// Its status or outcome.
    pub code: String,
    /// The tier of support; 0 where it has none.
    pub tier: u8,
    /// The day, or the Monday of the week.
    pub day: NaiveDate,
    /// How many.
    pub number: u64,
    /// How many minutes they took together.
    pub minutes: u64,
}

/// Questions about figures.
#[async_trait]
pub trait ReadFigures: Send + Sync {
    /// The figures of a school; of weeks those that begin on `from` or later.
    async fn of_school(
        &self,
        school: SchoolId,
        compartments: &[Compartment],
        from: NaiveDate,
    ) -> Result<(Vec<CellRow>, Progress), Error>;

    /// What a member of staff did; of weeks those that begin on `from` or later.
    async fn of_staff(&self, staff: StaffId, scope: &Scope, from: NaiveDate)
    -> Result<(Vec<CellRow>, Progress), Error>;
}

/// Views that become fresh together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Views {
    /// Those of single cases: they change with the events, in one transaction.
    Cases,
    /// Figures: they follow the log.
    Figures,
}

/// Whether what was written can be seen yet.
#[async_trait]
pub trait Freshness: Send + Sync {
    /// Waits until `views` show everything up to `position`; [`Error::Behind`] where that takes too long.
    async fn wait_for(&self, views: Views, position: u64) -> Result<(), Error>;
}
