//! The outbox: what there is to tell others of, in the order of the log.
use application::Error;
use async_trait::async_trait;
use deadpool_postgres::Transaction;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Feed;
use crate::{
    database::failed,
    log::reader::{Page, Recorded},
};

/// Fills the outbox.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutboxFeed;

#[async_trait]
impl Feed for OutboxFeed {
    fn name(&self) -> &'static str {
        "outbox"
    }

    fn version(&self) -> i32 {
        1
    }

    async fn take(&self, transaction: &Transaction<'_>, _: i32, page: &Page) -> Result<(), Error> {
        let rows: Vec<Value> = page.events.iter().map(row).collect::<Result<_, _>>()?;
        // The school that supports the student, and who may read the entry, as they stand: they were written with the
        // event or with a later one. The fences (OFFSET 0) have each looked up by its key.
        let insert = "INSERT INTO outbox (position, event, stream, kind, type, entry, school, visibility, recorded_at)
            SELECT o.position, o.event, o.stream, o.kind, o.type, o.entry, c.school, coalesce(e.visibility, 'team'),
                   o.recorded_at
            FROM jsonb_to_recordset($1) AS o (position bigint, event uuid, stream uuid, kind text, type text,
                 entry uuid, recorded_at timestamptz)
            LEFT JOIN LATERAL (SELECT school FROM caseload WHERE student = o.stream OFFSET 0) c ON true
            LEFT JOIN LATERAL (SELECT visibility FROM entries WHERE student = o.stream AND entry = o.entry OFFSET 0) e
                   ON true
            ON CONFLICT (position) DO NOTHING";
        let insert = transaction.prepare_cached(insert).await.map_err(failed)?;
        transaction.execute(&insert, &[&Value::from(rows)]).await.map_err(failed)?;
        Ok(())
    }

    /// What is in the outbox was perhaps sent already: a new version adds what it finds missing.
    async fn drop(&self, _: &Transaction<'_>, _: i32) -> Result<(), Error> {
        Ok(())
    }
}

fn row(recorded: &Recorded) -> Result<Value, Error> {
    let entry: Option<Uuid> = recorded.of_case()?.and_then(|past| past.event.entry());
    Ok(json!({
        "position": recorded.position, "event": recorded.id(), "stream": recorded.stream(), "kind": recorded.kind(),
        "type": recorded.event_type(), "entry": entry, "recorded_at": recorded.recorded_at(),
    }))
}
