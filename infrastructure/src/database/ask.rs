//! Asking one question, and reading what is kept as codes.
use application::Error;
use deadpool_postgres::Pool;
use serde::de::DeserializeOwned;
use tokio_postgres::{Row, types::ToSql};

use super::failed;

/// The rows that a statement answers with; it is prepared once on each connection.
pub async fn rows(pool: &Pool, sql: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
    let client = pool.get().await.map_err(failed)?;
    let statement = client.prepare_cached(sql).await.map_err(failed)?;
    client.query(&statement, values).await.map_err(failed)
}

/// Values kept as an array of codes.
pub fn codes<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, Error> {
    serde_json::from_value(row.get::<_, Vec<String>>(column).into()).map_err(Error::unavailable)
}
