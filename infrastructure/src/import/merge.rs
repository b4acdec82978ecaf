//! Merges one staged kind: looks up, refuses, identifies, writes what differs, ends what is to end.
use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::{ImportError, KindReport, kind::Kind, merge_sql as sql};

/// Merges `kind` into its table as part of `batch`; `read` rows were read of it.
pub(crate) async fn merge(
    tx: &Transaction<'_>,
    kind: &Kind,
    source: &str,
    batch: Uuid,
    read: u64,
) -> Result<KindReport, ImportError> {
    // A temporary table has no statistics until told: the lookups would be planned for a handful of rows.
    tx.batch_execute(&format!("ANALYZE {}", kind.stage())).await?;
    tx.batch_execute(&sql::resolve(kind, source)).await?;
    tx.execute(&sql::duplicates(kind), &[]).await?;
    if let Some(identify) = sql::identify(kind, source) {
        tx.batch_execute(&identify).await?;
    }
    tx.batch_execute(&format!("ANALYZE {}", sql::resolved(kind))).await?;
    let written = tx.query_one(&sql::write(kind, source), &[&batch]).await?;
    let (new, mut changed) = (count(written.get(0)), count(written.get(1)));
    if let Some(end) = sql::end(kind) {
        changed += tx.execute(&end, &[&batch]).await?;
    }
    tx.execute(&sql::reject(kind), &[]).await?;
    report(tx, kind, read, new, changed).await
}

/// What became of the rows of `kind`; what is neither new, changed nor rejected was there already.
pub(crate) async fn report(
    tx: &Transaction<'_>,
    kind: &Kind,
    read: u64,
    new: u64,
    changed: u64,
) -> Result<KindReport, ImportError> {
    let rejected = tx.query_one("SELECT count(*) FROM import_rejects WHERE kind = $1", &[&kind.name]).await?;
    let rejected = count(rejected.get(0));
    Ok(KindReport {
        kind: kind.name,
        read,
        new,
        changed,
        unchanged: read.saturating_sub(new + changed + rejected),
        rejected,
    })
}

pub(crate) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}
