//! One try at carrying out a task.
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use cqrs_es::{Aggregate, event_sink::EventSink};
use domain::{
    Decide, EntryId, SchoolCalendar, SchoolId, StaffId, Stamp, Stamped, StudentId, Visibility,
    case::{Case, CaseEvent, Entry},
};

use super::{
    Execute, Order, Task,
    compartment::seal_as_they_leave,
    erase,
    recount::{self, Past, Recounted},
};
use crate::{
    Calendars, Earlier, Error, Found, Journal, Loaded, Metadata, Part, ReadEntries, Receipt,
    access::{self, Basis, Sight, Ties},
    error::rejected,
    reference::district_day,
    sealing::{Keyring, Sealed, StudentKeys},
    view::Record,
};

pub(super) struct Executor<J> {
    pub(super) journal: Arc<J>,
    pub(super) entries: Arc<dyn ReadEntries>,
    pub(super) calendars: Arc<dyn Calendars>,
    pub(super) keyring: Arc<dyn Keyring>,
}

/// A case that the caller may change, with the calendar of its school.
struct Opened {
    loaded: Loaded<Case>,
    granted: Granted,
    /// Who may read what is said.
    visibility: Visibility,
}

/// That the caller may, why, and in which calendar.
pub(super) struct Granted {
    basis: Basis,
    ties: Ties,
    calendar: Arc<SchoolCalendar>,
}

impl Granted {
    /// The circumstances of the order's command: for those who store it, and for those who decide.
    pub(super) fn circumstances(&self, order: &Order, at: DateTime<Utc>) -> (Metadata, Stamp) {
        let (by, calendar) = (order.principal.staff, self.calendar.clone());
        let metadata = Metadata::new(order.key, by, self.basis, at, calendar.zone()).under(order.policy.as_ref());
        (metadata, Stamp { id: order.key, by, at, calendar })
    }
}

#[async_trait]
impl<J: Journal<Case>> Execute for Executor<J> {
    async fn attempt(&self, order: &Order, at: DateTime<Utc>, task: &Task) -> Result<Receipt, Error> {
        let keys = self.keyring.of(order.student).await?;
        if let Some(keys) = &keys
            && let Some(parts) = self.accepted_from_memory(order, at, task, keys).await
        {
            match self.journal.commit_parts(parts).await {
                Err(Error::Conflict) => {}
                done => return done,
            }
        }
        let request = order.request(keys.as_deref())?;
        let Found { loaded, earlier } = self.journal.find(order.student.uuid(), &request).await?;
        if keys.is_none() && loaded.version > 0 {
            // The student was erased: what is left of the case is nobody's.
            return Err(Error::NotFound);
        }
        let opened = self.open_for(order, at, task, loaded).await?;
        match earlier {
            Earlier::Answered(receipt) => Ok(receipt),
            Earlier::Another => Err(Error::KeyReused),
            Earlier::Nothing => {
                let keys = match keys {
                    Some(keys) => keys,
                    None => self.keyring.make(order.student).await?,
                };
                self.journal.commit_parts(self.decide(order, at, task, opened, &keys).await?).await
            }
        }
    }

    async fn recount(&self, history: &[Past]) -> Result<Recounted, Error> {
        recount::recount(self, history).await
    }

    async fn erase(&self, student: StudentId, by: StaffId, at: DateTime<Utc>) -> Result<(), Error> {
        erase::erase(self, student, by, at).await
    }
}

impl<J: Journal<Case>> Executor<J> {
    /// What follows from the case as this process remembers it, without a question to the store.
    ///
    /// Another instance may have moved on: then the commit finds a conflict. But nothing is refused, nor found to be
    /// done already, on the ground of what may be out of date.
    async fn accepted_from_memory(
        &self,
        order: &Order,
        at: DateTime<Utc>,
        task: &Task,
        keys: &StudentKeys,
    ) -> Option<Vec<Part<Case>>> {
        let Task::Decide(_) = task else { return None };
        let loaded = self.journal.remembered(order.student.uuid())?;
        let opened = self.open_for(order, at, task, loaded).await.ok()?;
        let parts = self.decide(order, at, task, opened, keys).await.ok()?;
        parts.iter().all(|part| !part.decided.is_empty()).then_some(parts)
    }

