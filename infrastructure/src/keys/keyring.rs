//! The keys of students, wrapped in their table, unwrapped in this process for a while.
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use application::{
    Error,
    sealing::{KeyService, Keyring, StudentKeys, Wrapped},
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use domain::{SealingKey, StudentId};
use quick_cache::sync::Cache;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    Upkeep,
    database::failed,
    gather::{Gather, Rows},
};

/// How long the keys of a student are remembered: after that they are asked for again, and gone if they were destroyed.
const REMEMBERED: Duration = Duration::from_secs(60);
/// The keys of how many students are remembered.
const STUDENTS: usize = 20_000;

/// Which of a student's keys it is, as a wrapping knows it.
const CASE: u8 = 1;
const COMPARTMENT: u8 = 2;

type Remembered = (Instant, Arc<StudentKeys>);

/// The keys in the table `student_keys`.
pub struct PgKeyring {
    pool: Pool,
    service: Arc<dyn KeyService>,
    find: Gather<Uuid, Rows>,
    remembered: Cache<Uuid, Remembered>,
}

impl PgKeyring {
    /// The keys behind `pool`, wrapped by `service`.
    #[must_use]
    pub fn new(pool: Pool, service: Arc<dyn KeyService>) -> Self {
        let find = "SELECT student, master, case_key, compartment_key FROM student_keys WHERE student = ANY($1)";
        Self { find: Gather::by_select(&pool, find), remembered: Cache::new(STUDENTS), pool, service }
    }

    /// Lets go, minute by minute, of keys that nobody asked for since.
    #[must_use]
    pub fn letting_go(self: &Arc<Self>) -> Upkeep {
        let keyring = self.clone();
        Upkeep::every(REMEMBERED, "let go of keys", move || {
            keyring.remembered.retain(|_, (since, _)| since.elapsed() < REMEMBERED);
            async { Ok::<_, Error>(()) }
        })
    }

    async fn unwrap(&self, row: &Row) -> Result<StudentKeys, Error> {
        let student: Uuid = row.get("student");
        let key = async |column, which| {
            let wrapped = Wrapped { master: row.get("master"), bytes: row.get(column) };
            self.service.unwrap(&place(student, which), &wrapped).await
        };
        let (case, compartment) = (key("case_key", CASE).await?, key("compartment_key", COMPARTMENT).await?);
        Ok(StudentKeys::new(student.into(), case, compartment))
    }
}

#[async_trait]
impl Keyring for PgKeyring {
    async fn of(&self, student: StudentId) -> Result<Option<Arc<StudentKeys>>, Error> {
        let student = student.uuid();
        if let Some((since, keys)) = self.remembered.get(&student)
            && since.elapsed() < REMEMBERED
        {
            return Ok(Some(keys));
        }
        let asked = Instant::now();
        let found = self.find.ask(student).await.map_err(failed)?;
        let Some(row) = found.as_ref().and_then(|rows| rows.first()) else {
            self.remembered.remove(&student);
            return Ok(None);
        };
        let keys = Arc::new(self.unwrap(row).await?);
        self.remembered.insert(student, (asked, keys.clone()));
        Ok(Some(keys))
    }

    async fn make(&self, student: StudentId) -> Result<Arc<StudentKeys>, Error> {
        let id = student.uuid();
        let wrap = async |which| self.service.wrap(&place(id, which), &SealingKey::generate()).await;
        let (case, compartment) = (wrap(CASE).await?, wrap(COMPARTMENT).await?);
        let insert = "INSERT INTO student_keys (student, master, case_key, compartment_key)
                      SELECT $1, $2, $3, $4
                      WHERE NOT EXISTS (SELECT FROM erasures WHERE student = $1 AND carried_out_at IS NOT NULL)
                      ON CONFLICT DO NOTHING";
        let client = self.pool.get().await.map_err(failed)?;
        let insert = client.prepare_cached(insert).await.map_err(failed)?;
        client.execute(&insert, &[&id, &case.master, &case.bytes, &compartment.bytes]).await.map_err(failed)?;
        drop(client);
        // Whoever was first has made the keys.
        self.of(student).await?.ok_or(Error::NotFound)
    }
}

/// Whose key, and which: wrapped for one it does not unwrap for another.
pub(super) fn place(student: Uuid, which: u8) -> Vec<u8> {
    [student.as_bytes(), &[which][..]].concat()
}
