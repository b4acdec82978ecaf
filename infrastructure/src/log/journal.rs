//! `EventStore` of cqrs-es, on PostgreSQL.
use std::collections::HashMap;

use application::{Earlier, Error, Found, Journal, Loaded, Part, Project, Receipt, Request, sealing::Sealed};
use cqrs_es::{AggregateError, EventEnvelope, EventStore};
use deadpool_postgres::{Client, Pool};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    appender::Appender,
    commit::Commit,
    find::{self, Question},
    fingerprint::Fingerprints,
    memory::Memory,
    replay,
};
use crate::{
    DatabaseError,
    bell::Bell,
    database::failed,
    gather::{Gather, Rows},
};

/// The log of one kind of aggregate, with its decision states and views.
pub struct PgJournal<A: Project> {
    pool: Pool,
    fingerprints: Fingerprints,
    appender: Appender,
    memory: Memory<A>,
    find: Gather<Question, Rows>,
    bell: Option<Bell>,
}

impl<A: Project> PgJournal<A> {
    /// The log in the database behind `pool`. Its writers live in the runtime that opens it.
    pub async fn open(pool: Pool) -> Result<Self, Error> {
        let client = pool.get().await.map_err(failed)?;
        let key = client.query_one("SELECT fingerprint_key FROM installation", &[]).await.map_err(failed)?;
        Ok(Self {
            fingerprints: Fingerprints::under(key.get(0)),
            appender: Appender::start(&pool),
            memory: Memory::new(),
            find: find::by::<A>(&pool),
            pool,
            bell: None,
        })
    }

    /// The same, ringing `bell` after each commit.
    #[must_use]
    pub fn ringing(self, bell: Bell) -> Self {
        Self { bell: Some(bell), ..self }
    }

    async fn client(&self) -> Result<Client, Error> {
        self.pool.get().await.map_err(failed)
    }

    async fn load(&self, stream: Uuid, request: Option<&Request>) -> Result<Found<A>, Error> {
        let (actor, key) = (request.map(|request| request.by.uuid()), request.map(|request| request.key));
        let found = self.find.ask((stream, actor, key)).await.map_err(failed)?;
        // Every question has its row.
        let row = found.as_ref().and_then(|rows| rows.first()).ok_or_else(|| failed(DatabaseError::Unreadable))?;
        let earlier = request.map_or(Earlier::Nothing, |request| self.earlier(row, request));
        let Some(version) = row.get::<_, Option<i64>>("version") else {
            let (aggregate, document) = (A::default(), A::Document::default());
            let loaded = Loaded { stream, version: 0, aggregate, document, chain: vec![], request: None };
            return Ok(Found { loaded, earlier });
        };
        let (state, document): (&str, Option<&str>) = (row.get("state"), row.get("document"));
        let loaded = Loaded {
            stream,
            version: version as u64,
            aggregate: serde_json::from_str(state).map_err(failed)?,
            document: document.map(serde_json::from_str).transpose().map_err(failed)?.unwrap_or_default(),
            chain: row.get("chain"),
            request: None,
        };
        self.memory.keep(loaded.clone(), state.len());
        Ok(Found { loaded, earlier })
    }

    fn earlier(&self, row: &Row, request: &Request) -> Earlier {
        match row.get::<_, Option<Vec<u8>>>("fingerprint") {
            Some(fingerprint) if fingerprint == self.fingerprints.of(&request.mark) => Earlier::Answered(Receipt {
                version: row.get::<_, i64>("answered") as u64,
                position: row.get::<_, i64>("position") as u64,
                replayed: true,
            }),
            None if !row.get::<_, bool>("names_an_entry") => Earlier::Nothing,
            _ => Earlier::Another,
        }
    }
}

impl<A: Project> EventStore<A> for PgJournal<A> {
    type AC = Loaded<A>;

    async fn load_events(&self, stream: &str) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let client = self.client().await.map_err(outcome)?;
        let past = replay::events::<A>(&client, id(stream)?, None).await.map_err(outcome)?;
        let envelope = |past: replay::Past<A>| EventEnvelope {
            aggregate_id: past.stream.to_string(),
            sequence: past.version as usize,
            metadata: (&past.metadata).into(),
            payload: past.event,
        };
        Ok(past.into_iter().map(envelope).collect())
    }

    async fn load_aggregate(&self, stream: &str) -> Result<Loaded<A>, AggregateError<A::Error>> {
        let found = self.load(id(stream)?, None).await.map_err(outcome)?;
        Ok(found.loaded)
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        loaded: Loaded<A>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let (aggregate_id, first) = (loaded.stream.to_string(), loaded.version as usize + 1);
        // By this way come no events with anything said in them: whose keys would seal it?
        let as_they_are = events.iter().cloned().map(Sealed::as_it_is).collect::<Result<_, _>>().map_err(outcome)?;
        let part = Part::of(loaded).and(as_they_are, &(&metadata).try_into().map_err(outcome)?);
        self.commit_parts(vec![part]).await.map_err(outcome)?;
        let envelope = |(sequence, payload)| EventEnvelope {
            aggregate_id: aggregate_id.clone(),
            sequence,
            payload,
            metadata: metadata.clone(),
        };
        Ok((first..).zip(events).map(envelope).collect())
    }
}

impl<A: Project> Journal<A> for PgJournal<A> {
    fn remembered(&self, stream: Uuid) -> Option<Loaded<A>> {
        self.memory.recall(stream)
    }

    async fn find(&self, stream: Uuid, request: &Request) -> Result<Found<A>, Error> {
        self.load(stream, Some(request)).await
    }

    async fn commit_parts(&self, parts: Vec<Part<A>>) -> Result<Receipt, Error> {
        let (commit, after) = Commit::of(parts, &self.fingerprints)?;
        let lengths: Vec<usize> = commit.changes.iter().map(|change| change.state.len()).collect();
        let written = self.appender.append(commit).await;
        for (loaded, characters) in after.into_iter().zip(lengths) {
            match written {
                Ok(_) => self.memory.keep(loaded, characters),
                Err(_) => self.memory.forget(loaded.stream),
            }
        }
        if let (Some(bell), Ok(receipt)) = (&self.bell, &written) {
            bell.ring(receipt.position);
        }
        written
    }
}

fn id<E: std::error::Error>(stream: &str) -> Result<Uuid, AggregateError<E>> {
    stream.parse().map_err(|error: uuid::Error| AggregateError::UnexpectedError(error.into()))
}

fn outcome<E: std::error::Error>(error: Error) -> AggregateError<E> {
    match error {
        Error::Conflict => AggregateError::AggregateConflict,
        Error::Unavailable(source) => AggregateError::DatabaseConnectionError(source),
        other => AggregateError::UnexpectedError(other.to_string().into()),
    }
}
