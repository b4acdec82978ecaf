//! Forgets requests whose repetition nobody need expect any more.
use std::time::Duration;

use application::Error;
use deadpool_postgres::Pool;

use crate::{Upkeep, upkeep::batch_by_batch};

/// How long an idempotency key is remembered at the least, in days.
pub const LEAST_DAYS: u16 = 30;

/// How many requests are forgotten in one transaction.
const BATCH: u32 = 1000;
/// How often to look.
const LOOK: Duration = Duration::from_secs(3600);

/// Forgets, hour by hour, requests older than so many days, [`LEAST_DAYS`] at the least.
#[must_use]
pub fn forgetting_requests(pool: Pool, days: u16) -> Upkeep {
    Upkeep::every(LOOK, "forget old idempotency keys", move || {
        let pool = pool.clone();
        async move {
            let forgotten = forget_requests(&pool, days).await?;
            if forgotten > 0 {
                tracing::info!(forgotten, "forgot old idempotency keys");
            }
            Ok::<_, Error>(())
        }
    })
}

/// Forgets requests older than so many days, [`LEAST_DAYS`] at the least, and says how many there were.
pub async fn forget_requests(pool: &Pool, days: u16) -> Result<u64, Error> {
    let delete = "DELETE FROM requests WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM requests WHERE recorded_at < now() - make_interval(days => $1)
                    ORDER BY recorded_at LIMIT $2 FOR UPDATE SKIP LOCKED))";
    batch_by_batch(pool, delete, days.max(LEAST_DAYS), BATCH).await
}