    /// Decides whether the caller may carry out the order on the case that was loaded.
    async fn open_for(
        &self,
        order: &Order,
        at: DateTime<Utc>,
        task: &Task,
        loaded: Loaded<Case>,
    ) -> Result<Opened, Error> {
        let ties = Ties::of(&loaded.aggregate, order.student, district_day(at));
        let record = order.entry.and_then(|entry| loaded.document.records.get(&entry));
        if let Some(record) = record {
            // Who may not read an entry is not told that it is there.
            sees(order, &ties, record)?;
        }
        let visibility = record.map_or(task.visibility(), |record| record.visibility);
        let granted = self.grant(order, ties, order.school, visibility).await?;
        Ok(Opened { loaded, granted, visibility })
    }

    /// Decides whether the caller may act on a case with those `ties`, on an entry of that `visibility` or to bring
    /// one about; `school` where the case does not know one yet.
    pub(super) async fn grant(
        &self,
        order: &Order,
        ties: Ties,
        school: Option<SchoolId>,
        visibility: Visibility,
    ) -> Result<Granted, Error> {
        let school = ties.school.or(school).ok_or(Error::NotFound)?;
        let ties = Ties { school: Some(school), ..ties };
        let basis = access::decide(&order.principal, order.operation.act(), &ties, visibility)?;
        Ok(Granted { basis, ties, calendar: self.calendars.of(school).await? })
    }

    /// What the task comes to.
    async fn decide(
        &self,
        order: &Order,
        at: DateTime<Utc>,
        task: &Task,
        opened: Opened,
        keys: &StudentKeys,
    ) -> Result<Vec<Part<Case>>, Error> {
        let Opened { mut loaded, granted, visibility } = opened;
        order.ensure_version(loaded.version)?;
        loaded.request = Some(order.request(Some(keys))?);
        let (metadata, stamp) = granted.circumstances(order, at);
        let ties = granted.ties;
        match task {
            Task::Decide(command) => {
                let events = decide_on(&mut loaded, command.clone(), stamp).await?;
                let sealed = events.into_iter().map(|event| keys.seal(event, visibility)).collect::<Result<_, _>>()?;
                Ok(vec![Part::of(loaded).and(sealed, &metadata)])
            }
            Task::Repair(entry, command) => {
                let command = command(self.entry(order, &ties, &loaded, *entry, keys).await?);
                let events = decide_on(&mut loaded, command, stamp).await?;
                let sealed = seal_as_they_leave(keys, &loaded, events, &metadata)?;
                Ok(vec![Part::of(loaded).and(sealed, &metadata)])
            }
            Task::Move(wish) => self.move_entry(order, wish, &ties, (loaded, keys), stamp, metadata).await,
        }
    }

    /// An entry to be put right, as it stands in the state that was loaded; what it says is to be sealed anew.
    pub(super) async fn entry(
        &self,
        order: &Order,
        ties: &Ties,
        loaded: &Loaded<Case>,
        entry: EntryId,
        keys: &StudentKeys,
    ) -> Result<Entry, Error> {
        let record = self.entries.entry(loaded.stream.into(), entry).await?.ok_or(Error::NotFound)?;
        sees(order, ties, &record)?;
        access::decide_repair(&order.principal, &record, ties)?;
        if record.version > loaded.version {
            return Err(Error::Conflict);
        }
        keys.said_again(&record.to_repair()?)
    }
}

/// Finds nothing where the caller may not read the entry.
fn sees(order: &Order, ties: &Ties, record: &Record) -> Result<(), Error> {
    if Sight::of(&order.principal, ties).shows(record) { Ok(()) } else { Err(Error::NotFound) }
}

/// Lets `command` decide on a case, which takes in what was decided.
pub(super) async fn decide_on(
    loaded: &mut Loaded<Case>,
    command: Arc<dyn Decide<Case>>,
    stamp: Stamp,
) -> Result<Vec<CaseEvent>, Error> {
    let sink = EventSink::default();
    loaded.aggregate.handle(Stamped { stamp, command }, &(), &sink).await.map_err(|breach| rejected(&breach))?;
    Ok(sink.collect().await)
}

/// A stream's share of events that were decided together with another's.
pub(super) fn part(mut loaded: Loaded<Case>, events: Vec<Sealed<CaseEvent>>, metadata: &Metadata) -> Part<Case> {
    events.iter().for_each(|event| loaded.aggregate.apply(event.event().clone()));
    Part::of(loaded).and(events, metadata)
}
