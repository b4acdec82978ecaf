//! The store as the documentation of postgres-es sets it up: its pool, its tables, one `GenericQuery`.
use std::sync::Arc;

use cqrs_es::{AggregateError, persist::GenericQuery};
use load::rival::Rival;
use postgres_es::{PostgresCqrs, PostgresViewRepository, default_postgress_pool, postgres_cqrs};
use serde_json::Value;
use sqlx::{Executor, Pool, Postgres};

use crate::case::{Case, CaseView, LogContact};

const TABLES: &str = "
    CREATE TABLE events (
        aggregate_type text                         NOT NULL,
        aggregate_id   text                         NOT NULL,
        sequence       bigint CHECK (sequence >= 0) NOT NULL,
        event_type     text                         NOT NULL,
        event_version  text                         NOT NULL,
        payload        json                         NOT NULL,
        metadata       json                         NOT NULL,
        PRIMARY KEY (aggregate_type, aggregate_id, sequence)
    );
    CREATE TABLE case_view (
        view_id text                        NOT NULL,
        version bigint CHECK (version >= 0) NOT NULL,
        payload json                        NOT NULL,
        PRIMARY KEY (view_id)
    )";

/// The framework on its store.
#[derive(Clone)]
pub struct Store(Arc<PostgresCqrs<Case>>);

impl Store {
    fn on(pool: Pool<Postgres>) -> Self {
        let views = Arc::new(PostgresViewRepository::<CaseView, Case>::new("case_view", pool.clone()));
        let mut query = GenericQuery::new(views);
        query.use_error_handler(Box::new(|error| eprintln!("a view was not updated: {error}")));
        Self(Arc::new(postgres_cqrs(pool, vec![Box::new(query)], ())))
    }
}

impl Rival for Store {
    async fn open(url: &str) -> anyhow::Result<Self> {
        Ok(Self::on(default_postgress_pool(url).await))
    }

    async fn begin(&self, student: u64, contacts: &[Value]) -> anyhow::Result<()> {
        for contact in contacts {
            self.append(student, contact).await?;
        }
        Ok(())
    }

    async fn append(&self, student: u64, contact: &Value) -> anyhow::Result<()> {
        loop {
            match self.0.execute(&student.to_string(), LogContact(contact.clone())).await {
                Err(AggregateError::AggregateConflict) => {}
                done => return Ok(done?),
            }
        }
    }
}

/// Makes the tables with so many students, each with so many events and their view.
pub async fn prepare(pool: &Pool<Postgres>, students: u64, events: u64, contact: &Value) -> sqlx::Result<()> {
    pool.execute(TABLES).await?;
    sqlx::query(
        "INSERT INTO events
         SELECT 'case', stream::text, version, 'contact_logged', '1',
                json_build_object('type', 'contact_logged', 'contact', $3::json), '{}'
         FROM generate_series(1, $2::bigint) version, generate_series(0, $1::bigint - 1) stream",
    )
    .bind(students as i64)
    .bind(events as i64)
    .bind(contact)
    .execute(pool)
    .await?;
    sqlx::query(
        "INSERT INTO case_view
         SELECT stream::text, $2, json_build_object('contacts', $2, 'last', $3::json)
         FROM generate_series(0, $1::bigint - 1) stream",
    )
    .bind(students as i64)
    .bind(events as i64)
    .bind(contact)
    .execute(pool)
    .await?;
    pool.execute("VACUUM ANALYZE").await.map(drop)
}
