//! Rows on their way in: copied in chunks into temporary tables that vanish with the transaction.
use std::{pin::pin, sync::atomic::AtomicI64};

use deadpool_postgres::Transaction;
use postgres_types::{ToSql, Type};
use tokio_postgres::binary_copy::BinaryCopyInWriter;

use super::{ImportError, build::Row, kind::Kind, value::Value};

/// An import may take longer than a request may, and waits for files in between.
const SHARED: &str = "
    SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = 0;
    SET LOCAL plan_cache_mode = 'auto';
    SET LOCAL work_mem = '64MB';
    CREATE TEMP TABLE import_files (file integer PRIMARY KEY, name text NOT NULL) ON COMMIT DROP;
    CREATE TEMP TABLE import_rejects (file integer, line bigint, kind text, reason text) ON COMMIT DROP;
    CREATE TEMP TABLE import_xml_ids (file integer, kind text, xml_id text, external_id text) ON COMMIT DROP;";

/// Rows that could not even be staged.
#[derive(Debug)]
pub(crate) struct Reject {
    pub(crate) kind: &'static str,
    pub(crate) line: i64,
    pub(crate) reason: String,
}

/// Creates what all kinds share.
pub(crate) async fn prepare(tx: &Transaction<'_>) -> Result<(), ImportError> {
    Ok(tx.batch_execute(SHARED).await?)
}

/// Creates the staging table of `kind`.
pub(crate) async fn create(tx: &Transaction<'_>, kind: &Kind) -> Result<(), ImportError> {
    let columns: String =
        kind.columns.iter().map(|c| format!(", {} {}", c.name, Value::staged_type(c.holds).1)).collect();
    let sql = format!(
        "CREATE TEMP TABLE {} (seq bigint, file integer, line bigint, xml_id text, external_id text, hash bytea,
         ended date{columns}) ON COMMIT DROP",
        kind.stage()
    );
    Ok(tx.batch_execute(&sql).await?)
}

/// Copies one chunk of `kind`.
pub(crate) async fn copy(
    tx: &Transaction<'_>,
    kind: &Kind,
    seq: &AtomicI64,
    file: i32,
    rows: &[Row],
) -> Result<(), ImportError> {
    let mut names = "seq, file, line, xml_id, external_id, hash, ended".to_owned();
    let mut types = vec![Type::INT8, Type::INT4, Type::INT8, Type::TEXT, Type::TEXT, Type::BYTEA, Type::DATE];
    for column in kind.columns {
        names.push_str(", ");
        names.push_str(column.name);
        types.push(Value::staged_type(column.holds).0);
    }
    let sink = tx.copy_in(&format!("COPY {} ({names}) FROM STDIN BINARY", kind.stage())).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &types));
    for row in rows {
        let seq = seq.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut values: Vec<&(dyn ToSql + Sync)> =
            vec![&seq, &file, &row.line, &row.xml_id, &row.external_id, &row.hash, &row.ended];
        values.extend(row.values.iter().map(|v| v as &(dyn ToSql + Sync)));
        writer.as_mut().write(&values).await?;
    }
    writer.finish().await?;
    Ok(())
}

/// Copies rejects.
pub(crate) async fn copy_rejects(tx: &Transaction<'_>, file: i32, rejects: &[Reject]) -> Result<(), ImportError> {
    let sink = tx.copy_in("COPY import_rejects (file, line, kind, reason) FROM STDIN BINARY").await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &[Type::INT4, Type::INT8, Type::TEXT, Type::TEXT]));
    for reject in rejects {
        writer.as_mut().write(&[&file, &reject.line, &reject.kind, &reject.reason]).await?;
    }
    writer.finish().await?;
    Ok(())
}
