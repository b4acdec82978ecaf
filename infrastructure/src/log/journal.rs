//! `EventStore` of cqrs-es, on PostgreSQL.
use std::{collections::HashMap, marker::PhantomData};

use application::{Error, Journal, Loaded, Part, Project, Receipt, Request};
use cqrs_es::{AggregateError, EventEnvelope, EventStore};
use deadpool_postgres::{Client, Pool};
use uuid::Uuid;

use super::{append, fingerprint::Fingerprints, replay};
use crate::database::failed;

/// The log of one kind of aggregate, with its decision states and views.
pub struct PgJournal<A> {
    pool: Pool,
    fingerprints: Fingerprints,
    kind: PhantomData<fn() -> A>,
}

impl<A: Project> PgJournal<A> {
    /// The log in the database behind `pool`.
    pub async fn open(pool: Pool) -> Result<Self, Error> {
        let client = pool.get().await.map_err(failed)?;
        let key = client.query_one("SELECT fingerprint_key FROM installation", &[]).await.map_err(failed)?;
        Ok(Self { pool, fingerprints: Fingerprints::under(key.get(0)), kind: PhantomData })
    }

    async fn client(&self) -> Result<Client, Error> {
        self.pool.get().await.map_err(failed)
    }

    async fn load(&self, stream: Uuid) -> Result<Loaded<A>, Error> {
        let client = self.client().await?;
        let load = "SELECT s.version, s.chain, s.state::text, f.body::text
                    FROM streams s LEFT JOIN case_files f ON f.student = s.stream
                    WHERE s.stream = $1 AND s.kind = $2";
        let load = client.prepare_cached(load).await.map_err(failed)?;
        let Some(row) = client.query_opt(&load, &[&stream, &A::TYPE]).await.map_err(failed)? else {
            let (aggregate, document) = (A::default(), A::Document::default());
            return Ok(Loaded { stream, version: 0, aggregate, document, chain: vec![], request: None });
        };
        let document: Option<&str> = row.get(3);
        Ok(Loaded {
            stream,
            version: row.get::<_, i64>(0) as u64,
            aggregate: serde_json::from_str(row.get(2)).map_err(failed)?,
            document: document.map(serde_json::from_str).transpose().map_err(failed)?.unwrap_or_default(),
            chain: row.get(1),
            request: None,
        })
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
        self.load(id(stream)?).await.map_err(outcome)
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        loaded: Loaded<A>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let (aggregate_id, first) = (loaded.stream.to_string(), loaded.version as usize + 1);
        let part = Part { loaded, events: events.clone(), metadata: (&metadata).try_into().map_err(outcome)? };
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
    async fn recorded(&self, request: &Request) -> Result<Option<Receipt>, Error> {
        let client = self.client().await?;
        let select = "SELECT fingerprint, version, position FROM requests WHERE actor = $1 AND key = $2";
        let select = client.prepare_cached(select).await.map_err(failed)?;
        let row = client.query_opt(&select, &[&request.by.uuid(), &request.key]).await.map_err(failed)?;
        row.map(|row| match row.get::<_, Vec<u8>>(0) == self.fingerprints.of(&request.canonical) {
            true => Ok(Receipt {
                version: row.get::<_, i64>(1) as u64,
                position: row.get::<_, i64>(2) as u64,
                replayed: true,
            }),
            false => Err(Error::KeyReused),
        })
        .transpose()
    }

    async fn commit_parts(&self, parts: Vec<Part<A>>) -> Result<Receipt, Error> {
        append::append(&mut self.client().await?, &self.fingerprints, parts).await
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
