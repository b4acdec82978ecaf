//! The outbox: what there is to tell others of, in the order of the log.
mod trim;

use application::Error;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::Feed;
use crate::{
    database::failed,
    log::{
        columns::columns,
        reader::{Page, Recorded},
    },
};

pub use trim::{OUTBOX_DAYS, trim_outbox, trimming_outbox};

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

    /// What was delivered from the outbox would be sent twice.
    fn tables(&self) -> &'static [&'static str] {
        &[]
    }

    async fn take(&self, transaction: &Transaction<'_>, _: i32, page: &Page) -> Result<(), Error> {
        // The school that supports the student, and who may read the entry, as they stand: they were written with the
        // event or with a later one. The fences (OFFSET 0) have each looked up by its key.
        let insert = "INSERT INTO outbox (position, event, stream, kind, type, entry, school, visibility, recorded_at)
            SELECT o.position, o.event, o.stream, o.kind, o.type, o.entry, c.school, coalesce(e.visibility, 'team'),
                   o.recorded_at
            FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::timestamptz[])
                 AS o (position, event, stream, kind, type, entry, recorded_at)
            LEFT JOIN LATERAL (SELECT school FROM caseload WHERE student = o.stream OFFSET 0) c ON true
            LEFT JOIN LATERAL (SELECT visibility FROM entries WHERE student = o.stream AND entry = o.entry OFFSET 0) e
                   ON true
            ON CONFLICT (position) DO NOTHING";
        let insert = transaction.prepare_cached(insert).await.map_err(failed)?;
        let about = |recorded| Ok((recorded, entry(recorded)?));
        let recorded: Vec<_> = page.events.iter().map(about).collect::<Result<_, Error>>()?;
        transaction.execute(&insert, &Lines::of(&recorded).values()).await.map_err(failed)?;
        Ok(())
    }
}

columns! {
    Lines of |line: (&'a Recorded, Option<Uuid>)| {
        position: i64 = line.0.position as i64,
        event: Uuid = line.0.id(),
        stream: Uuid = line.0.stream(),
        kind: &'a str = line.0.kind(),
        event_type: &'a str = line.0.event_type(),
        entry: Option<Uuid> = line.1,
        recorded_at: DateTime<Utc> = line.0.recorded_at(),
    }
}

/// The entry that an event is about.
fn entry(recorded: &Recorded) -> Result<Option<Uuid>, Error> {
    Ok(recorded.of_case()?.and_then(|past| past.event.entry()))
}
