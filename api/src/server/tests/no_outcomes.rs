//! A server to which no district has told anything, for tests of what stands before the indicators.
use std::{collections::BTreeMap, sync::Arc};

use application::{
    Error,
    indicators::{KeepPolicies, KnownPolicy, ReadIndicators, Sources},
    reference::Kept,
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{
    SchoolId, StaffId, StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
    policy::{Act, Policy, PolicyVersion},
};

use crate::Outcomes;

struct Nothing;

pub fn no_outcomes() -> Outcomes {
    Outcomes { read: Arc::new(Nothing), policies: Arc::new(Nothing) }
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
