//! Views that are written with the events, folded anew stream by stream.
use std::{sync::Arc, time::Duration};

use deadpool_postgres::{ClientWrapper, Pool};
use tokio::{sync::Mutex, task::JoinSet};
use uuid::Uuid;

use super::{
    RebuildError, View, Watch, batch, compare, connect,
    plan::Plan,
    shadow, switch,
    view::tables,
    walk::{self, Walk},
};
use crate::{
    DatabaseError,
    log::{live_views, order},
};

/// How many batches are built side by side.
const SIDE_BY_SIDE: usize = 2;
/// So few streams may be left for the moment in which nobody writes.
const LEFT_FOR_THE_SWITCH: usize = 50;
/// How often what changed meanwhile is caught up with before that moment.
const ROUNDS: usize = 8;
/// How often the switch waits for those who read for long, and how long in between.
const ATTEMPTS: usize = 300;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// What came of it: events that were folded, and students whose live rows were wrong.
#[derive(Debug, Default)]
pub struct Folded {
    pub events: u64,
    pub repaired: Vec<Uuid>,
}

/// Rebuilds those of `views` that are tables; rows of the `older` ones cannot be compared.
pub async fn rebuild(
    pool: &Pool,
    lead: &ClientWrapper,
    views: &[View],
    older: &[View],
    watch: &Arc<dyn Watch>,
) -> Result<Folded, RebuildError> {
    let (tables, older) = (tables(views), tables(older));
    if tables.is_empty() {
        return Ok(Folded::default());
    }
    let plan = Arc::new(Plan::make(lead, tables, &older).await?);
    let mut events = 0;
    if !plan.indexed {
        watch.begins("building", walk::events(lead).await?);
        events += build(pool, &plan, Walk::of_new(connect(pool).await?), watch).await?;
    }
    watch.begins("indexing", 0);
    shadow::index(pool, &plan).await?;
    // Whatever is written from here on has a position above the fence.
    let mut fence = fence(pool).await?;
    let stale = walk::stale(lead).await?;
    watch.begins("catching up", stale.iter().map(|stream| stream.events).sum());
    events += build(pool, &plan, Walk::of(stale), watch).await?;
    let repaired = compare::all(pool, &plan, watch).await?;
    for _ in 0..ROUNDS {
        let next = self::fence(pool).await?;
        let changed = walk::changed(lead, fence).await?;
        if changed.len() <= LEFT_FOR_THE_SWITCH {
            break;
        }
        events += build(pool, &plan, Walk::of(changed), watch).await?;
        fence = next;
    }
    watch.begins("switching", 0);
    for attempt in 0..ATTEMPTS {
        match switch::switch(pool, &plan, fence).await? {
            switch::Outcome::Switched => {
                return Ok(Folded { events, repaired });
            }
            switch::Outcome::Occupied if attempt == 0 => watch.says("waiting for those who read the tables"),
            switch::Outcome::Occupied => {}
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    Err(RebuildError::NeverIdle)
}

/// The last position of all that was written so far: nothing is under way at or below it.
async fn fence(pool: &Pool) -> Result<i64, DatabaseError> {
    let _gate = live_views::close(pool).await?;
    Ok(order::head(&pool.get().await?).await? as i64)
}

/// Folds the streams of `walk` into the shadow; returns how many events that were.
async fn build(pool: &Pool, plan: &Arc<Plan>, walk: Walk, watch: &Arc<dyn Watch>) -> Result<u64, RebuildError> {
    let (walk, mut workers) = (Arc::new(Mutex::new(walk)), JoinSet::new());
    for _ in 0..SIDE_BY_SIDE {
        let (client, plan, walk, watch) = (connect(pool).await?, plan.clone(), walk.clone(), watch.clone());
        workers.spawn(async move {
            let mut events = 0;
            loop {
                let streams = walk.lock().await.next().await?;
                if streams.is_empty() {
                    return Ok::<_, RebuildError>(events);
                }
                let folded = batch::fold(&client, &plan, &streams).await?;
                watch.done(folded);
                events += folded;
            }
        });
    }
    let mut events = 0;
    while let Some(worked) = workers.join_next().await {
        // A worker that panicked has left its batch out.
        events += worked.map_err(|_| DatabaseError::Unreadable)??;
    }
    Ok(events)
}
