//! The moment in which nobody writes: the last changes are folded, and the shadow takes the place of the live tables.
use application::Table;
use deadpool_postgres::{ClientWrapper, Pool};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::{RebuildError, batch, compare, connect, plan::Plan, walk};
use crate::log::live_views;

/// How long readers are made to wait for one another at the most: a vacuum that PostgreSQL has begun by itself gives way
/// after a second.
const PATIENCE: &str = "1200ms";
/// How long the shadow is waited for, which nobody but such a vacuum looks at.
const PATIENCE_WITH_VACUUM: &str = "5s";

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The shadow is live.
    Switched,
    /// Somebody reads the live tables for longer than others should wait.
    Occupied,
}

/// Tries once.
pub async fn switch(pool: &Pool, plan: &Plan, fence: i64) -> Result<Outcome, RebuildError> {
    // Closing its connection opens the gate, whatever happened.
    let _gate = live_views::close(pool).await?;
    let client = connect(pool).await?;
    client.batch_execute("SET synchronous_commit = on; BEGIN").await?;
    let changed = walk::changed(&client, fence).await?;
    batch::within(&client, plan, &changed).await?;
    if !walk::changed(&client, fence).await?.is_empty() {
        return Err(RebuildError::Incomplete);
    }
    let students: Vec<Uuid> = changed.iter().map(|stream| stream.id).collect();
    compare::some(&client, plan, &students).await?;
    let tables = |schema: &str| {
        let names: Vec<_> = plan.tables().into_iter().map(|table| format!("{schema}{}", <&str>::from(table))).collect();
        names.join(", ")
    };
    let lock = format!(
        "SET LOCAL lock_timeout = '{PATIENCE_WITH_VACUUM}'; LOCK TABLE {} IN ACCESS EXCLUSIVE MODE;
         SET LOCAL lock_timeout = '{PATIENCE}'; LOCK TABLE {} IN ACCESS EXCLUSIVE MODE",
        tables("rebuild."),
        tables("")
    );
    match client.batch_execute(&lock).await {
        Ok(()) => {}
        Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => return Ok(Outcome::Occupied),
        Err(error) => return Err(error.into()),
    }
    for table in plan.tables() {
        replace(&client, table).await?;
    }
    client.batch_execute("TRUNCATE rebuild.under_way, rebuild.streams; COMMIT").await?;
    Ok(Outcome::Switched)
}

/// Puts the shadow of a table into its place, with the rights that others had on it.
async fn replace(client: &ClientWrapper, table: Table) -> Result<(), RebuildError> {
    let (name, version) = (<&str>::from(table), table.version());
    let rights = "SELECT format('GRANT %s ON rebuild.%I TO %s%s;', a.privilege_type, t.relname,
                         CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
                         CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
                  FROM pg_class t, aclexplode(t.relacl) a WHERE t.oid = $1::text::regclass";
    let rights: String = client.query(rights, &[&name]).await?.iter().map(|row| row.get::<_, String>(0)).collect();
    let place: String = client.query_one("SELECT quote_ident(current_schema())", &[]).await?.get(0);
    let switch = format!(
        "{rights} DROP TABLE {name}; ALTER TABLE rebuild.{name} SET SCHEMA {place};
         UPDATE live_views SET version = {version}, switched_at = now() WHERE view = '{name}'"
    );
    Ok(client.batch_execute(&switch).await?)
}
