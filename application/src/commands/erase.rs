//! Erasing a student: the last event of the case says so.
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    Role, SchoolCalendar, StaffId, Stamp, StudentId,
    case::{Case, EraseCase},
};
use uuid::Uuid;

use super::executor::{Executor, decide_on};
use crate::{
    Error, Journal, Metadata, Part,
    access::{Basis, Ground},
    sealing::Sealed,
};

/// Appends it where there is a case. From then on whoever remembers the case finds that it has moved on.
pub(super) async fn erase<J: Journal<Case>>(
    executor: &Executor<J>,
    student: StudentId,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let mut loaded = executor.journal.load_aggregate(&student.to_string()).await?;
    let Some(school) = loaded.aggregate.school().filter(|_| !loaded.aggregate.is_erased()) else { return Ok(()) };
    let calendar: Arc<SchoolCalendar> = executor.calendars.of(school).await?;
    let basis = Basis::of(Ground::Erasure, Role::PrivacyOfficer);
    let metadata = Metadata::new(Uuid::now_v7(), by, basis, at, calendar.zone());
    let stamp = Stamp { id: metadata.command, by, at, calendar };
    let events = decide_on(&mut loaded, Arc::new(EraseCase), stamp).await?;
    let events = events.into_iter().map(Sealed::as_it_is).collect::<Result<_, _>>()?;
    executor.journal.commit_parts(vec![Part::of(loaded).and(events, &metadata)]).await?;
    Ok(())
}
