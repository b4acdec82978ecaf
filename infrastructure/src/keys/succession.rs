//! Master keys of several places, one after the other: how a store moves from a file into a security module.
use std::sync::Arc;

use application::{
    Error,
    sealing::{KeyService, Wrapped},
};
use async_trait::async_trait;
use domain::SealingKey;

/// The first wraps; what it does not unwrap, the one behind it does.
pub struct Succession {
    first: Arc<dyn KeyService>,
    behind: Arc<dyn KeyService>,
}

impl Succession {
    /// `first`, with `behind` for what was wrapped before.
    #[must_use]
    pub fn of(first: Arc<dyn KeyService>, behind: Arc<dyn KeyService>) -> Self {
        Self { first, behind }
    }
}

#[async_trait]
impl KeyService for Succession {
    fn current(&self) -> &str {
        self.first.current()
    }

    async fn wrap(&self, place: &[u8], key: &SealingKey) -> Result<Wrapped, Error> {
        self.first.wrap(place, key).await
    }

    async fn unwrap(&self, place: &[u8], wrapped: &Wrapped) -> Result<SealingKey, Error> {
        match self.first.unwrap(place, wrapped).await {
            Ok(key) => Ok(key),
            Err(_) => self.behind.unwrap(place, wrapped).await,
        }
    }
}
