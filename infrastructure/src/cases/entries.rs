//! The entries of one case.
use application::{EntryFilter, Error, Page, view::Record};
use chrono::{DateTime, Utc};
use domain::{EntryId, PartnerId, StudentId};
use tokio_postgres::Row;

use super::PgCases;
use crate::{cursor, database::failed};

pub async fn one(cases: &PgCases, student: StudentId, entry: EntryId) -> Result<Option<Record>, Error> {
    let select = "SELECT body FROM entries WHERE student = $1 AND entry = $2";
    let rows = cases.query(select, &[&student.uuid(), &entry.uuid()]).await?;
    rows.first().map(|row| read(row, 0)).transpose()
}

/// Latest first: by the time of recording, then by the entry.
pub async fn list(
    cases: &PgCases,
    student: StudentId,
    filter: &EntryFilter,
    page: &Page,
) -> Result<Vec<Record>, Error> {
    let select = "SELECT body FROM entries
                  WHERE student = $1
                    AND (cardinality($2::text[]) = 0 OR kind = ANY($2))
                    AND ($3::text IS NULL OR status = $3)
                    AND ($4::uuid IS NULL OR parent = $4)
                    AND ($5::timestamptz IS NULL OR (recorded_at, entry) < ($5, $6))
                  ORDER BY recorded_at DESC, entry DESC LIMIT $7";
    let kinds: Vec<&str> = filter.kinds.iter().map(Into::into).collect();
    let after: Option<DateTime<Utc>> = page.after.as_ref().map(|after| cursor::time(&after.0)).transpose()?;
    let entry = page.after.as_ref().map(|after| after.1);
    let (parent, limit) = (filter.parent.map(EntryId::uuid), i64::from(page.limit));
    let rows = cases.query(select, &[&student.uuid(), &kinds, &filter.status, &parent, &after, &entry, &limit]).await?;
    rows.iter().map(|row| read(row, 0)).collect()
}

/// The referrals to some partners and the consents about them, of many students at once.
pub async fn sharing(cases: &PgCases, students: &[StudentId], partners: &[PartnerId]) -> Result<Vec<Record>, Error> {
    let select = "SELECT body FROM entries
                  WHERE student = ANY($1) AND kind IN ('referral', 'consent') AND partner = ANY($2)";
    let students: Vec<_> = students.iter().map(|student| student.uuid()).collect();
    let partners: Vec<_> = partners.iter().map(|partner| partner.uuid()).collect();
    cases.query(select, &[&students, &partners]).await?.iter().map(|row| read(row, 0)).collect()
}

/// The requests for amendment of many students that ended with the family's statement.
pub async fn statements(cases: &PgCases, students: &[StudentId]) -> Result<Vec<Record>, Error> {
    let select = "SELECT body FROM entries WHERE student = ANY($1) AND kind = 'amendment' AND status = 'stated'";
    let students: Vec<_> = students.iter().map(|student| student.uuid()).collect();
    cases.query(select, &[&students]).await?.iter().map(|row| read(row, 0)).collect()
}

/// A record from the column that holds it.
pub fn read(row: &Row, column: usize) -> Result<Record, Error> {
    serde_json::from_str(row.get(column)).map_err(failed)
}
