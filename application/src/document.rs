//! Documents that other services publish.
use std::time::Duration;

use async_trait::async_trait;

use crate::Error;

/// A document, as it was a moment ago.
#[derive(Debug, Clone)]
pub struct Document {
    /// What it says.
    pub body: Vec<u8>,
    /// How long it may be kept, where its publisher says so.
    pub fresh_for: Option<Duration>,
}

/// The port that fetches documents.
#[async_trait]
pub trait FetchDocument: Send + Sync {
    /// Fetches the document at `address`; [`Error::Unavailable`] if there is none, or none comes in time.
    async fn fetch(&self, address: &str) -> Result<Document, Error>;
}
