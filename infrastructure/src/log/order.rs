//! The order of the log: how a reader follows positions without ever skipping a slower writer, and without waiting
//! for transactions that append nothing.
//!
//! A transaction that draws positions holds, from before the first until it ends, a shared lock whose number is the
//! last position that had been drawn before. All its positions are above that. A reader asks, in this order, for the
//! last position drawn, for the lowest such lock, and, in a new snapshot, for the events up to the lower of the two:
//! a writer that it did not see among the locks has either ended before, and its events are in the snapshot, or drew
//! its positions after the reader had asked for the last one. Both need sequences without a cache and READ COMMITTED.
use std::{ops::RangeInclusive, sync::LazyLock};

use deadpool_postgres::GenericClient;
use tokio_postgres::{Error, Row};

use super::replay::COLUMNS;

/// The namespace of these locks among the database's advisory locks: their topmost byte, below 128, used for nothing
/// else.
pub const NAMESPACE: i64 = 76;

/// The last position drawn, 0 before the first, in a statement that reads `positions`.
macro_rules! last_drawn {
    () => {
        "CASE WHEN is_called THEN last_value ELSE 0 END"
    };
}
pub(crate) use last_drawn;

/// The lock that holds readers back, in a statement that reads `positions`.
macro_rules! hold_back {
    () => {
        concat!("pg_advisory_xact_lock_shared(76::bigint << 56 | ", $crate::log::order::last_drawn!(), ")")
    };
}
pub(crate) use hold_back;

/// What a writer runs in its transaction before it draws positions, and before any savepoint.
pub const HOLD_BACK: &str = concat!("SELECT ", hold_back!(), " FROM positions");

const HEAD: &str = concat!("SELECT ", last_drawn!(), " FROM positions");

const LOWEST_LOCK: &str = "SELECT min((classid::bigint & 16777215) << 32 | objid::bigint) FROM pg_locks
     WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 24 = $1
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

static EVENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT position, kind, type, {COLUMNS} FROM log
         WHERE position >= $1 AND position <= $2 ORDER BY position LIMIT $3"
    )
});

/// How far the log is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The last position drawn.
    pub head: u64,
    /// The position up to which nobody can add anything any more.
    pub complete: u64,
}

/// The last position drawn, 0 before the first: the first step of a reader.
pub async fn head(client: &impl GenericClient) -> Result<u64, Error> {
    let row = client.query_one(&client.prepare_cached(HEAD).await?, &[]).await?;
    Ok(row.get::<_, i64>(0) as u64)
}

/// The second step: the lowest position above which a writer may still add something, where there is a writer.
pub async fn lowest_lock(client: &impl GenericClient) -> Result<Option<u64>, Error> {
    let row = client.query_one(&client.prepare_cached(LOWEST_LOCK).await?, &[&NAMESPACE]).await?;
    Ok(row.get::<_, Option<i64>>(0).map(|head| head as u64))
}

/// The first two steps.
pub async fn extent(client: &impl GenericClient) -> Result<Extent, Error> {
    let head = head(client).await?;
    let complete = lowest_lock(client).await?.map_or(head, |lock| lock.min(head));
    Ok(Extent { head, complete })
}

/// The third step: the first events of `range`, `limit` at the most, by position.
pub async fn events(client: &impl GenericClient, range: RangeInclusive<u64>, limit: u32) -> Result<Vec<Row>, Error> {
    let (from, to) = (*range.start() as i64, *range.end() as i64);
    client.query(&client.prepare_cached(&EVENTS).await?, &[&from, &to, &i64::from(limit)]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_and_readers_mean_the_same_locks() {
        assert!(HOLD_BACK.contains(&format!("({NAMESPACE}::bigint << 56")) && (1..128).contains(&NAMESPACE));
    }
}
