//! What the path of change needs of the log, beyond cqrs-es' `EventStore`.
use std::{future::Future, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use cqrs_es::{Aggregate, AggregateContext, EventStore};
use domain::{SchoolCalendar, SchoolId, StaffId};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{Error, Metadata, sealing::Sealed, view::Row};

/// A stream as it was loaded: the state that decides, and the document that its views are made from.
#[derive(Debug, Clone)]
pub struct Loaded<A: Project> {
    /// The stream.
    pub stream: Uuid,
    /// How many events the stream had.
    pub version: u64,
    /// The state.
    pub aggregate: A,
    /// What the views keep of the stream.
    pub document: A::Document,
    /// The hash of the stream's last event.
    pub chain: Vec<u8>,
    /// The request that is being carried out, recorded with the commit.
    pub request: Option<Request>,
}

impl<A: Project> AggregateContext<A> for Loaded<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.aggregate
    }
}

/// An event with its circumstances, as a projection sees it.
#[derive(Debug, Clone, Copy)]
pub struct Happening<'a, E> {
    /// The stream.
    pub stream: Uuid,
    /// The event's place in the stream, from 1.
    pub version: u64,
    /// The event's own id.
    pub id: Uuid,
    /// What happened.
    pub event: &'a E,
    /// Who, why and when.
    pub metadata: &'a Metadata,
}

/// An aggregate whose views are folded from its events, without I/O: events in, rows out.
pub trait Project: Aggregate<Error: Send + Sync, Event: Send + Sync> + Clone + 'static {
    /// What the views keep of one stream from commit to commit.
    type Document: std::fmt::Debug + Default + Clone + Serialize + DeserializeOwned + Send + Sync;

    /// Where the documents are kept, one per stream.
    const DOCUMENTS: Table;

    /// The day on which `event` happened in the world, where it was told later.
    fn occurred_on(event: &Self::Event) -> Option<NaiveDate>;

    /// Takes one event into the document and returns the rows that change with it.
    fn project(document: &mut Self::Document, happening: &Happening<'_, Self::Event>) -> Vec<Row>;

    /// The rows that keep the document as a whole, written once a commit.
    fn document_rows(document: &Self::Document, stream: Uuid, version: u64) -> Vec<Row>;
}

/// The tables of the views that are written with the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Table {
    /// One document per case.
    CaseFiles,
    /// One row per case, for lists.
    Caseload,
    /// One row per thing written down on a case.
    Entries,
    /// One row per event.
    Timeline,
}

impl Table {
    /// The version of what the table holds: raised with every change to what its rows come to, in shape or in
    /// content. The rows of an earlier version are rebuilt before anything of this one is written.
    pub fn version(self) -> i32 {
        match self {
            Self::CaseFiles | Self::Entries => 3,
            Self::Caseload | Self::Timeline => 2,
        }
    }
}

/// A request as it is remembered, so that its repetition is answered and not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who sent it.
    pub by: StaffId,
    /// The idempotency key.
    pub key: Uuid,
    /// A mark of operation, target and body under the keys of the student; stored as a keyed hash only.
    pub mark: Vec<u8>,
}

/// What a write answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The version of the stream after it.
    pub version: u64,
    /// The position in the log after which its effects can be read.
    pub position: u64,
    /// Whether it had been carried out before.
    pub replayed: bool,
}

/// An event that was decided, not yet stored.
#[derive(Debug, Clone)]
pub struct Decided<E> {
    /// The event's own id, which follows from its command and its place.
    pub id: Uuid,
    /// Its place in the stream.
    pub version: u64,
    /// What happened, with all that was said sealed.
    pub event: Sealed<E>,
    /// The circumstances.
    pub metadata: Metadata,
}

/// One stream's share in a commit: what was decided, and the view rows that follow from it.
#[derive(Debug, Clone)]
pub struct Part<A: Project> {
    /// The stream as it stands after it, but for the chain, which is that of the event before.
    pub after: Loaded<A>,
    /// The version that the decision was taken on.
    pub expected: u64,
    /// What was decided.
    pub decided: Vec<Decided<A::Event>>,
    /// The rows that follow.
    pub rows: Vec<Row>,
}

impl<A: Project> Part<A> {
    /// A share in which nothing was decided yet.
    pub fn of(loaded: Loaded<A>) -> Self {
        Self { expected: loaded.version, after: loaded, decided: vec![], rows: vec![] }
    }

    /// Adds what was decided, which the aggregate has taken in already.
    #[must_use]
    pub fn and(mut self, events: Vec<Sealed<A::Event>>, metadata: &Metadata) -> Self {
        // PostgreSQL keeps microseconds: what is hashed is what can be read again.
        let metadata = Metadata { recorded_at: metadata.recorded_at.trunc_subsecs(6), ..metadata.clone() };
        for event in events {
            self.after.version += 1;
            let (stream, version) = (self.after.stream, self.after.version);
            let id = Uuid::new_v5(&metadata.command, format!("{stream}/{version}").as_bytes());
            let happening = Happening { stream, version, id, event: event.event(), metadata: &metadata };
            self.rows.extend(A::project(&mut self.after.document, &happening));
            self.decided.push(Decided { id, version, event, metadata: metadata.clone() });
        }
        self
    }
}

/// What is stored about a stream and about a request, at one instant.
#[derive(Debug)]
pub struct Found<A: Project> {
    /// The stream.
    pub loaded: Loaded<A>,
    /// What became of the request, where it had come before.
    pub earlier: Earlier,
}

/// What an idempotency key stands for so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing: the request is new.
    Nothing,
    /// This very request, which was answered so.
    Answered(Receipt),
    /// Another request, of this person's or, where it names an entry of the stream, of anybody's.
    Another,
}

/// The log of one kind of aggregate.
pub trait Journal<A: Project>: EventStore<A, AC = Loaded<A>> {
    /// The stream as this process remembers it: others may have moved on since, which the commit finds out.
    fn remembered(&self, stream: Uuid) -> Option<Loaded<A>>;

    /// The stream as it is stored, and what became of `request`.
    fn find(&self, stream: Uuid, request: &Request) -> impl Future<Output = Result<Found<A>, Error>> + Send;

    /// Commits the parts, all or nothing; [`Error::Conflict`] where a stream has moved on or the request's key
    /// has been used, [`Error::Busy`] where too much waits already.
    fn commit_parts(&self, parts: Vec<Part<A>>) -> impl Future<Output = Result<Receipt, Error>> + Send;
}

/// The calendars of schools.
#[async_trait]
pub trait Calendars: Send + Sync {
    /// The calendar of a school; [`Error::NotFound`] where there is no such school.
    async fn of(&self, school: SchoolId) -> Result<Arc<SchoolCalendar>, Error>;
}

/// The present time. A port, so that the demo can live through a year.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The time that this machine's clock tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
