//! The key of the development issuer, kept so that tokens outlive a restart and can be made beside a running server.
use async_trait::async_trait;

use crate::Error;

/// The port that keeps the one key.
#[async_trait]
pub trait KeepSigningKey: Send + Sync {
    /// Keeps `fresh` (a private key in PKCS #8 DER) unless a key is kept already; returns the one that is kept.
    async fn keep_unless_kept(&self, fresh: Vec<u8>) -> Result<Vec<u8>, Error>;
}
