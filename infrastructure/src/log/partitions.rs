//! The log's partitions: there is always one ahead of the last position.
use std::time::Duration;

use deadpool_postgres::Pool;
use tokio::time::sleep;

use crate::DatabaseError;

/// How often it is looked whether the log comes near its last partition. Two are ahead, of ten million events each.
const LOOK: Duration = Duration::from_secs(60);

/// Makes the partitions that will be wanted next, and says how many it made.
///
/// # Errors
/// Those of [`DatabaseError`].
pub async fn extend_log(pool: &Pool) -> Result<u32, DatabaseError> {
    let made: i32 = pool.get().await?.query_one("SELECT extend_log()", &[]).await?.get(0);
    Ok(made.unsigned_abs())
}

/// Extends the log whenever it is time, for as long as it is polled.
pub async fn keep_log_extended(pool: Pool) {
    loop {
        match extend_log(&pool).await {
            Ok(0) => {}
            Ok(made) => tracing::info!(partitions = made, "extended the log"),
            Err(error) => tracing::warn!(%error, "cannot look after the log's partitions; will try again"),
        }
        sleep(LOOK).await;
    }
}
