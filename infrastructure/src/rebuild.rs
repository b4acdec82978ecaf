//! Builds views anew from the log, in a shadow beside the live ones, and switches them when they are the same.
mod batch;
mod compare;
mod copy;
mod plan;
mod shadow;
mod switch;
mod walk;

use std::{sync::Arc, time::Duration};

use application::Table;
use deadpool_postgres::{ClientWrapper, Object, Pool};
use tokio::{sync::Mutex, task::JoinSet};
use uuid::Uuid;

use crate::{
    DatabaseError,
    log::{live_views, order},
    verify::Finding,
};
use plan::Plan;
pub use plan::{Standing, standing};
use walk::Walk;

/// How many batches are built side by side.
const SIDE_BY_SIDE: usize = 2;
/// So few streams may be left for the moment in which nobody writes.
const LEFT_FOR_THE_SWITCH: usize = 50;
/// How often what changed meanwhile is caught up with before that moment.
const ROUNDS: usize = 8;
/// How often the switch waits for those who read for long, and how long in between.
const ATTEMPTS: usize = 300;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(1);

/// Whoever watches.
pub trait Watch: Send + Sync {
    /// A step begins that goes through so many events.
    fn begins(&self, step: &str, events: u64);
    /// So many more have been gone through.
    fn done(&self, events: u64);
    /// Something worth a line.
    fn says(&self, line: &str);
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// The views that were switched.
    pub views: Vec<Table>,
    /// How many events were folded by this run, some twice.
    pub events: u64,
    /// Students whose live rows were not what the events come to, and are now.
    pub repaired: Vec<Uuid>,
}

/// Why nothing was switched; what was built stays, and the next rebuild goes on with it.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// The database is not there.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// Somebody else is at it.
    #[error("another rebuild is under way")]
    UnderWay,
    /// Only a newer server can.
    #[error("the live {0} are of a newer version than this server's; rebuild with the newer one")]
    Newer(String),
    /// The log cannot be folded.
    #[error("the log cannot be folded: an event of {0} cannot be read; `throughline verify` names what is wrong")]
    Unreadable(Uuid),
    /// The log says of streams that they have events which it does not have.
    #[error("streams are longer than their events; `throughline verify` names them")]
    Incomplete,
    /// The reference fold comes to other rows.
    #[error("what was built differs from the reference fold, so nothing was switched:\n{}", lines(.0))]
    Wrong(Vec<Finding>),
    /// Somebody reads on and on.
    #[error("the tables are read without a pause, by a backup or a check perhaps; rebuild again when that is over")]
    NeverIdle,
}

fn lines(findings: &[Finding]) -> String {
    findings.iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
}

impl From<tokio_postgres::Error> for RebuildError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Rebuilds `views`, or those that are not of this server's version, or else all; beside running servers.
///
/// # Errors
/// Those of [`RebuildError`]: the live views are as they were.
pub async fn rebuild(pool: &Pool, views: &[Table], watch: Arc<dyn Watch>) -> Result<Rebuilt, RebuildError> {
    let lead = connect(pool).await?;
    let plan = Arc::new(Plan::make(&lead, views).await?);
    let mut events = 0;
    if !plan.indexed {
        watch.begins("building", walk::events(&lead).await?);
        events += build(pool, &plan, Walk::of_new(connect(pool).await?), &watch).await?;
    }
    watch.begins("indexing", 0);
    shadow::index(pool, &plan).await?;
    // Whatever is written from here on has a position above the fence.
    let mut fence = fence(pool).await?;
    let stale = walk::stale(&lead).await?;
    watch.begins("catching up", stale.iter().map(|stream| stream.events).sum());
    events += build(pool, &plan, Walk::of(stale), &watch).await?;
    let repaired = compare::all(pool, &plan, &watch).await?;
    for _ in 0..ROUNDS {
        let next = self::fence(pool).await?;
        let changed = walk::changed(&lead, fence).await?;
        if changed.len() <= LEFT_FOR_THE_SWITCH {
            break;
        }
        events += build(pool, &plan, Walk::of(changed), &watch).await?;
        fence = next;
    }
    watch.begins("switching", 0);
    for attempt in 0..ATTEMPTS {
        match switch::switch(pool, &plan, fence).await? {
            switch::Outcome::Switched => {
                return Ok(Rebuilt { views: plan.tables(), events, repaired });
            }
            switch::Outcome::Occupied if attempt == 0 => watch.says("waiting for those who read the tables"),
            switch::Outcome::Occupied => {}
        }
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
    Err(RebuildError::NeverIdle)
}

/// A connection out of the pool for good, for statements that take long; closing it ends what it holds.
async fn connect(pool: &Pool) -> Result<ClientWrapper, DatabaseError> {
    let client = Object::take(pool.get().await?);
    let long = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET synchronous_commit = off;
                SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET plan_cache_mode = 'auto'";
    client.batch_execute(long).await?;
    Ok(client)
}

/// The last position of all that was written so far: nothing is under way at or below it.
async fn fence(pool: &Pool) -> Result<i64, DatabaseError> {
    let gate = live_views::close(pool).await?;
    let gate: &tokio_postgres::Client = &gate;
    Ok(order::head(gate).await? as i64)
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
