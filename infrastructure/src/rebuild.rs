//! Makes views anew from the log, in a shadow beside the live ones, and switches them when they are the same.
mod batch;
mod compare;
mod copy;
mod plan;
mod recount;
mod shadow;
mod standing;
mod switch;
mod view;
mod walk;
mod written;

use std::sync::Arc;

use deadpool_postgres::{ClientWrapper, Object, Pool};
use uuid::Uuid;

use crate::{
    DatabaseError,
    verify::{Finding, VerifyError},
};
pub use recount::{Recounted, recount};
pub use standing::{Standing, standing};
pub use view::View;
use written::Folded;

/// Names the one rebuild among a database's advisory locks: "Rebuild ".
const LOCK: i64 = i64::from_be_bytes(*b"Rebuild ");

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
    pub views: Vec<View>,
    /// How many events were folded by this run, some twice.
    pub events: u64,
    /// Students whose live rows were not what the events come to, and are now.
    pub repaired: Vec<Uuid>,
    /// What was wrong in what readers keep, and is right now.
    pub recounted: Vec<Finding>,
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
    /// The log cannot be counted.
    #[error("the log cannot be counted: {0}")]
    Uncounted(#[from] application::Error),
    /// What was counted cannot be compared.
    #[error(transparent)]
    Unverified(#[from] VerifyError),
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
pub async fn rebuild(pool: &Pool, views: &[View], watch: Arc<dyn Watch>) -> Result<Rebuilt, RebuildError> {
    let lead = connect(pool).await?;
    if !lead.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?.get::<_, bool>(0) {
        return Err(RebuildError::UnderWay);
    }
    let older = match standing::of(&lead).await? {
        Standing::Newer(view) => return Err(RebuildError::Newer(view.to_string())),
        Standing::Older(older) => older,
        Standing::Current => vec![],
    };
    let views = view::wanted(views, &older);
    let Folded { mut events, repaired } = written::rebuild(pool, &lead, &views, &older, &watch).await?;
    let mut recounted = vec![];
    for feed in views.iter().filter_map(|view| view.feed()) {
        let counted = recount(pool, feed, &watch).await?;
        events += counted.events;
        recounted.extend(counted.repaired);
    }
    // Closing the connection would do, but takes a moment: who comes next is not to be told that a rebuild is under way.
    lead.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await?;
    Ok(Rebuilt { views, events, repaired, recounted })
}

/// A connection out of the pool for good, for statements that take long; closing it ends what it holds.
async fn connect(pool: &Pool) -> Result<ClientWrapper, DatabaseError> {
    let client = Object::take(pool.get().await?);
    let long = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET synchronous_commit = off;
                SET maintenance_work_mem = '256MB'; SET work_mem = '64MB'; SET plan_cache_mode = 'auto'";
    client.batch_execute(long).await?;
    Ok(client)
}
