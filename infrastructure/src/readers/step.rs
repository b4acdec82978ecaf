//! One step of a reader: a page of the log and the place behind it, in one transaction.
use application::Error;
use deadpool_postgres::{ClientWrapper, Pool, Transaction};

use super::Feed;
use crate::{
    database::failed,
    log::{
        order::Extent,
        reader::{ISOLATION, Page, page},
    },
};

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stepped {
    /// The position that the reader has reached.
    pub position: u64,
    /// How far the log was complete.
    pub extent: Extent,
    /// How many events were taken in.
    pub events: u64,
    /// Whether there is more to be read at once.
    pub more: bool,
}

/// Takes one page into a generation; nothing where another instance is at it, or the generation is gone.
pub async fn step(pool: &Pool, feed: &dyn Feed, generation: i32) -> Result<Option<Stepped>, Error> {
    let mut client = pool.get().await.map_err(failed)?;
    step_on(&mut client, feed, generation).await
}

/// The same, on a connection.
pub async fn step_on(client: &mut ClientWrapper, feed: &dyn Feed, generation: i32) -> Result<Option<Stepped>, Error> {
    let transaction = client.build_transaction().isolation_level(ISOLATION).start().await.map_err(failed)?;
    // Whoever holds this row is the only one who moves this reader on. Nobody waits for the disk: what a crash takes
    // away it takes together with the place, and it is read again.
    let own = "SELECT position, set_config('synchronous_commit', 'off', true) FROM readers
               WHERE name = $1 AND generation = $2 FOR UPDATE SKIP LOCKED";
    let own = transaction.prepare_cached(own).await.map_err(failed)?;
    let Some(row) = transaction.query_opt(&own, &[&feed.name(), &generation]).await.map_err(failed)? else {
        return Ok(None);
    };
    let position = row.get::<_, i64>(0) as u64;
    let page = page(&transaction, position).await?;
    if page.through > position {
        take(&transaction, feed, generation, &page).await?;
    }
    transaction.commit().await.map_err(failed)?;
    let events = page.events.len() as u64;
    Ok(Some(Stepped { position: page.through, extent: page.extent, events, more: page.has_more() }))
}

/// Takes a page into a generation, and moves its place behind it.
pub async fn take(transaction: &Transaction<'_>, feed: &dyn Feed, generation: i32, page: &Page) -> Result<(), Error> {
    if !page.events.is_empty() {
        feed.take(transaction, generation, page).await?;
    }
    let move_on = "UPDATE readers SET position = $3, recorded_at = coalesce($4, recorded_at)
                   WHERE name = $1 AND generation = $2";
    let move_on = transaction.prepare_cached(move_on).await.map_err(failed)?;
    let (through, at) = (page.through as i64, page.recorded_at());
    transaction.execute(&move_on, &[&feed.name(), &generation, &through, &at]).await.map_err(failed)?;
    Ok(())
}
