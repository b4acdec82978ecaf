//! Figures counted from the log by the reference fold.
use std::sync::{Arc, Mutex, PoisonError};

use infrastructure::verify::{Asked, Finding, Watch, verify};

use crate::support::Store;

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Watch for Heard {
    fn begins(&self, _: u64) {}

    fn checked(&self, _: u64) {}

    fn found(&self, finding: &Finding) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(finding.to_string());
    }
}

/// Where anything that is kept differs from what the log comes to.
pub async fn differences(store: &Store) -> anyhow::Result<Vec<String>> {
    let heard = Arc::new(Heard::default());
    verify(store.database.pool(), &Asked::default(), heard.clone()).await?;
    Ok(heard.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
}
