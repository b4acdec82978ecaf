//! Questions about cases, answered from the views.
mod caseload;
mod entries;
mod file;
mod queue;
mod reviews;
pub(crate) mod ties;
mod timeline;

use application::{
    CaseloadQuery, CaseloadRow, EntryFilter, Error, Page, QueueQuery, QueueRow, ReadCases, ReadEntries, TimelineFilter,
    TimelineLine,
    access::Ties,
    review::{ReviewQuery, ReviewRow},
    view::{CaseFile, Record},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use deadpool_postgres::{Client, Pool};
use domain::{EntryId, PartnerId, StaffId, StudentId};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    database::{failed, rows},
    gather::{Gather, Rows},
};

/// Cases in PostgreSQL.
#[derive(Clone)]
pub struct PgCases {
    pool: Pool,
    files: Gather<Uuid, Rows>,
    ties: Gather<Uuid, Rows>,
}

impl PgCases {
    /// Reads through `pool`.
    pub fn new(pool: Pool) -> Self {
        let (files, ties) = (Gather::by_select(&pool, file::MANY), Gather::by_select(&pool, ties::MANY));
        Self { pool, files, ties }
    }

    async fn client(&self) -> Result<Client, Error> {
        self.pool.get().await.map_err(failed)
    }

    async fn query(&self, select: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        rows(&self.pool, select, values).await
    }
}

#[async_trait]
impl ReadEntries for PgCases {
    async fn entry(&self, student: StudentId, entry: EntryId) -> Result<Option<Record>, Error> {
        entries::one(self, student, entry).await
    }
}

#[async_trait]
impl ReadCases for PgCases {
    async fn case(&self, student: StudentId, as_of: Option<DateTime<Utc>>) -> Result<Option<(CaseFile, u64)>, Error> {
        match as_of {
            None => file::now(self, student).await,
            Some(then) => file::then(self, student, then).await,
        }
    }

    async fn ties(&self, student: StudentId) -> Result<Option<(Ties, u64)>, Error> {
        ties::now(self, student).await
    }

    async fn entries(&self, student: StudentId, filter: &EntryFilter, page: &Page) -> Result<Vec<Record>, Error> {
        entries::list(self, student, filter, page).await
    }

    async fn timeline(
        &self,
        student: StudentId,
        filter: &TimelineFilter,
        page: &Page,
    ) -> Result<Vec<TimelineLine>, Error> {
        timeline::list(self, student, filter, page).await
    }

    async fn caseload(&self, query: &CaseloadQuery, page: &Page) -> Result<Vec<CaseloadRow>, Error> {
        caseload::list(self, query, page).await
    }

    async fn reviews(&self, query: &ReviewQuery, page: &Page) -> Result<Vec<ReviewRow>, Error> {
        reviews::list(self, query, page).await
    }

    async fn queue(&self, query: &QueueQuery, page: &Page) -> Result<Vec<QueueRow>, Error> {
        queue::list(self, query, page).await
    }

    async fn sharing(&self, students: &[StudentId], partners: &[PartnerId]) -> Result<Vec<Record>, Error> {
        entries::sharing(self, students, partners).await
    }

    async fn statements(&self, students: &[StudentId]) -> Result<Vec<Record>, Error> {
        entries::statements(self, students).await
    }

    async fn mentees(&self, mentor: StaffId) -> Result<Vec<StudentId>, Error> {
        let select = "SELECT student FROM caseload WHERE mentors @> ARRAY[$1::uuid] ORDER BY student";
        let rows = self.query(select, &[&mentor.uuid()]).await?;
        Ok(rows.iter().map(|row| row.get::<_, Uuid>(0).into()).collect())
    }

    async fn referred(&self, partners: &[PartnerId]) -> Result<Vec<StudentId>, Error> {
        let partners: Vec<_> = partners.iter().map(|partner| partner.uuid()).collect();
        let select = "SELECT student FROM caseload WHERE partners && $1::uuid[] ORDER BY student";
        let rows = self.query(select, &[&partners]).await?;
        Ok(rows.iter().map(|row| row.get::<_, Uuid>(0).into()).collect())
    }

    async fn assignments(&self, mentor: StaffId) -> Result<Vec<(StudentId, EntryId)>, Error> {
        let select =
            "SELECT student, entry FROM entries WHERE kind = 'mentor_assignment' AND owner = $1 ORDER BY student";
        let rows = self.query(select, &[&mentor.uuid()]).await?;
        let id = |row: &Row, column| row.get::<_, Uuid>(column);
        Ok(rows.iter().map(|row| (id(row, 0).into(), id(row, 1).into())).collect())
    }
}
