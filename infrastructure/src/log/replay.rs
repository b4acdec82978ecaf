//! Past events, read back in their order.
use application::{Error, Happening, Metadata, Project};
use chrono::{DateTime, Utc};
use deadpool_postgres::Client;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::database::failed;

/// The columns that [`Past::read`] reads.
pub const COLUMNS: &str = "stream, version, id, payload::text AS payload, actor, role, on_behalf_of, basis, zone,
                           command, recorded_at";

/// An event as it was stored.
pub struct Past<A: Project> {
    /// The stream.
    pub stream: Uuid,
    /// Its place in the stream.
    pub version: u64,
    /// The event's own id.
    pub id: Uuid,
    /// What happened.
    pub event: A::Event,
    /// The circumstances.
    pub metadata: Metadata,
}

impl<A: Project> Past<A> {
    /// The event as projections take it in.
    pub fn happening(&self) -> Happening<'_, A::Event> {
        let Self { stream, version, id, event, metadata } = self;
        Happening { stream: *stream, version: *version, id: *id, event, metadata }
    }

    /// The event in a row with these [`COLUMNS`].
    pub fn read(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            stream: row.get("stream"),
            version: row.get::<_, i64>("version") as u64,
            id: row.get("id"),
            event: serde_json::from_str(row.get("payload")).map_err(failed)?,
            metadata: metadata(row)?,
        })
    }
}

/// The circumstances of the event in a row of the log.
pub fn metadata(row: &Row) -> Result<Metadata, Error> {
    let unreadable = || Error::unavailable("an event's circumstances cannot be read");
    Ok(Metadata {
        command: row.get("command"),
        by: row.get::<_, Uuid>("actor").into(),
        role: row.get::<_, &str>("role").parse().map_err(|_| unreadable())?,
        basis: row.get("basis"),
        on_behalf_of: row.get::<_, Option<Uuid>>("on_behalf_of").map(Into::into),
        recorded_at: row.get("recorded_at"),
        zone: row.get::<_, &str>("zone").parse().map_err(|_| unreadable())?,
    })
}

/// The events of one stream, those recorded until `until` where it is given.
pub async fn events<A: Project>(
    client: &Client,
    stream: Uuid,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<Past<A>>, Error> {
    let select = format!(
        "SELECT {COLUMNS} FROM log
         WHERE stream = $1 AND kind = $2 AND ($3::timestamptz IS NULL OR recorded_at <= $3) ORDER BY version"
    );
    let select = client.prepare_cached(&select).await.map_err(failed)?;
    let rows = client.query(&select, &[&stream, &A::TYPE, &until]).await.map_err(failed)?;
    rows.iter().map(Past::read).collect()
}
