//! What was in the outbox long enough leaves it; the log keeps it.
use std::time::Duration;

use application::Error;
use deadpool_postgres::Pool;

use crate::{Upkeep, upkeep::batch_by_batch};

/// How many days something stays in the outbox, if nothing else is said.
pub const OUTBOX_DAYS: u16 = 30;

/// How many rows go in one transaction.
const BATCH: u32 = 5_000;
/// How often to look.
const LOOK: Duration = Duration::from_secs(3600);

/// From the lowest position on, as far as all is old: what is behind something young stays with it. It is said how far, so
/// that a gap is not taken for a trimmed outbox.
const TRIM: &str = "
    WITH first AS (
      SELECT position, recorded_at FROM outbox ORDER BY position LIMIT $2
    ), young AS (
      SELECT min(position) AS position FROM first WHERE recorded_at >= now() - make_interval(days => $1)
    ), old AS (
      SELECT position FROM first
      WHERE position < coalesce((SELECT position FROM young), 9223372036854775807)
    ), told AS (
      UPDATE outbox_trimmed SET position = greatest(outbox_trimmed.position, (SELECT max(position) FROM old))
      WHERE EXISTS (SELECT FROM old)
    )
    DELETE FROM outbox WHERE position = ANY (ARRAY(SELECT position FROM old))";

/// Trims the outbox, hour by hour, of what was recorded more than so many days ago.
#[must_use]
pub fn trimming_outbox(pool: Pool, days: u16) -> Upkeep {
    Upkeep::every(LOOK, "trim the outbox", move || {
        let pool = pool.clone();
        async move {
            let trimmed = trim_outbox(&pool, days).await?;
            if trimmed > 0 {
                tracing::info!(trimmed, "trimmed the outbox");
            }
            Ok::<_, Error>(())
        }
    })
}

/// Trims the outbox of what was recorded more than so many days ago, and says how many rows that were.
///
/// # Errors
/// [`Error::Unavailable`] where the database is not there; what was trimmed before stays so.
pub async fn trim_outbox(pool: &Pool, days: u16) -> Result<u64, Error> {
    batch_by_batch(pool, TRIM, days, BATCH).await
}
