//! Cases that are over, put away: their events leave the log's partitions for the archive, and come back. Whoever reads
//! the log finds them in either place.
use chrono::{DateTime, Utc};
use deadpool_postgres::{Pool, Transaction};
use uuid::Uuid;

use super::CASE;
use crate::DatabaseError;

/// How many cases move in one transaction. Their streams are locked meanwhile: who writes on one of them waits.
const CASES: i64 = 100;

/// What moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// The cases.
    pub cases: u64,
    /// Their events.
    pub events: u64,
}

/// Closed cases with events in the log, of which none is younger than `$1`; the first after `$2`.
const OVER: &str = "
    SELECT s.stream FROM streams s JOIN caseload c ON c.student = s.stream AND c.status = 'closed'
    WHERE s.kind = $3 AND s.stream > $2
      AND EXISTS (SELECT FROM events e WHERE e.stream = s.stream AND e.kind = s.kind)
      AND NOT EXISTS (SELECT FROM events e WHERE e.stream = s.stream AND e.kind = s.kind AND e.recorded_at >= $1)
    ORDER BY s.stream LIMIT $4 FOR UPDATE OF s";

/// Puts away the closed cases in which nothing was recorded at `since` or later; tells `progress` of each batch.
///
/// # Errors
/// Those of [`DatabaseError`]; what moved before stays where it is.
pub async fn put_away(
    pool: &Pool,
    since: DateTime<Utc>,
    mut progress: impl FnMut(Moved),
) -> Result<Moved, DatabaseError> {
    let mut client = pool.get().await?;
    let (mut all, mut after) = (Moved::default(), Uuid::nil());
    loop {
        let transaction = client.transaction().await?;
        let over = transaction.query(OVER, &[&since, &after, &CASE, &CASES]).await?;
        let streams: Vec<Uuid> = over.iter().map(|row| row.get(0)).collect();
        let Some(last) = streams.last() else { return Ok(all) };
        after = *last;
        let moved = shift(&transaction, &streams, ["events", "archived_events"]).await?;
        transaction.commit().await?;
        all = Moved { cases: all.cases + moved.cases, events: all.events + moved.events };
        progress(moved);
    }
}

/// Brings the events of these cases back into the log, where they were put away.
///
/// # Errors
/// Those of [`DatabaseError`]: then none is back.
pub async fn bring_back(pool: &Pool, students: &[Uuid]) -> Result<Moved, DatabaseError> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    let away = "SELECT s.stream FROM streams s WHERE s.stream = ANY($1) AND s.kind = $2
                AND EXISTS (SELECT FROM archived_events e WHERE e.stream = s.stream AND e.kind = s.kind)
                ORDER BY s.stream FOR UPDATE";
    let away = transaction.query(away, &[&students, &CASE]).await?;
    let streams: Vec<Uuid> = away.iter().map(|row| row.get(0)).collect();
    let moved = shift(&transaction, &streams, ["archived_events", "events"]).await?;
    transaction.commit().await?;
    Ok(moved)
}

/// Moves all events of streams that are locked. That none is lost on the way, the database itself sees to.
async fn shift(transaction: &Transaction<'_>, streams: &[Uuid], [from, to]: [&str; 2]) -> Result<Moved, DatabaseError> {
    let copy = format!("INSERT INTO {to} SELECT * FROM {from} WHERE stream = ANY($1) AND kind = $2");
    let events = transaction.execute(&copy, &[&streams, &CASE]).await?;
    let clear = format!("DELETE FROM {from} WHERE stream = ANY($1) AND kind = $2");
    transaction.execute(&clear, &[&streams, &CASE]).await?;
    Ok(Moved { cases: streams.len() as u64, events })
}
