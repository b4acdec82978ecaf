//! A server without any case, for tests of what stands before the cases.
use std::{collections::HashMap, sync::Arc};

use application::{
    After, Calendars, CaseloadQuery, CaseloadRow, Commands, EntryFilter, Error, Found, Journal, Loaded, Page, Part,
    QueueQuery, QueueRow, ReadCases, ReadEntries, Receipt, Request, SystemClock, TimelineFilter, TimelineLine,
    access::Ties,
    attachments::{Attachment, Attachments, Parts},
    reference::Kept,
    register::{Access, Accesses, DistrictAccess, Register},
    review::{ReviewQuery, ReviewRow},
    sealing::{Keyring, StudentKeys},
    view::{CaseFile, Record},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use cqrs_es::{AggregateError, EventEnvelope, EventStore};
use domain::{
    AttachmentId, EntryId, Evidence, PartnerId, SchoolCalendar, SchoolId, StaffId, StudentId, Visibility,
    case::{Case, CaseError, CaseEvent},
};
use uuid::Uuid;

use crate::Cases;

struct Nothing;

pub fn no_cases() -> Cases {
    let nothing = Arc::new(Nothing);
    let clock = Arc::new(SystemClock);
    let commands = Commands::new(nothing.clone(), nothing.clone(), nothing.clone(), nothing.clone(), clock.clone());
    Cases {
        commands,
        read: nothing.clone(),
        register: nothing.clone(),
        calendars: nothing.clone(),
        keyring: nothing.clone(),
        attachments: nothing,
        clock,
        amendment_days: 45,
    }
}

type Failure = AggregateError<CaseError>;

impl EventStore<Case> for Nothing {
    type AC = Loaded<Case>;

    async fn load_events(&self, _: &str) -> Result<Vec<EventEnvelope<Case>>, Failure> {
        Ok(vec![])
    }

    async fn load_aggregate(&self, _: &str) -> Result<Loaded<Case>, Failure> {
        Err(AggregateError::AggregateConflict)
    }

    async fn commit(
        &self,
        _: Vec<CaseEvent>,
        _: Loaded<Case>,
        _: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<Case>>, Failure> {
        Err(AggregateError::AggregateConflict)
    }
}

impl Journal<Case> for Nothing {
    fn remembered(&self, _: Uuid) -> Option<Loaded<Case>> {
        None
    }

    async fn find(&self, _: Uuid, _: &Request) -> Result<Found<Case>, Error> {
        Err(Error::Conflict)
    }

    async fn commit_parts(&self, _: Vec<Part<Case>>) -> Result<Receipt, Error> {
        Err(Error::Conflict)
    }
}

#[async_trait]
impl Calendars for Nothing {
    async fn of(&self, _: SchoolId) -> Result<Arc<SchoolCalendar>, Error> {
        Err(Error::NotFound)
    }
}

#[async_trait]
impl Keyring for Nothing {
    async fn of(&self, _: StudentId) -> Result<Option<Arc<StudentKeys>>, Error> {
        Ok(None)
    }

    async fn make(&self, _: StudentId) -> Result<Arc<StudentKeys>, Error> {
        Err(Error::NotFound)
    }
}

#[async_trait]
impl ReadEntries for Nothing {
    async fn entry(&self, _: StudentId, _: EntryId) -> Result<Option<Record>, Error> {
        Ok(None)
    }
}

#[async_trait]
impl ReadCases for Nothing {
    async fn case(&self, _: StudentId, _: Option<DateTime<Utc>>) -> Result<Option<(CaseFile, u64)>, Error> {
        Ok(None)
    }

    async fn ties(&self, _: StudentId) -> Result<Option<(Ties, u64)>, Error> {
        Ok(None)
    }

    async fn entries(&self, _: StudentId, _: &EntryFilter, _: &Page) -> Result<Vec<Record>, Error> {
        Ok(vec![])
    }

    async fn timeline(&self, _: StudentId, _: &TimelineFilter, _: &Page) -> Result<Vec<TimelineLine>, Error> {
        Ok(vec![])
    }

    async fn caseload(&self, _: &CaseloadQuery, _: &Page) -> Result<Vec<CaseloadRow>, Error> {
        Ok(vec![])
    }

    async fn reviews(&self, _: &ReviewQuery, _: &Page) -> Result<Vec<ReviewRow>, Error> {
        Ok(vec![])
    }

    async fn queue(&self, _: &QueueQuery, _: &Page) -> Result<Vec<QueueRow>, Error> {
        Ok(vec![])
    }

    async fn assignments(&self, _: StaffId) -> Result<Vec<(StudentId, EntryId)>, Error> {
        Ok(vec![])
    }

    async fn sharing(&self, _: &[StudentId], _: &[PartnerId]) -> Result<Vec<Record>, Error> {
        Ok(vec![])
    }

    async fn statements(&self, _: &[StudentId]) -> Result<Vec<Record>, Error> {
        Ok(vec![])
    }

    async fn mentees(&self, _: StaffId) -> Result<Vec<StudentId>, Error> {
        Ok(vec![])
    }

    async fn referred(&self, _: &[PartnerId]) -> Result<Vec<StudentId>, Error> {
        Ok(vec![])
    }
}

#[async_trait]
impl Register for Nothing {
    async fn write_down(&self, _: Vec<Access>) -> Result<(), Error> {
        Ok(())
    }

    async fn of_student(&self, _: StudentId, _: Accesses, _: &Page) -> Result<Vec<(Access, After)>, Error> {
        Ok(vec![])
    }

    async fn write_down_of_district(&self, _: DistrictAccess) -> Result<(), Error> {
        Ok(())
    }

    async fn of_district(&self, _: Option<StaffId>, _: &Page) -> Result<Vec<(DistrictAccess, After)>, Error> {
        Ok(vec![])
    }
}

#[async_trait]
impl Attachments for Nothing {
    async fn keep(&self, _: &Attachment, _: &Parts) -> Result<Kept, Error> {
        Err(Error::NotFound)
    }

    async fn find(&self, _: StudentId, _: AttachmentId) -> Result<Option<Attachment>, Error> {
        Ok(None)
    }

    async fn parts(&self, _: StudentId, _: AttachmentId) -> Result<Parts, Error> {
        Ok(Parts::default())
    }

    async fn hold(&self, _: StudentId, _: &[Evidence], _: Visibility) -> Result<(), Error> {
        Ok(())
    }
}
