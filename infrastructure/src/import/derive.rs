//! Rows that follow from what an import brought: each a statement that changes nothing when run again.
use std::collections::BTreeMap;

use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::ImportError;

/// One thing that follows.
pub(crate) struct Derivation {
    /// What it is called in the report; `None` where it writes nothing to be counted.
    pub(crate) name: Option<&'static str>,
    /// The kinds of which this import must have brought something.
    pub(crate) needs: &'static [&'static str],
    /// The statement; `$1` is the batch.
    pub(crate) sql: fn() -> String,
}

/// Carries out those of `derivations` that this import bears on.
pub(crate) async fn derive(
    tx: &Transaction<'_>,
    batch: Uuid,
    derivations: &[Derivation],
    present: impl Fn(&str) -> bool,
) -> Result<BTreeMap<&'static str, u64>, ImportError> {
    let mut written = BTreeMap::new();
    for derivation in derivations.iter().filter(|d| d.needs.iter().all(|kind| present(kind))) {
        let rows = tx.execute(&(derivation.sql)(), &[&batch]).await?;
        if let Some(name) = derivation.name {
            *written.entry(name).or_default() += rows;
        }
    }
    Ok(written)
}
