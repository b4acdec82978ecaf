//! Schools, students, staff and partners in PostgreSQL.
mod keep;
mod read;
mod rows;

use std::sync::Arc;

use application::Error;
use deadpool_postgres::{Object, Pool};
use tokio_postgres::{Row, types::ToSql};

use crate::{
    PgCalendars,
    database::{failed, rows},
};

/// Reference data in PostgreSQL: read by everybody, kept by hand where no other system does.
#[derive(Clone)]
pub struct PgReference {
    pool: Pool,
    calendars: Option<Arc<PgCalendars>>,
}

/// What goes into a statement.
type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

impl PgReference {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, calendars: None }
    }

    /// Has `calendars` forget what is changed here.
    #[must_use]
    pub fn telling(self, calendars: Arc<PgCalendars>) -> Self {
        Self { calendars: Some(calendars), ..self }
    }

    async fn client(&self) -> Result<Object, Error> {
        self.pool.get().await.map_err(failed)
    }

    async fn rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Error> {
        rows(&self.pool, sql, values).await
    }
}
