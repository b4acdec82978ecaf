//! A page of the log as changes of cases, with what decides who may know of them as it stands now.
use std::sync::Arc;

use application::{
    Error,
    changes::{Change, Stretch},
};
use deadpool_postgres::Pool;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    cases::ties,
    database::failed,
    log::{
        CASE, order,
        reader::{ISOLATION, page},
    },
};

/// The lines of the story, the ties of each case and the entries that they are about. Rows of a case that was erased
/// are not there, and nobody hears of it. The fences (OFFSET 0) have each looked up by its key.
const LINES: &str = "
    SELECT o.position, o.student, o.version, t.event, t.type, t.about, t.occurred_at, t.recorded_at, t.entry,
           c.school, c.mentors, c.handed_over, e.body
    FROM unnest($1::bigint[], $2::uuid[], $3::bigint[]) AS o (position, student, version)
    CROSS JOIN LATERAL (SELECT * FROM timeline WHERE student = o.student AND version = o.version OFFSET 0) t
    CROSS JOIN LATERAL (SELECT * FROM caseload WHERE student = o.student OFFSET 0) c
    LEFT JOIN LATERAL (SELECT body FROM entries WHERE student = o.student AND entry = t.entry OFFSET 0) e ON true
    ORDER BY o.position";

/// How far the log has come.
pub async fn end(pool: &Pool) -> Result<u64, Error> {
    let client = pool.get().await.map_err(failed)?;
    Ok(order::extent(&client).await.map_err(failed)?.complete)
}

/// The first page behind `position`.
pub async fn behind(pool: &Pool, position: u64) -> Result<Stretch, Error> {
    let mut client = pool.get().await.map_err(failed)?;
    let transaction = client.build_transaction().isolation_level(ISOLATION).start().await.map_err(failed)?;
    let page = page(&transaction, position).await?;
    let of_cases = || page.events.iter().filter(|event| event.kind() == CASE);
    let positions: Vec<_> = of_cases().map(|event| event.position as i64).collect();
    let mut changes = vec![];
    if !positions.is_empty() {
        let students: Vec<_> = of_cases().map(|event| event.stream()).collect();
        let versions: Vec<_> = of_cases().map(|event| event.version() as i64).collect();
        let lines = transaction.prepare_cached(LINES).await.map_err(failed)?;
        let rows = transaction.query(&lines, &[&positions, &students, &versions]).await.map_err(failed)?;
        changes = rows.iter().filter_map(|row| change(row).transpose()).collect::<Result<_, _>>()?;
    }
    transaction.commit().await.map_err(failed)?;
    Ok(Stretch { changes, through: page.through })
}

/// The change of a row; nothing where the entry that it is about is not there, so that nobody could say who may know.
fn change(row: &Row) -> Result<Option<Arc<Change>>, Error> {
    let student = row.get::<_, Uuid>("student").into();
    let ties = ties::of(student, row)?;
    let entry = row.get::<_, Option<&str>>("body").map(serde_json::from_str).transpose().map_err(failed)?;
    if row.get::<_, Option<Uuid>>("entry").is_some() && entry.is_none() {
        return Ok(None);
    }
    Ok(Some(Arc::new(Change {
        position: row.get::<_, i64>("position") as u64,
        event: row.get("event"),
        event_type: row.get("type"),
        student,
        version: row.get::<_, i64>("version") as u64,
        about: row.get::<_, &str>("about").parse().map_err(|_| Error::unavailable("a kind of entry is not known"))?,
        occurred_at: row.get("occurred_at"),
        recorded_at: row.get("recorded_at"),
        ties,
        entry,
    })))
}
