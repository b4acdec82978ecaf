//! A server where nothing happens, for tests of what stands before the changes.
use std::{future::pending, sync::Arc};

use application::{
    Error,
    changes::{FollowChanges, Stretch},
};
use async_trait::async_trait;

use crate::Changes;

struct Nothing;

pub fn no_changes() -> Changes {
    Changes::new(Arc::new(Nothing))
}

#[async_trait]
impl FollowChanges for Nothing {
    async fn now(&self) -> Result<u64, Error> {
        Ok(0)
    }

    async fn behind(&self, _: u64) -> Result<Stretch, Error> {
        pending().await
    }
}
