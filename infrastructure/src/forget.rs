//! Forgets requests whose repetition nobody need expect any more.
use std::time::Duration;

use application::Error;
use deadpool_postgres::Pool;
use tokio::time::sleep;

use crate::{Upkeep, database::failed};

/// How long an idempotency key is remembered at the least, in days.
pub const LEAST_DAYS: u16 = 30;

/// How many requests are forgotten in one transaction.
const BATCH: i64 = 1000;
/// How long to rest between two batches, so that writers hardly notice.
const REST: Duration = Duration::from_millis(100);
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
    let days = i32::from(days.max(LEAST_DAYS));
    let delete = "DELETE FROM requests WHERE ctid = ANY(ARRAY(
                    SELECT ctid FROM requests WHERE recorded_at < now() - make_interval(days => $1)
                    ORDER BY recorded_at LIMIT $2 FOR UPDATE SKIP LOCKED))";
    let mut forgotten = 0;
    loop {
        let client = pool.get().await.map_err(failed)?;
        let batch = client.execute(delete, &[&days, &BATCH]).await.map_err(failed)?;
        drop(client);
        forgotten += batch;
        if batch < BATCH as u64 {
            return Ok(forgotten);
        }
        sleep(REST).await;
    }
}
