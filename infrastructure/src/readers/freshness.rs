//! Waiting until what was written can be seen.
use std::time::Duration;

use application::{
    Error,
    figures::{Freshness, Views},
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use tokio::time::{Instant, timeout};

use crate::{bell::Bell, database::failed, log::order};

/// How long a read waits for what its client has written.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long it waits between two looks, where no reader of this process moves on.
const LOOK: Duration = Duration::from_millis(50);

/// The progress of readers in PostgreSQL.
pub struct PgFreshness {
    pool: Pool,
    bell: Bell,
}

impl PgFreshness {
    /// Looks through `pool`, and again when `bell` says that readers have moved on.
    #[must_use]
    pub fn new(pool: Pool, bell: Bell) -> Self {
        Self { pool, bell }
    }

    async fn position(&self, views: Views) -> Result<u64, Error> {
        let client = self.pool.get().await.map_err(failed)?;
        if views == Views::Cases {
            // A token is given out when its events are committed: it is at most the last position drawn.
            return order::head(&client).await.map_err(failed);
        }
        let select = "SELECT position FROM readers WHERE name = 'figures' AND live";
        let select = client.prepare_cached(select).await.map_err(failed)?;
        let row = client.query_opt(&select, &[]).await.map_err(failed)?;
        Ok(row.map_or(0, |row| row.get::<_, i64>(0) as u64))
    }
}

#[async_trait]
impl Freshness for PgFreshness {
    async fn wait_for(&self, views: Views, position: u64) -> Result<(), Error> {
        if views == Views::Cases && self.bell.seen(position) {
            return Ok(());
        }
        let deadline = Instant::now() + PATIENCE;
        let (mut moved, mut wanted) = (self.bell.listen_to_progress(), false);
        loop {
            moved.mark_unchanged();
            let reached = self.position(views).await?;
            if views == Views::Cases {
                self.bell.see(reached);
            }
            if reached >= position {
                return Ok(());
            }
            if Instant::now() + LOOK > deadline {
                return Err(Error::Behind);
            }
            if !wanted {
                // Once: readers that find nothing new would otherwise wake each other by those who wait.
                self.bell.want();
                wanted = true;
            }
            // Whether it was rung or not: look again.
            _ = timeout(LOOK, moved.changed()).await;
        }
    }
}
