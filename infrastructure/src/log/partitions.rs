//! The log's partitions: there is always one ahead of the last position.
use std::time::Duration;

use deadpool_postgres::Pool;

use crate::{DatabaseError, Upkeep};

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

/// Extends the log whenever it is time.
#[must_use]
pub fn extending_log(pool: Pool) -> Upkeep {
    Upkeep::every(LOOK, "look after the log's partitions", move || {
        let pool = pool.clone();
        async move {
            let made = extend_log(&pool).await?;
            if made > 0 {
                tracing::info!(partitions = made, "extended the log");
            }
            Ok::<_, DatabaseError>(())
        }
    })
}
