//! What a reader keeps, counted again from the beginning of the log beside what is read, and switched.
use std::sync::Arc;

use deadpool_postgres::{ClientWrapper, Pool, Transaction};

use super::{RebuildError, Watch, compare::HASH, connect, shadow};
use crate::{
    DatabaseError,
    log::{
        order::Extent,
        reader::{ISOLATION, page_up_to},
    },
    readers::{
        Feed,
        generation::{Generation, beside, drop, hold, take_over},
        step::{step_on, take},
    },
    verify::{self, Finding},
};

/// What came of it.
#[derive(Debug, Default)]
pub struct Recounted {
    /// How many events were counted by this run.
    pub events: u64,
    /// What was wrong in what was read, and is right now.
    pub repaired: Vec<Finding>,
}

/// What came of an attempt to switch.
enum Outcome {
    Switched,
    /// What is read is counted otherwise, or of another version: nobody knows yet who is right.
    Unproven {
        comparable: Option<i32>,
    },
}

/// Counts what `feed` keeps again, beside the readers that go on with it.
///
/// # Errors
/// Those of [`RebuildError`]: what is read is as it was.
pub async fn recount(pool: &Pool, feed: &dyn Feed, watch: &Arc<dyn Watch>) -> Result<Recounted, RebuildError> {
    let mut client = connect(pool).await?;
    let shadow = beside(&client, feed).await?;
    let (mut recounted, from) = (Recounted::default(), shadow.position as i64);
    let left = client.query_one("SELECT count(*) FROM log WHERE position > $1", &[&from]).await?;
    watch.begins("counting", left.get::<_, i64>(0).unsigned_abs());
    while let Some(stepped) = step_on(&mut client, feed, shadow.number).await? {
        watch.done(stepped.events);
        recounted.events += stepped.events;
        if !stepped.more {
            break;
        }
    }
    watch.begins("switching", 0);
    if let Outcome::Unproven { comparable } = switch(&mut client, feed, shadow.number, false).await? {
        let wrong = verify::of_generation(pool, feed, shadow.number).await?;
        if !wrong.is_empty() {
            // Who begins anew has another chance.
            drop(&*client, feed, shadow.number).await?;
            return Err(RebuildError::Wrong(wrong));
        }
        if let Some(live) = comparable {
            recounted.repaired = verify::of_generation(pool, feed, live).await?;
        }
        switch(&mut client, feed, shadow.number, true).await?;
    }
    Ok(recounted)
}

/// While nobody moves either on, brings both to one position, and switches them if they are the same there, or the
/// shadow is `proven` to be right.
async fn switch(
    client: &mut ClientWrapper,
    feed: &dyn Feed,
    shadow: i32,
    proven: bool,
) -> Result<Outcome, RebuildError> {
    let transaction = client.build_transaction().isolation_level(ISOLATION).start().await?;
    transaction.batch_execute("SET LOCAL synchronous_commit = on").await?;
    let held = hold(&transaction, feed).await?;
    let furthest = held.iter().map(|generation| generation.position).max().unwrap_or_default();
    let live = held.iter().find(|generation| generation.live);
    // What is of another version is not for this code to move on.
    for behind in held.iter().filter(|generation| generation.version == feed.version()) {
        bring(&transaction, feed, behind, furthest).await?;
    }
    let comparable = live.filter(|live| live.version == feed.version()).map(|live| live.number);
    let right = match (proven, live, comparable) {
        (true, ..) | (_, None, _) => true,
        (_, _, Some(live)) => same(&transaction, feed, live, shadow).await?,
        (_, _, None) => false,
    };
    if right {
        take_over(&transaction, feed, shadow).await?;
    }
    transaction.commit().await?;
    Ok(if right { Outcome::Switched } else { Outcome::Unproven { comparable } })
}

/// Counts a generation up to a position that another has reached, so that the log is complete there.
async fn bring(
    transaction: &Transaction<'_>,
    feed: &dyn Feed,
    generation: &Generation,
    to: u64,
) -> Result<(), RebuildError> {
    let (mut at, extent) = (generation.position, Extent { head: to, complete: to });
    while at < to {
        let page = page_up_to(transaction, at, extent).await?;
        take(transaction, feed, generation.number, &page).await?;
        at = page.through;
    }
    Ok(())
}

/// Whether two generations have the same rows, by their canonical hash.
async fn same(transaction: &Transaction<'_>, feed: &dyn Feed, one: i32, other: i32) -> Result<bool, DatabaseError> {
    for table in feed.tables() {
        let columns = shadow::columns(&**transaction, table).await?;
        let columns: Vec<_> =
            columns.into_iter().map(|column| column.name).filter(|name| name != "generation").collect();
        let hash = |generation: &str| {
            let rows = format!("SELECT {} FROM {table} WHERE generation = {generation}", columns.join(", "));
            format!("(SELECT ROW({HASH}) FROM ({rows}) t)")
        };
        let same = format!("SELECT {} IS NOT DISTINCT FROM {}", hash("$1"), hash("$2"));
        if !transaction.query_one(&same, &[&one, &other]).await?.get::<_, bool>(0) {
            return Ok(false);
        }
    }
    Ok(true)
}
