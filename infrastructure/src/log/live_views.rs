//! Which versions of the views are live, and who may write them.
//!
//! Writers hold the gate open, shared; whoever switches views closes it, alone. What a writer finds when it comes
//! through the gate stays so until it commits.
use std::collections::BTreeMap;

use application::Table;
use deadpool_postgres::{ClientWrapper, Object, Pool};
use strum::VariantArray;

use crate::DatabaseError;

/// Names the gate among a database's advisory locks: "LiveView", whose topmost byte is ours alone.
const GATE: i64 = i64::from_be_bytes(*b"LiveView");

/// How long whoever closes the gate waits for the writers in it.
const PATIENCE: &str = "10s";

/// What a writer asks first in its transaction: opens the gate and makes sure that the live views are those that this
/// code writes.
pub fn enter() -> String {
    let (names, versions): (Vec<&str>, Vec<String>) =
        Table::VARIANTS.iter().map(|table| (<&str>::from(table), table.version().to_string())).unzip();
    format!("enter_views('{{{}}}', '{{{}}}', {GATE})", names.join(","), versions.join(","))
}

/// What a server is told whose views are not live any more.
pub const OTHER_VIEWS: &str = "TL001";

/// The versions that are live.
pub async fn live(client: &ClientWrapper) -> Result<BTreeMap<String, i32>, DatabaseError> {
    let rows = client.query("SELECT view, version FROM live_views", &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Closes the gate until the connection that comes back is closed: no writer is under way then.
pub async fn close(pool: &Pool) -> Result<ClientWrapper, DatabaseError> {
    let client = Object::take(pool.get().await?);
    client.batch_execute(&format!("SET lock_timeout = '{PATIENCE}'; SELECT pg_advisory_lock({GATE})")).await?;
    Ok(client)
}
