//! Whether requests can be served right now.
use async_trait::async_trait;

use crate::Error;

/// The port that asks what the service stands on.
#[async_trait]
pub trait Ready: Send + Sync {
    /// Comes back without an error when requests can be served.
    async fn ready(&self) -> Result<(), Error>;
}
