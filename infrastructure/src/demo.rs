//! What the demo remembers of itself, in PostgreSQL.
use std::{collections::HashSet, path::Path, sync::Arc};

use application::{
    Error,
    demo::{Begun, KeepDemo, Records, Sheet},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::{ClientWrapper, Object, Pool};
use domain::StudentId;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{
    DatabaseError,
    import::{ImportError, NoProgress, Options, plain_csv},
};

/// Of several servers that start with the demo at once, one tells it; the others wait. The number is ours alone.
const LOCK: &str = "SELECT pg_advisory_lock(7487006001)";

/// The demo's place in the store.
pub struct PgDemo {
    pool: Pool,
    /// The connection that holds the lock, taken out of the pool: closing it gives the lock back.
    locked: Mutex<Option<ClientWrapper>>,
}

impl PgDemo {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool, locked: Mutex::new(None) }
    }

    async fn try_begin(&self, today: NaiveDate) -> Result<Begun, DatabaseError> {
        let client = Object::take(self.pool.get().await?);
        client.batch_execute(LOCK).await?;
        let begin = "INSERT INTO demo (began_on) SELECT $1
                     WHERE NOT EXISTS (SELECT FROM log) AND NOT EXISTS (SELECT FROM schools)
                     ON CONFLICT DO NOTHING";
        client.execute(begin, &[&today]).await?;
        let found = client.query_opt("SELECT began_on, completed_at IS NOT NULL FROM demo", &[]).await?;
        let begun = match found.map(|row| (row.get(0), row.get(1))) {
            Some((day, false)) => Begun::On(day),
            Some((_, true)) => Begun::Before,
            None => Begun::NotEmpty,
        };
        if matches!(begun, Begun::On(_)) {
            *self.locked.lock().await = Some(client);
        }
        Ok(begun)
    }

    /// The sheets go the way of any school's files.
    async fn try_keep(&self, records: &Records) -> Result<(), ImportError> {
        let client = self.pool.get().await?;
        for (kind, external_id, id) in &records.ids {
            let insert = "INSERT INTO external_ids (source, kind, external_id, id) VALUES ($1, $2, $3, $4)
                          ON CONFLICT DO NOTHING";
            client.execute(insert, &[&plain_csv::SOURCE, kind, external_id, id]).await?;
        }
        let directory = tempfile::tempdir().map_err(|cause| ImportError::file(std::env::temp_dir(), cause))?;
        for sheet in &records.sheets {
            let path = directory.path().join(sheet.name).with_extension("csv");
            write(sheet, &path).map_err(|cause| ImportError::file(&path, cause.into()))?;
        }
        let options = Options { rejects: Some(directory.path().join("rejects.csv")), ..Options::default() };
        let report = plain_csv::import(&self.pool, directory.path(), &options, Arc::new(NoProgress)).await?;
        if report.listed > 0 {
            tracing::warn!(rows = report.listed, "the demo tells what cannot be used");
        }
        Ok(())
    }

    async fn try_complete(&self) -> Result<u64, DatabaseError> {
        let client = self.pool.get().await?;
        client.execute("UPDATE demo SET completed_at = now()", &[]).await?;
        let events: i64 = client.query_one("SELECT count(*) FROM log", &[]).await?.get(0);
        self.locked.lock().await.take();
        Ok(events.unsigned_abs())
    }
}

fn write(sheet: &Sheet, path: &Path) -> csv::Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(sheet.columns)?;
    sheet.rows.iter().try_for_each(|row| writer.write_record(row))?;
    Ok(writer.flush()?)
}

#[async_trait]
impl KeepDemo for PgDemo {
    async fn begin(&self, today: NaiveDate) -> Result<Begun, Error> {
        self.try_begin(today).await.map_err(Error::unavailable)
    }

    async fn done(&self, student: StudentId) -> Result<HashSet<Uuid>, Error> {
        let done = async {
            let client = self.pool.get().await?;
            let commands = client.prepare_cached("SELECT command FROM events WHERE stream = $1").await?;
            let rows = client.query(&commands, &[&student.uuid()]).await?;
            Ok::<_, DatabaseError>(rows.iter().map(|row| row.get(0)).collect())
        };
        done.await.map_err(Error::unavailable)
    }

    async fn keep_records(&self, records: &Records) -> Result<(), Error> {
        self.try_keep(records).await.map_err(Error::unavailable)
    }

    async fn complete(&self) -> Result<u64, Error> {
        self.try_complete().await.map_err(Error::unavailable)
    }
}
