//! Following what happens to cases: all who follow share one reader of the log, and whoever lags reads for themselves.
mod read;
mod recent;
mod tail;

use std::sync::Arc;

use application::{
    Error,
    changes::{FollowChanges, Stretch},
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use tokio::sync::{Semaphore, watch};
use tokio_util::task::AbortOnDropHandle;

use crate::bell::Bell;
use recent::Recent;
use tail::Tail;

/// How many read for themselves at a time: the others have connections to the database, too.
const CATCHING_UP: usize = 4;

/// Changes in PostgreSQL.
pub struct PgChanges {
    pool: Pool,
    recent: Arc<Recent>,
    through: watch::Sender<u64>,
    catching_up: Semaphore,
    _tail: AbortOnDropHandle<()>,
}

impl PgChanges {
    /// Reads through `pool`, woken by `bell`; the shared reader rests while nobody follows.
    #[must_use]
    pub fn new(pool: Pool, bell: &Bell) -> Self {
        let (recent, through) = (Arc::<Recent>::default(), watch::Sender::new(0));
        let tail = Tail { pool: pool.clone(), recent: recent.clone(), through: through.clone() };
        let tail = AbortOnDropHandle::new(tokio::spawn(tail.follow(bell.listen())));
        Self { pool, recent, through, catching_up: Semaphore::new(CATCHING_UP), _tail: tail }
    }
}

#[async_trait]
impl FollowChanges for PgChanges {
    async fn now(&self) -> Result<u64, Error> {
        read::end(&self.pool).await
    }

    async fn behind(&self, position: u64) -> Result<Stretch, Error> {
        let mut through = self.through.subscribe();
        loop {
            if let Some(stretch) = self.recent.behind(position) {
                return Ok(stretch);
            }
            if *through.borrow_and_update() > position {
                let _turn = self.catching_up.acquire().await.map_err(Error::unavailable)?;
                return read::behind(&self.pool, position).await;
            }
            through.changed().await.map_err(Error::unavailable)?;
        }
    }
}
