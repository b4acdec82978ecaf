//! What wraps the keys of students: a master key, here or with a key management service.
use async_trait::async_trait;
use domain::SealingKey;

use crate::Error;

/// A key of a student as it is stored: under which master key, and what came of wrapping it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapped {
    /// The name of the master key.
    pub master: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The port to a master key. It never leaves its place; `place` says whose key is wrapped, and is needed to unwrap it.
#[async_trait]
pub trait KeyService: Send + Sync {
    /// The name of the master key that wraps from now on.
    fn current(&self) -> &str;

    /// Wraps a key under the current master key.
    async fn wrap(&self, place: &[u8], key: &SealingKey) -> Result<Wrapped, Error>;

    /// Unwraps a key; [`Error::Unavailable`] where its master key is not there, or it was wrapped for another place.
    async fn unwrap(&self, place: &[u8], wrapped: &Wrapped) -> Result<SealingKey, Error>;
}
