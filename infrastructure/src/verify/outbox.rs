//! The outbox, compared with the log: it has each event from where it was trimmed to where its reader stands, once.
use tokio_postgres::Client;
use uuid::Uuid;

use super::{Finding, Place};
use crate::DatabaseError;

/// The table.
pub const OUTBOX: &str = "outbox";

/// About which entry, at which school and for whom is looked at case by case: these may be of any time since.
const DIFFERENT: &str = "
    SELECT coalesce(l.stream, o.stream), position, o.event IS NULL, l.id IS NULL,
           concat_ws(', ', CASE WHEN l.id <> o.event THEN 'event' END, CASE WHEN l.stream <> o.stream THEN 'stream' END,
                     CASE WHEN l.kind <> o.kind THEN 'kind' END, CASE WHEN l.type <> o.type THEN 'type' END,
                     CASE WHEN l.recorded_at <> o.recorded_at THEN 'recorded_at' END)
    FROM (SELECT position, id, stream, kind, type, recorded_at FROM log
          WHERE position <= (SELECT coalesce(max(position), 0) FROM readers WHERE name = 'outbox' AND live)
          AND position > (SELECT position FROM outbox_trimmed)) l
    FULL JOIN outbox o USING (position)
    WHERE (l.id, l.stream, l.kind, l.type, l.recorded_at) IS DISTINCT FROM
          (o.event, o.stream, o.kind, o.type, o.recorded_at)
    ORDER BY position";

/// What the outbox lacks, has too much, or tells otherwise than the log.
pub async fn differences(client: &Client) -> Result<Vec<Finding>, DatabaseError> {
    let rows = client.query(DIFFERENT, &[]).await?;
    let finding = |row: &tokio_postgres::Row| {
        let key = Some(format!("position {}", row.get::<_, i64>(1)));
        let place = Place { table: OUTBOX, of: row.get::<_, Uuid>(0), key };
        match (row.get(2), row.get(3)) {
            (true, _) => Finding::Missing(place),
            (_, true) => Finding::Surplus(place),
            _ => Finding::Differs(place, row.get(4)),
        }
    };
    Ok(rows.iter().map(finding).collect())
}
