//! What was removed leaves the files, too: PostgreSQL keeps removed rows until their place is needed.
use deadpool_postgres::Pool;

use super::{ERASED, NotErased};
use crate::DatabaseError;

/// Beside those that lose rows: what else names people, and the statistics that quote them.
const OTHERS: &[&str] = &["students", "contacts", "external_ids", "pg_statistic"];

/// Writes the tables anew without what was removed, and lets go of the write-ahead log that told of it. Each table is
/// closed to everybody while it is written.
///
/// # Errors
/// Where the database does not answer, or may not be told so.
pub async fn scrub(pool: &Pool) -> Result<(), NotErased> {
    let client = pool.get().await.map_err(DatabaseError::from)?;
    client.batch_execute("SET statement_timeout = 0").await?;
    for table in ERASED.iter().chain(OTHERS) {
        let anew = if table.starts_with("pg_") { "VACUUM (FULL)" } else { "VACUUM (FULL, ANALYZE)" };
        client.batch_execute(&format!("{anew} {table}")).await?;
    }
    // Two checkpoints: what the log held before the first is not needed after the second.
    for _ in 0..2 {
        client.batch_execute("CHECKPOINT").await?;
        client.batch_execute("SELECT pg_switch_wal()").await?;
    }
    client.batch_execute("CHECKPOINT; RESET statement_timeout").await?;
    Ok(())
}
