//! Work that the server does for its store again and again.
use std::{fmt::Display, time::Duration};

use application::Error;
use deadpool_postgres::Pool;
use tokio::time::sleep;
use tokio_util::task::AbortOnDropHandle;

use crate::database::failed;

/// How long to rest between two batches, so that whoever uses the store hardly notices.
const REST: Duration = Duration::from_millis(100);

/// Work that comes again and again, until it is dropped.
#[derive(Debug)]
pub struct Upkeep(#[expect(dead_code, reason = "what counts is when it is dropped")] AbortOnDropHandle<()>);

impl Upkeep {
    /// Does `job` at once, and again `pause` after it was done; what fails is told as `what`, and tried again then.
    pub(crate) fn every<F, E: Display>(
        pause: Duration,
        what: &'static str,
        job: impl Fn() -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), E>> + Send,
    {
        Self(AbortOnDropHandle::new(tokio::spawn(async move {
            loop {
                if let Err(cause) = job().await {
                    tracing::warn!(%cause, "cannot {what} now");
                }
                sleep(pause).await;
            }
        })))
    }
}

/// Takes away what is older than so many `days`, no more than `batch` rows in one transaction, as `delete` does it for `$1`
/// and `$2`; says how many rows that were.
pub(crate) async fn batch_by_batch(pool: &Pool, delete: &str, days: u16, batch: u32) -> Result<u64, Error> {
    let mut taken = 0;
    loop {
        let client = pool.get().await.map_err(failed)?;
        let gone = client.execute(delete, &[&i32::from(days), &i64::from(batch)]).await.map_err(failed)?;
        drop(client);
        taken += gone;
        if gone < u64::from(batch) {
            return Ok(taken);
        }
        sleep(REST).await;
    }
}
