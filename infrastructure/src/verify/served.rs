//! What the reader of who is served keeps, compared with what the events come to up to where it stands.
use application::retold::Retold;
use deadpool_postgres::ClientWrapper;
use serde_json::json;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    figures::Kept,
    views::{self, Expected},
};
use crate::DatabaseError;

/// The table, and what singles out a row of a student.
pub const SERVED: &str = "served";
pub const KEY: Option<&str> = Some("entry");

/// What is kept of these students.
pub async fn kept(client: &ClientWrapper, kept: Kept, first: Uuid, last: Uuid) -> Result<Vec<Row>, DatabaseError> {
    let select = "SELECT student, entry, what, code, partner, mentor, course, visibility, started_on, ended_on
                  FROM served WHERE generation = $1 AND student BETWEEN $2 AND $3";
    Ok(client.query(&client.prepare_cached(select).await?, &[&kept.generation, &first, &last]).await?)
}

/// What ought to be kept of a case.
pub fn expected(told: &Retold<'_>) -> impl Iterator<Item = Expected> {
    told.serves().into_iter().filter_map(|serves| views::row(SERVED, KEY, json!(serves)))
}
