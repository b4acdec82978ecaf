//! Questions about who is served, answered from what the reader keeps and from the reference tables.
use std::collections::BTreeMap;

use application::{
    Error,
    figures::Progress,
    served::{Course, Delivery, ReadServed, ServedSoFar},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{StudentId, indicator::SchoolYear};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    DatabaseError,
    database::{failed, rows},
};

const SO_FAR: &str = "SELECT position, recorded_at,
      (SELECT max(finished_at) FROM import_batches WHERE outcome = 'finished')
    FROM readers WHERE name = 'served' AND live";

/// A mentor works for the partner of the role held last.
macro_rules! courses {
    ($of:literal) => {
        concat!("
    SELECT s.student, s.entry, s.what, s.code,
           coalesce(s.partner, (SELECT partner FROM staff_roles r WHERE r.staff = s.mentor AND r.role = 'success_mentor'
                                ORDER BY r.since DESC, r.id LIMIT 1)),
           s.mentor, s.started_on, s.ended_on
    FROM served s
    WHERE s.generation = (SELECT generation FROM readers WHERE name = 'served' AND live)
      AND s.what IN ('intervention', 'mentor', 'service') AND s.visibility IN ('team', 'school')
      AND s.started_on <= $2 AND (s.ended_on IS NULL OR s.ended_on >= $1)", $of, "
    ORDER BY s.student, s.started_on, s.entry")
    };
}

/// Contacts of which the whole school may not know are not counted; sessions go with their interventions.
const DELIVERIES: &str = "
    SELECT student, course, started_on FROM served
    WHERE generation = (SELECT generation FROM readers WHERE name = 'served' AND live)
      AND student = ANY($1) AND what IN ('session', 'contact') AND started_on BETWEEN $2 AND $3
      AND (visibility IS NULL OR visibility IN ('team', 'school'))
    ORDER BY student, started_on";

const GRADES: &str = "
    SELECT DISTINCT ON (student) student, entry_grade_level FROM enrolments
    WHERE student = ANY($1) AND entry_date <= $3 AND (exit_date IS NULL OR exit_date >= $2)
      AND entry_grade_level IS NOT NULL
    ORDER BY student, assumed, entry_date DESC";

/// Who is served, in PostgreSQL.
#[derive(Debug, Clone)]
pub struct PgServed(Pool);

impl PgServed {
    /// Reads through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }

    async fn rows(&self, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        rows(&self.0, sql, values).await
    }
}

#[async_trait]
impl ReadServed for PgServed {
    async fn so_far(&self) -> Result<ServedSoFar, Error> {
        let rows = self.rows(SO_FAR, &[]).await?;
        let so_far = |row: &Row| ServedSoFar {
            counted: Progress { position: row.get::<_, i64>(0).unsigned_abs(), recorded_at: row.get(1) },
            imported_at: row.get(2),
        };
        Ok(rows.first().map(so_far).unwrap_or_default())
    }

    async fn courses(&self, year: SchoolYear) -> Result<Vec<Course>, Error> {
        let (first, last) = year.days().into_inner();
        self.rows(courses!(""), &[&first, &last]).await?.iter().map(course).collect()
    }

    async fn courses_of(&self, students: &[StudentId], year: SchoolYear) -> Result<Vec<Course>, Error> {
        let (first, last) = year.days().into_inner();
        let values: [&(dyn ToSql + Sync); 3] = [&first, &last, &ids(students)];
        self.rows(courses!(" AND s.student = ANY($3)"), &values).await?.iter().map(course).collect()
    }

    async fn deliveries(&self, students: &[StudentId], year: SchoolYear) -> Result<Vec<Delivery>, Error> {
        let (first, last) = year.days().into_inner();
        let rows = self.rows(DELIVERIES, &[&ids(students), &first, &last]).await?;
        let delivery =
            |row: &Row| Delivery { student: row.get::<_, Uuid>(0).into(), course: row.get(1), on: row.get(2) };
        Ok(rows.iter().map(delivery).collect())
    }

    async fn grades(&self, students: &[StudentId], year: SchoolYear) -> Result<BTreeMap<StudentId, String>, Error> {
        let (first, last) = year.days().into_inner();
        let rows = self.rows(GRADES, &[&ids(students), &first, &last]).await?;
        Ok(rows.iter().map(|row| (row.get::<_, Uuid>(0).into(), row.get(1))).collect())
    }
}

fn course(row: &Row) -> Result<Course, Error> {
    Ok(Course {
        student: row.get::<_, Uuid>(0).into(),
        entry: row.get(1),
        what: row.get::<_, &str>(2).parse().map_err(|_| failed(DatabaseError::Unreadable))?,
        code: row.get(3),
        partner: row.get::<_, Option<Uuid>>(4).map(Into::into),
        mentor: row.get::<_, Option<Uuid>>(5).map(Into::into),
        started_on: row.get::<_, NaiveDate>(6),
        ended_on: row.get(7),
    })
}

fn ids(students: &[StudentId]) -> Vec<Uuid> {
    students.iter().map(|student| student.uuid()).collect()
}
