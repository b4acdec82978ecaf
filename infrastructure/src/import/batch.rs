//! The record that an import ran: kept outside its transaction, so that a failed one leaves a trace.
use deadpool_postgres::{Pool, Transaction};
use serde_json::json;
use uuid::Uuid;

use super::{ImportError, Report};

/// Held by whoever imports; the number is ours alone.
const LOCK: i64 = 0x7468_726f_7567_6801;

/// Makes sure that nobody else imports until the transaction ends.
pub(crate) async fn lock(tx: &Transaction<'_>) -> Result<(), ImportError> {
    let free: bool = tx.query_one("SELECT pg_try_advisory_xact_lock($1)", &[&LOCK]).await?.get(0);
    if free { Ok(()) } else { Err(ImportError::Busy) }
}

/// Opens a batch. Whatever still says that it runs was killed: only one can run, and that is us.
pub(crate) async fn open(pool: &Pool, source: &str) -> Result<Uuid, ImportError> {
    let client = pool.get().await?;
    client
        .execute(
            "UPDATE import_batches SET outcome = 'interrupted', finished_at = now() WHERE outcome = 'running'",
            &[],
        )
        .await?;
    let batch = Uuid::now_v7();
    client.execute("INSERT INTO import_batches (id, source) VALUES ($1, $2)", &[&batch, &source]).await?;
    Ok(batch)
}

/// Closes the batch with its figures, in the import's own transaction.
pub(crate) async fn close(tx: &Transaction<'_>, report: &Report) -> Result<(), ImportError> {
    let counts = json!({ "kinds": report.kinds, "derived": report.derived, "not_used": report.not_used });
    tx.execute(
        "UPDATE import_batches SET outcome = 'finished', finished_at = now(), counts = $2 WHERE id = $1",
        &[&report.batch, &counts],
    )
    .await?;
    Ok(())
}

/// Notes that the batch came to nothing.
pub(crate) async fn fail(pool: &Pool, batch: Uuid) -> Result<(), ImportError> {
    let client = pool.get().await?;
    client
        .execute("UPDATE import_batches SET outcome = 'failed', finished_at = now() WHERE id = $1", &[&batch])
        .await?;
    Ok(())
}
