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

/// A school that tells of anybody's attendance on a day has submitted that day.
pub(crate) fn submitted(events: &str) -> String {
    format!(
        "INSERT INTO submitted_days AS t (school, day, batch)
         SELECT DISTINCT school, event_date, $1::uuid FROM {events} WHERE reason IS NULL ORDER BY 1, 2
         ON CONFLICT (school, day) DO UPDATE SET assumed = false, batch = EXCLUDED.batch WHERE t.assumed"
    )
}
