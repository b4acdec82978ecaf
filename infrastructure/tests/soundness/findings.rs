//! What verify finds.
use std::sync::{Arc, Mutex, PoisonError};

use deadpool_postgres::Pool;
use infrastructure::verify::{self, Asked, Checked, Finding, VerifyError, Watch};

/// A check of the database behind `pool`, with what it found.
pub async fn findings(pool: &Pool, asked: &Asked) -> Result<(Checked, Vec<String>), VerifyError> {
    let told = Arc::new(Heard::default());
    let checked = verify::verify(pool, asked, told.clone()).await?;
    let findings = told.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert_eq!(checked.findings, findings.len() as u64);
    Ok((checked, findings))
}

#[derive(Default)]
struct Heard(Mutex<Vec<String>>);

impl Watch for Heard {
    fn begins(&self, _: u64) {}

    fn checked(&self, _: u64) {}

    fn found(&self, finding: &Finding) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(finding.to_string());
    }
}
