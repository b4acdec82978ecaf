//! The calendars of schools, remembered for a few seconds.
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use application::{Calendars, Error};
use async_trait::async_trait;
use chrono_tz::Tz;
use deadpool_postgres::Pool;
use domain::{SchoolCalendar, SchoolId};
use tokio::sync::RwLock;

use crate::{DatabaseError, database::failed};

/// How long a calendar may be out of date: a changed day counts for every instance after that.
const REMEMBERED: Duration = Duration::from_secs(5);

/// Calendars in PostgreSQL.
pub struct PgCalendars {
    pool: Pool,
    known: RwLock<HashMap<SchoolId, (Instant, Arc<SchoolCalendar>)>>,
    /// How often something was forgotten: what was read before then is not remembered after.
    forgotten: AtomicU64,
}

impl PgCalendars {
    /// Reads through `pool`.
    pub fn new(pool: Pool) -> Self {
        Self { pool, known: RwLock::default(), forgotten: AtomicU64::new(0) }
    }

    /// Forgets the calendar of a school that was changed here: the next question reads it.
    pub async fn forget(&self, school: SchoolId) {
        let mut known = self.known.write().await;
        self.forgotten.fetch_add(1, Ordering::Relaxed);
        known.remove(&school);
    }

    async fn read(&self, school: SchoolId) -> Result<SchoolCalendar, Error> {
        let client = self.pool.get().await.map_err(failed)?;
        let select = client.prepare_cached("SELECT time_zone FROM schools WHERE id = $1").await;
        let select = select.map_err(failed)?;
        let row = client.query_opt(&select, &[&school.uuid()]).await.map_err(failed)?;
        let zone: Tz =
            row.ok_or(Error::NotFound)?.get::<_, &str>(0).parse().map_err(|_| failed(DatabaseError::Unreadable))?;
        let select = client.prepare_cached("SELECT day, instructional FROM school_days WHERE school = $1").await;
        let select = select.map_err(failed)?;
        let days = client.query(&select, &[&school.uuid()]).await.map_err(failed)?;
        Ok(SchoolCalendar::new(zone, days.iter().map(|row| (row.get(0), row.get(1)))))
    }
}

#[async_trait]
impl Calendars for PgCalendars {
    async fn of(&self, school: SchoolId) -> Result<Arc<SchoolCalendar>, Error> {
        if let Some((since, calendar)) = self.known.read().await.get(&school)
            && since.elapsed() < REMEMBERED
        {
            return Ok(calendar.clone());
        }
        let before = self.forgotten.load(Ordering::Relaxed);
        let calendar = Arc::new(self.read(school).await?);
        let mut known = self.known.write().await;
        if self.forgotten.load(Ordering::Relaxed) == before {
            known.insert(school, (Instant::now(), calendar.clone()));
        }
        Ok(calendar)
    }
}
