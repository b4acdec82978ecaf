//! What indicators are made of, read from the reference tables whenever it is asked for.
mod district;
mod policies;
mod school_years;
mod schools;
mod years;

use std::collections::BTreeMap;

use application::{
    Error,
    indicators::{ReadIndicators, Sources},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{
    SchoolId, StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
    policy::Act,
};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::database::rows;

pub use district::{DistrictBands, Judged};
pub use school_years::comparing_schools;

/// What indicators are made of, in PostgreSQL.
#[derive(Clone)]
pub struct PgIndicators {
    pool: Pool,
}

impl PgIndicators {
    /// Reads through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { pool }
    }

    pub(crate) async fn rows(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        rows(&self.pool, sql, values).await
    }
}

/// Acts by kind, with the statuses of those that count.
const ACTS: &str = "
    SELECT student, max(occurred_on) FROM entries
    WHERE student = ANY($1) AND kind = ANY($2) AND occurred_on <= $3 AND standing IN ('current', 'corrected')
      AND visibility IN ('team', 'school')
      AND (kind, status) NOT IN (('contact', 'no_answer'), ('contact', 'left_message'), ('contact', 'unreachable'),
           ('contact', 'refused'), ('session', 'no_show'), ('session', 'cancelled'), ('intervention', 'planned'),
           ('referral', 'draft'), ('goal', 'proposed'))
    GROUP BY student";

#[async_trait]
impl ReadIndicators for PgIndicators {
    async fn teaching_days(&self, schools: &[SchoolId], year: SchoolYear) -> Result<Schools, Error> {
        schools::read(self, schools, year).await
    }

    async fn years(&self, students: &[StudentId], year: SchoolYear) -> Result<BTreeMap<StudentId, StudentYear>, Error> {
        years::read(self, students, year).await
    }

    async fn students_of(&self, school: SchoolId, day: NaiveDate) -> Result<Vec<StudentId>, Error> {
        let sql = "SELECT student FROM enrolments
                   WHERE school = $1 AND NOT assumed AND entry_date <= $2 AND (exit_date IS NULL OR exit_date >= $2)
                   UNION
                   SELECT student FROM assumed_stays a WHERE school = $1 AND entry_date <= $2 AND exit_date >= $2
                     AND NOT EXISTS (SELECT FROM enrolments e WHERE e.student = a.student AND NOT e.assumed)
                   ORDER BY student";
        let rows = self.rows(sql, &[&school.uuid(), &day]).await?;
        Ok(rows.iter().map(|row| row.get::<_, Uuid>(0).into()).collect())
    }

    async fn student_known_through(&self, student: StudentId) -> Result<Option<NaiveDate>, Error> {
        let sql =
            "SELECT max(least(stay.exit_date, (SELECT max(day) FROM submitted_days d WHERE d.school = stay.school)))
                   FROM (SELECT school, exit_date FROM enrolments WHERE student = $1 AND NOT assumed
                         UNION ALL SELECT calendar, exit_date FROM assumed_stays WHERE student = $1) stay
                   WHERE EXISTS (SELECT FROM submitted_days d WHERE d.school = stay.school)";
        Ok(self.rows(sql, &[&student.uuid()]).await?.first().and_then(|row| row.get(0)))
    }

    async fn school_known_through(&self, school: SchoolId) -> Result<Option<NaiveDate>, Error> {
        let sql = "SELECT max(day) FROM submitted_days WHERE school = $1";
        Ok(self.rows(sql, &[&school.uuid()]).await?.first().and_then(|row| row.get(0)))
    }

    async fn sources(&self, school: SchoolId) -> Result<Sources, Error> {
        let attendance = self.school_known_through(school).await?;
        let sql = "SELECT max(finished_at) FROM import_batches WHERE outcome = 'finished'";
        let imported_at = self.rows(sql, &[]).await?.first().and_then(|row| row.get(0));
        Ok(Sources { attendance, imported_at })
    }

    async fn last_acts(
        &self,
        students: &[StudentId],
        acts: &[Act],
        until: NaiveDate,
    ) -> Result<BTreeMap<StudentId, NaiveDate>, Error> {
        let kinds: Vec<&'static str> = acts.iter().map(Into::into).collect();
        let rows = self.rows(ACTS, &[&ids(students), &kinds, &until]).await?;
        Ok(rows.iter().map(|row| (row.get::<_, Uuid>(0).into(), row.get(1))).collect())
    }
}

fn ids(students: &[StudentId]) -> Vec<Uuid> {
    students.iter().map(|student| student.uuid()).collect()
}
