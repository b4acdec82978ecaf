//! The streams that are still to be folded, batch by batch.
use deadpool_postgres::ClientWrapper;
use uuid::Uuid;

use crate::{DatabaseError, log::CASE};

/// So many streams in a batch at the most, and about so many events.
const STREAMS: i64 = 1_000;
const EVENTS: u64 = 4_000;

/// A stream that is to be folded.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    pub id: Uuid,
    pub events: u64,
    /// Whether an earlier fold of it is in the shadow.
    pub is_there: bool,
}

/// Streams on their way.
pub enum Walk {
    /// Those that have never been folded, found as the walk goes.
    New { client: ClientWrapper, after: Option<Uuid>, found: Vec<Stream> },
    /// Those that are known.
    Known(Vec<Stream>),
}

impl Walk {
    /// All streams that the shadow lacks.
    pub fn of_new(client: ClientWrapper) -> Self {
        Self::New { client, after: Some(Uuid::nil()), found: vec![] }
    }

    /// These streams.
    pub fn of(streams: Vec<Stream>) -> Self {
        Self::Known(streams)
    }

    /// The next batch; an empty one at the end.
    pub async fn next(&mut self) -> Result<Vec<Stream>, DatabaseError> {
        match self {
            Self::New { client, after, found } => {
                if found.is_empty()
                    && let Some(from) = *after
                {
                    let new = "SELECT s.stream, s.version FROM streams s
                               WHERE s.kind = $1 AND s.stream >= $2
                                 AND NOT EXISTS (SELECT FROM rebuild.streams r WHERE r.stream = s.stream)
                               ORDER BY s.stream LIMIT $3";
                    let rows = client.query(&client.prepare_cached(new).await?, &[&CASE, &from, &STREAMS]).await?;
                    *found = rows.iter().map(|row| stream(row, false)).collect();
                    let last = found.last().filter(|_| rows.len() as i64 == STREAMS);
                    *after = last.and_then(|last| last.id.as_u128().checked_add(1)).map(Uuid::from_u128);
                }
                Ok(cut(found))
            }
            Self::Known(streams) => Ok(cut(streams)),
        }
    }
}

fn cut(streams: &mut Vec<Stream>) -> Vec<Stream> {
    let mut events = 0;
    let full = streams.iter().position(|stream| {
        events += stream.events;
        events >= EVENTS
    });
    let rest = streams.split_off(full.map_or(streams.len(), |at| at + 1));
    std::mem::replace(streams, rest)
}

fn stream(row: &tokio_postgres::Row, is_there: bool) -> Stream {
    Stream { id: row.get(0), events: row.get::<_, i64>(1).unsigned_abs(), is_there }
}

/// How many events the streams have that were never folded.
pub async fn events(client: &ClientWrapper) -> Result<u64, DatabaseError> {
    let events = "SELECT coalesce(sum(s.version), 0)::bigint FROM streams s
                  WHERE s.kind = $1 AND NOT EXISTS (SELECT FROM rebuild.streams r WHERE r.stream = s.stream)";
    Ok(client.query_one(events, &[&CASE]).await?.get::<_, i64>(0).unsigned_abs())
}

/// The streams of which the shadow has no fold or an older one.
pub async fn stale(client: &ClientWrapper) -> Result<Vec<Stream>, DatabaseError> {
    let stale = "SELECT s.stream, s.version, r.stream IS NOT NULL
                 FROM streams s LEFT JOIN rebuild.streams r ON r.stream = s.stream
                 WHERE s.kind = $1 AND r.version IS DISTINCT FROM s.version ORDER BY s.stream";
    let rows = client.query(stale, &[&CASE]).await?;
    Ok(rows.iter().map(|row| stream(row, row.get(2))).collect())
}

/// The streams with events above a position of which the shadow has no fold or an older one.
pub async fn changed(client: &ClientWrapper, position: i64) -> Result<Vec<Stream>, DatabaseError> {
    let changed = "SELECT s.stream, s.version, r.stream IS NOT NULL
                   FROM (SELECT DISTINCT stream FROM log WHERE position > $2 AND kind = $1) e
                        JOIN streams s ON s.stream = e.stream AND s.kind = $1
                        LEFT JOIN rebuild.streams r ON r.stream = s.stream
                   WHERE r.version IS DISTINCT FROM s.version ORDER BY s.stream";
    let rows = client.query(changed, &[&CASE, &position]).await?;
    Ok(rows.iter().map(|row| stream(row, row.get(2))).collect())
}
