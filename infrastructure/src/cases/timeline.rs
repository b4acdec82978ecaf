//! The timeline of one case.
use application::{Error, Page, TimelineFilter, TimelineLine, view::TimelineRow};
use domain::{EntryId, StaffId, StudentId};

use super::PgCases;
use crate::{cursor, database::failed};

/// Latest first: by the time at which it happened, then by the version of the case.
pub async fn list(
    cases: &PgCases,
    student: StudentId,
    filter: &TimelineFilter,
    page: &Page,
) -> Result<Vec<TimelineLine>, Error> {
    let select = "SELECT to_json(t)::text, e.body
                  FROM timeline t LEFT JOIN entries e ON e.student = t.student AND e.entry = t.entry
                  WHERE t.student = $1
                    AND (cardinality($2::text[]) = 0 OR t.about = ANY($2))
                    AND ($3::uuid IS NULL OR t.entry = $3)
                    AND ($4::uuid IS NULL OR t.author = $4)
                    AND ($5::timestamptz IS NULL OR t.occurred_at >= $5)
                    AND ($6::timestamptz IS NULL OR t.occurred_at < $6)
                    AND ($7::timestamptz IS NULL OR t.recorded_at <= $7)
                    AND ($8::timestamptz IS NULL OR (t.occurred_at, t.version) < ($8, $9))
                  ORDER BY t.occurred_at DESC, t.version DESC LIMIT $10";
    let about: Vec<&str> = filter.about.iter().map(Into::into).collect();
    let (entry, author) = (filter.entry.map(EntryId::uuid), filter.author.map(StaffId::uuid));
    let after = page.after.as_ref().map(|after| cursor::time(&after.0)).transpose()?;
    let version = page.after.as_ref().map(|after| after.1.as_u128() as i64);
    let limit = i64::from(page.limit);
    let rows = cases
        .query(
            select,
            &[
                &student.uuid(),
                &about,
                &entry,
                &author,
                &filter.from,
                &filter.until,
                &filter.as_of,
                &after,
                &version,
                &limit,
            ],
        )
        .await?;
    let line = |row: &tokio_postgres::Row| {
        let line: TimelineRow = serde_json::from_str(row.get(0)).map_err(failed)?;
        let entry = row.get::<_, Option<&str>>(1).map(serde_json::from_str).transpose().map_err(failed)?;
        Ok(TimelineLine { row: line, entry })
    };
    rows.iter().map(line).collect()
}
