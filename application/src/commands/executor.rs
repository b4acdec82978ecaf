//! One try at carrying out a task.
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use domain::{
    Decide, EntryId, SchoolCalendar, SchoolId, Stamp, Stamped, StudentId,
    case::{Case, CaseEvent, Entry},
};

use super::{Execute, Order, Task};
use crate::{
    Calendars, Error, Journal, Loaded, Metadata, Part, ReadEntries, Receipt,
    access::{self, Basis, Sight, Ties},
    error::rejected,
    view::Record,
};

pub(super) struct Executor<J> {
    pub(super) journal: Arc<J>,
    pub(super) entries: Arc<dyn ReadEntries>,
    pub(super) calendars: Arc<dyn Calendars>,
}

/// A case that the caller may change, with the calendar of its school.
pub(super) struct Opened {
    pub(super) loaded: Loaded<Case>,
    pub(super) basis: Basis,
    pub(super) ties: Ties,
    pub(super) calendar: Arc<SchoolCalendar>,
}

#[async_trait]
impl<J: Journal<Case>> Execute for Executor<J> {
    async fn attempt(&self, order: &Order, at: DateTime<Utc>, task: &Task) -> Result<Receipt, Error> {
        let Opened { mut loaded, basis, ties, calendar } = self.open(order, order.student, order.school).await?;
        if let Some(record) = order.entry.and_then(|entry| loaded.document.records.get(&entry)) {
            // Who may not read an entry is not told that it is there.
            sees(order, &ties, record)?;
        }
        let request = order.request();
        if let Some(receipt) = self.journal.recorded(&request).await? {
            return Ok(receipt);
        }
        order.ensure_version(loaded.version)?;
        loaded.request = Some(request);

        let metadata = Metadata::new(order.key, order.principal.staff, basis, at, calendar.zone());
        let stamp = Stamp { id: order.key, by: order.principal.staff, at, calendar };
        let parts = match task {
            Task::Decide(command) => {
                self.ensure_unused(order, &loaded).await?;
                vec![decide(loaded, command.clone(), stamp, metadata).await?]
            }
            Task::Repair(entry, command) => {
                let command = command(self.entry(order, &ties, &loaded, *entry).await?);
                vec![decide(loaded, command, stamp, metadata).await?]
            }
            Task::Move(wish) => self.move_entry(order, wish, &ties, loaded, stamp, metadata).await?,
        };
        self.journal.commit_parts(parts).await
    }
}

impl<J: Journal<Case>> Executor<J> {
    /// Loads the case of `student` and decides whether the caller may act on it.
    pub(super) async fn open(
        &self,
        order: &Order,
        student: StudentId,
        school: Option<SchoolId>,
    ) -> Result<Opened, Error> {
        let loaded = self.journal.load_aggregate(&student.to_string()).await?;
        let ties = Ties::of(&loaded.aggregate);
        let school = ties.school.or(school).ok_or(Error::NotFound)?;
        let ties = Ties { school: Some(school), ..ties };
        let basis = access::decide(&order.principal, order.operation.act(), &ties)?;
        Ok(Opened { loaded, basis, ties, calendar: self.calendars.of(school).await? })
    }

    /// Keeps what somebody else wrote under the same key: the key names the entry that is created.
    async fn ensure_unused(&self, order: &Order, loaded: &Loaded<Case>) -> Result<(), Error> {
        match self.entries.entry(order.student, order.key.into()).await? {
            // Written since the case was loaded: perhaps by this very request, sent twice.
            Some(record) if record.version > loaded.version => Err(Error::Conflict),
            Some(_) => Err(Error::KeyReused),
            None => Ok(()),
        }
    }

    /// An entry to be put right, as it stands in the state that was loaded.
    pub(super) async fn entry(
        &self,
        order: &Order,
        ties: &Ties,
        loaded: &Loaded<Case>,
        entry: EntryId,
    ) -> Result<Entry, Error> {
        let record = self.entries.entry(loaded.stream.into(), entry).await?.ok_or(Error::NotFound)?;
        sees(order, ties, &record)?;
        access::decide_repair(&order.principal, record.author, ties)?;
        if record.version > loaded.version { Err(Error::Conflict) } else { record.to_repair() }
    }
}

/// Finds nothing where the caller may not read the entry.
fn sees(order: &Order, ties: &Ties, record: &Record) -> Result<(), Error> {
    if Sight::of(&order.principal, ties).shows(record) { Ok(()) } else { Err(Error::NotFound) }
}

/// Lets `command` decide.
async fn decide(
    mut loaded: Loaded<Case>,
    command: Arc<dyn Decide<Case>>,
    stamp: Stamp,
    metadata: Metadata,
) -> Result<Part<Case>, Error> {
    let sink = EventSink::default();
    loaded.aggregate.handle(Stamped { stamp, command }, &(), &sink).await.map_err(|breach| rejected(&breach))?;
    Ok(Part { loaded, events: sink.collect().await, metadata })
}

/// A stream's share of events that were decided together with another's.
pub(super) fn part(mut loaded: Loaded<Case>, events: Vec<CaseEvent>, metadata: Metadata) -> Part<Case> {
    events.iter().cloned().for_each(|event| loaded.aggregate.apply(event));
    Part { loaded, events, metadata }
}
