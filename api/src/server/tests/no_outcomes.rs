//! A server to which no district has told anything, for tests of what stands before the indicators.
use std::{collections::BTreeMap, sync::Arc};

use application::{
    After, Error, Page, Personal,
    histories::{HistoriesDecision, HistoriesRequest, HistoriesRequests},
    indicators::{KeepPolicies, KnownPolicy, ReadIndicators, Sources},
    reference::Kept,
    school_years::{ReadSchoolYears, SchoolYearCounts},
    served::{Course, Delivery, ReadServed, ServedSoFar},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    SchoolId, StaffId, StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
    policy::{Act, Policy, PolicyVersion},
};
use uuid::Uuid;

use crate::Outcomes;

struct Nothing;

pub fn no_outcomes() -> Outcomes {
    Outcomes {
        read: Arc::new(Nothing),
        policies: Arc::new(Nothing),
        years: Arc::new(Nothing),
        served: Arc::new(Nothing),
        histories: Arc::new(Nothing),
        worked_out: Arc::default(),
    }
}

#[async_trait]
impl ReadIndicators for Nothing {
    async fn teaching_days(&self, _: &[SchoolId], _: SchoolYear) -> Result<Schools, Error> {
        Ok(Schools::new())
    }

    async fn years(&self, _: &[StudentId], _: SchoolYear) -> Result<BTreeMap<StudentId, StudentYear>, Error> {
        Ok(BTreeMap::new())
    }

    async fn students_of(&self, _: SchoolId, _: NaiveDate) -> Result<Vec<StudentId>, Error> {
        Ok(vec![])
    }

    async fn student_known_through(&self, _: StudentId) -> Result<Option<NaiveDate>, Error> {
        Ok(None)
    }

    async fn school_known_through(&self, _: SchoolId) -> Result<Option<NaiveDate>, Error> {
        Ok(None)
    }

    async fn sources(&self, _: SchoolId) -> Result<Sources, Error> {
        Ok(Sources::default())
    }

    async fn last_acts(
        &self,
        _: &[StudentId],
        _: &[Act],
        _: NaiveDate,
    ) -> Result<BTreeMap<StudentId, NaiveDate>, Error> {
        Ok(BTreeMap::new())
    }
}

#[async_trait]
impl KeepPolicies for Nothing {
    async fn policies(&self) -> Result<Vec<KnownPolicy>, Error> {
        Ok(vec![])
    }

    async fn put_policy(&self, _: &PolicyVersion, _: &Policy, _: StaffId) -> Result<Kept, Error> {
        Ok(Kept::Created)
    }
}

#[async_trait]
impl ReadServed for Nothing {
    async fn so_far(&self) -> Result<ServedSoFar, Error> {
        Ok(ServedSoFar::default())
    }

    async fn courses(&self, _: SchoolYear) -> Result<Vec<Course>, Error> {
        Ok(vec![])
    }

    async fn courses_of(&self, _: &[StudentId], _: SchoolYear) -> Result<Vec<Course>, Error> {
        Ok(vec![])
    }

    async fn deliveries(&self, _: &[StudentId], _: SchoolYear) -> Result<Vec<Delivery>, Error> {
        Ok(vec![])
    }

    async fn grades(&self, _: &[StudentId], _: SchoolYear) -> Result<BTreeMap<StudentId, String>, Error> {
        Ok(BTreeMap::new())
    }
}

#[async_trait]
impl ReadSchoolYears for Nothing {
    async fn school_years(&self, _: SchoolId, _: &KnownPolicy) -> Result<Vec<SchoolYearCounts>, Error> {
        Ok(vec![])
    }
}

#[async_trait]
impl HistoriesRequests for Nothing {
    async fn ask(&self, _: Uuid, _: StaffId, _: &Personal, _: SchoolYear) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn decide(&self, _: Uuid, _: StaffId, _: HistoriesDecision) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn withdraw(&self, _: Uuid, _: StaffId) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn request(&self, _: Uuid) -> Result<Option<HistoriesRequest>, Error> {
        Ok(None)
    }

    async fn requests(&self, _: &Page) -> Result<Vec<(HistoriesRequest, After)>, Error> {
        Ok(vec![])
    }
}
