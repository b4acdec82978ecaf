//! One step of a reader: a page of the log and the place behind it, in one transaction.
use application::Error;
use deadpool_postgres::{Pool, Transaction};

use super::Feed;
use crate::{
    database::failed,
    log::{
        order::Extent,
        reader::{ISOLATION, page},
    },
};

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    /// The position that the reader has reached.
    pub position: u64,
    /// How far the log was complete.
    pub extent: Extent,
    /// Whether there is more to be read at once.
    pub more: bool,
}

/// The generations that a reader of this version builds, made where there is none.
pub async fn generations(pool: &Pool, feed: &dyn Feed) -> Result<Vec<i32>, Error> {
    let client = pool.get().await.map_err(failed)?;
    let known = "SELECT generation FROM readers WHERE name = $1 AND version = $2 ORDER BY generation";
    let known = client.prepare_cached(known).await.map_err(failed)?;
    let rows = client.query(&known, &[&feed.name(), &feed.version()]).await.map_err(failed)?;
    if !rows.is_empty() {
        return Ok(rows.iter().map(|row| row.get(0)).collect());
    }
    // Live at once where there is no other; never behind a newer version, which another instance has brought.
    let begin = "INSERT INTO readers (name, generation, version, live)
                 SELECT $1, coalesce(max(generation), 0) + 1, $2, count(*) = 0 FROM readers WHERE name = $1
                 HAVING coalesce(max(version), 0) < $2
                 ON CONFLICT DO NOTHING RETURNING generation";
    let rows = client.query(begin, &[&feed.name(), &feed.version()]).await.map_err(failed)?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Takes one page into a generation; nothing where another instance is at it, or the generation is gone.
pub async fn step(pool: &Pool, feed: &dyn Feed, generation: i32) -> Result<Option<Stepped>, Error> {
    let mut client = pool.get().await.map_err(failed)?;
    let transaction = client.build_transaction().isolation_level(ISOLATION).start().await.map_err(failed)?;
    // Whoever holds this row is the only one who moves this reader on.
    let own = "SELECT position, live FROM readers WHERE name = $1 AND generation = $2 FOR UPDATE SKIP LOCKED";
    let own = transaction.prepare_cached(own).await.map_err(failed)?;
    let Some(row) = transaction.query_opt(&own, &[&feed.name(), &generation]).await.map_err(failed)? else {
        return Ok(None);
    };
    let (position, live): (u64, bool) = (row.get::<_, i64>(0) as u64, row.get(1));
    let page = page(&transaction, position).await?;
    if page.through > position {
        if !page.events.is_empty() {
            feed.take(&transaction, generation, &page).await?;
        }
        let move_on = "UPDATE readers SET position = $3, recorded_at = coalesce($4, recorded_at)
                       WHERE name = $1 AND generation = $2";
        let move_on = transaction.prepare_cached(move_on).await.map_err(failed)?;
        let (through, at) = (page.through as i64, page.recorded_at());
        transaction.execute(&move_on, &[&feed.name(), &generation, &through, &at]).await.map_err(failed)?;
    }
    if !live && !page.has_more() {
        take_over(&transaction, feed, generation).await?;
    }
    transaction.commit().await.map_err(failed)?;
    Ok(Some(Stepped { position: page.through, extent: page.extent, more: page.has_more() }))
}

/// A generation that was built beside the live one takes its place, once it is as far.
async fn take_over(transaction: &Transaction<'_>, feed: &dyn Feed, generation: i32) -> Result<(), Error> {
    let others = "SELECT generation, position <= (SELECT position FROM readers WHERE name = $1 AND generation = $2)
                  FROM readers WHERE name = $1 AND generation < $2 FOR UPDATE";
    let others = transaction.query(others, &[&feed.name(), &generation]).await.map_err(failed)?;
    if !others.iter().all(|other| other.get(1)) {
        return Ok(());
    }
    for other in others {
        let other: i32 = other.get(0);
        feed.drop(transaction, other).await?;
        let gone = "DELETE FROM readers WHERE name = $1 AND generation = $2";
        transaction.execute(gone, &[&feed.name(), &other]).await.map_err(failed)?;
    }
    let live = "UPDATE readers SET live = true WHERE name = $1 AND generation = $2";
    transaction.execute(live, &[&feed.name(), &generation]).await.map_err(failed)?;
    tracing::info!(reader = feed.name(), generation, "a reader's new version is read from now on");
    Ok(())
}
