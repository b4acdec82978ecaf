//! Work that the server does for its store again and again.
use std::{fmt::Display, time::Duration};

use tokio::time::sleep;
use tokio_util::task::AbortOnDropHandle;

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
