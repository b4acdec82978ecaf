//! The log in its order, page by page.
use application::Error;
use chrono::{DateTime, Utc};
use deadpool_postgres::Transaction;
use domain::case::Case;
use tokio_postgres::{IsolationLevel, Row};
use uuid::Uuid;

use super::{
    order::{self, Extent},
    replay::Past,
};
use crate::database::failed;

/// How many events are in a page at the most.
pub const PAGE: u32 = 500;

/// The isolation that following the log in its order takes: each statement sees what was committed before it.
pub const ISOLATION: IsolationLevel = IsolationLevel::ReadCommitted;

/// A stretch of the log, complete.
pub struct Page {
    /// What happened, by position.
    pub events: Vec<Recorded>,
    /// The position up to which this page, with those before, has everything.
    pub through: u64,
    /// How far the log is complete.
    pub extent: Extent,
}

/// An event with its place in the log.
pub struct Recorded {
    /// The place.
    pub position: u64,
    row: Row,
}

impl Page {
    /// Whether there is more to be had at once.
    pub fn has_more(&self) -> bool {
        self.through < self.extent.complete
    }

    /// When the last event was recorded.
    pub fn recorded_at(&self) -> Option<DateTime<Utc>> {
        self.events.last().map(Recorded::recorded_at)
    }
}

impl Recorded {
    /// The stream.
    pub fn stream(&self) -> Uuid {
        self.row.get("stream")
    }

    /// What kind of stream.
    pub fn kind(&self) -> &str {
        self.row.get("kind")
    }

    /// The event's place in its stream.
    pub fn version(&self) -> u64 {
        self.row.get::<_, i64>("version") as u64
    }

    /// The event's own id.
    pub fn id(&self) -> Uuid {
        self.row.get("id")
    }

    /// What type of event.
    pub fn event_type(&self) -> &str {
        self.row.get("type")
    }

    /// When it was recorded.
    pub fn recorded_at(&self) -> DateTime<Utc> {
        self.row.get("recorded_at")
    }

    /// The event, where it is one of a case.
    pub fn of_case(&self) -> Result<Option<Past<Case>>, Error> {
        if self.kind() == "case" { Past::read(&self.row).map(Some) } else { Ok(None) }
    }
}

/// The first page behind `after`, read in a transaction of [`ISOLATION`].
pub async fn page(transaction: &Transaction<'_>, after: u64) -> Result<Page, Error> {
    let extent = order::extent(transaction).await.map_err(failed)?;
    if extent.complete <= after {
        return Ok(Page { events: vec![], through: after, extent });
    }
    page_up_to(transaction, after, extent).await
}

/// The first page behind `after` of a log that is known to be complete so far.
pub async fn page_up_to(transaction: &Transaction<'_>, after: u64, extent: Extent) -> Result<Page, Error> {
    let rows = order::events(transaction, after + 1..=extent.complete, PAGE).await.map_err(failed)?;
    let recorded = |row: Row| Recorded { position: row.get::<_, i64>("position") as u64, row };
    let events: Vec<_> = rows.into_iter().map(recorded).collect();
    let full = events.len() == PAGE as usize;
    let through = events.last().filter(|_| full).map_or(extent.complete, |last| last.position);
    Ok(Page { events, through, extent })
}
