//! Rows that refer only to what is stored already: looked up as they come, and stored without a detour.
use std::{
    pin::pin,
    sync::atomic::{AtomicI64, Ordering::Relaxed},
};

use deadpool_postgres::Transaction;
use postgres_types::{ToSql, Type};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use uuid::Uuid;

use super::{
    ImportError, KindReport, build::Row, kind::Kind, load::keys::key, merge, merge_sql as sql, names::Names, stage,
    value::Value,
};

/// Creates the table in which rows of `kind` wait: as staged ones do once their references are looked up.
pub(crate) async fn create(tx: &Transaction<'_>, kind: &Kind) -> Result<(), ImportError> {
    let columns: String =
        kind.columns.iter().map(|c| format!(", {} {}", c.name, Value::resolved_type(c.holds).1)).collect();
    let sql = format!(
        "CREATE TEMP TABLE {} (seq bigint, file integer, line bigint, hash bytea{columns}, reason text) ON COMMIT DROP",
        sql::resolved(kind)
    );
    Ok(tx.batch_execute(&sql).await?)
}

/// Copies one chunk of `kind`; rows that lead nowhere become rejects. What singles out each of the others is added to `keys`.
pub(crate) async fn copy(
    tx: &Transaction<'_>,
    kind: &Kind,
    names: &mut Names,
    (seq, file): (&AtomicI64, i32),
    rows: Vec<Row>,
    keys: Option<&mut Vec<(u64, i64)>>,
) -> Result<(), ImportError> {
    let (mut columns, mut types) =
        ("seq, file, line, hash".to_owned(), vec![Type::INT8, Type::INT4, Type::INT8, Type::BYTEA]);
    for column in kind.columns {
        columns = columns + ", " + column.name;
        types.push(Value::resolved_type(column.holds).0);
    }
    // By the names that the file has: ids of ours take their place.
    let named: Vec<u64> = rows.iter().filter(|_| keys.is_some()).map(|row| key(kind, row)).collect();
    let rows = names.look_up(tx, kind, rows).await?;
    let mut kept = vec![];
    let mut rejects = Vec::new();
    let sink = tx.copy_in(&format!("COPY {} ({columns}) FROM STDIN BINARY", sql::resolved(kind))).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    for (at, (row, reason)) in rows.into_iter().enumerate() {
        if let Some(reason) = reason {
            rejects.push(stage::Reject { kind: kind.name, line: row.line, reason });
            continue;
        }
        let seq = seq.fetch_add(1, Relaxed);
        kept.extend(named.get(at).map(|key| (*key, seq)));
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&seq, &file, &row.line, &row.hash];
        values.extend(row.values.iter().map(|v| v as &(dyn ToSql + Sync)));
        writer.as_mut().write(&values).await?;
    }
    writer.finish().await?;
    if let Some(keys) = keys {
        keys.extend(kept);
    }
    if rejects.is_empty() { Ok(()) } else { stage::copy_rejects(tx, file, &rejects).await }
}

/// Stores the rows of `kind` that wait: those that are new at once, in the order of their key, so that neighbours in the index
/// are written together. Only where some were there before, or stand twice, are they looked at again.
pub(crate) async fn merge(
    tx: &Transaction<'_>,
    kind: &Kind,
    source: &str,
    batch: Uuid,
    read: u64,
) -> Result<KindReport, ImportError> {
    let waiting = tx.query_one(&format!("SELECT count(*) FROM {}", sql::resolved(kind)), &[]).await?;
    let waiting = merge::count(waiting.get(0));
    let new = tx.execute(&sql::add(kind, source), &[&batch]).await?;
    let mut changed = 0;
    if new < waiting {
        tx.batch_execute(&format!("ANALYZE {}", sql::resolved(kind))).await?;
        tx.execute(&sql::duplicates(kind), &[]).await?;
        tx.execute(&sql::reject(kind), &[]).await?;
        changed = tx.execute(&sql::change(kind, source), &[&batch]).await?;
    }
    merge::report(tx, kind, read, new, changed).await
}
