//! Chronic absence at a school beside the district's, year by year, by one definition.
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{SchoolId, indicator::SchoolYear};

use crate::{Error, indicators::KnownPolicy};

/// So many students, and how many of them were chronically or severely absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Absent {
    /// Students enrolled on the day.
    pub students: u32,
    /// Of these, those whose band is known.
    pub judged: u32,
    /// Of these, those in the bands `chronic` and `severe`.
    pub chronic: u32,
}

/// A year of a school and of the whole district, the school included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchoolYearCounts {
    /// The year.
    pub year: SchoolYear,
    /// The last day of it that the school has submitted.
    pub known_through: NaiveDate,
    /// At the school.
    pub school: Absent,
    /// In the district.
    pub district: Absent,
    /// So many schools of the district.
    pub schools: u32,
}

/// Questions about years of schools.
#[async_trait]
pub trait ReadSchoolYears: Send + Sync {
    /// Every year of which a school has submitted anything, under a policy, the earliest first; worked out anew for the
    /// school, and as it was last worked out for the others.
    async fn school_years(&self, school: SchoolId, policy: &KnownPolicy) -> Result<Vec<SchoolYearCounts>, Error>;
}
