//! Generations of what a reader keeps: the one that is read, and one that is counted again beside it.
use application::Error;
use deadpool_postgres::{ClientWrapper, Pool, Transaction};
use tokio_postgres::{GenericClient, Row};

use super::Feed;
use crate::{DatabaseError, database::failed};

/// A generation as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Generation {
    /// Its number.
    pub number: i32,
    /// The version of the reader that counts it.
    pub version: i32,
    /// How far it is counted.
    pub position: u64,
    /// Whether it is the one that is read.
    pub live: bool,
}

/// The generation that a reader of this version moves on, made where there is none. None where what is read is of
/// another version: an earlier one has to be counted again first, behind a later one this reader is over.
pub async fn generation(pool: &Pool, feed: &dyn Feed) -> Result<Option<i32>, Error> {
    let client = pool.get().await.map_err(failed)?;
    let live = "SELECT generation, version FROM readers WHERE name = $1 AND live";
    let live = client.prepare_cached(live).await.map_err(failed)?;
    let Some(row) = client.query_opt(&live, &[&feed.name()]).await.map_err(failed)? else {
        let begin = "INSERT INTO readers (name, generation, version, live)
                     SELECT $1, coalesce(max(generation), 0) + 1, $2, true FROM readers WHERE name = $1
                     ON CONFLICT DO NOTHING RETURNING generation";
        let begun = client.query_opt(begin, &[&feed.name(), &feed.version()]).await.map_err(failed)?;
        return Ok(begun.map(|row| row.get(0)));
    };
    let (number, version): (i32, i32) = (row.get(0), row.get(1));
    // What is not made again is gone on with.
    let goes_on = version == feed.version() || feed.tables().is_empty() && version < feed.version();
    Ok(goes_on.then_some(number))
}

/// The generation that is counted again, which an earlier attempt of the same version may have begun.
pub async fn beside(client: &ClientWrapper, feed: &dyn Feed) -> Result<Generation, DatabaseError> {
    let others = format!("{SELECT} AND NOT live AND version <> $2");
    for other in client.query(&others, &[&feed.name(), &feed.version()]).await?.iter().map(read) {
        drop(&**client, feed, other.number).await?;
    }
    let begin = "INSERT INTO readers (name, generation, version, live)
                 SELECT $1, coalesce(max(generation), 0) + 1, $2, false FROM readers WHERE name = $1
                 HAVING NOT coalesce(bool_or(NOT live), false)";
    client.execute(begin, &[&feed.name(), &feed.version()]).await?;
    let begun = format!("{SELECT} AND NOT live");
    Ok(read(&client.query_one(&begun, &[&feed.name()]).await?))
}

const SELECT: &str = "SELECT generation, version, position, live FROM readers WHERE name = $1";

fn read(row: &Row) -> Generation {
    let position = row.get::<_, i64>("position").unsigned_abs();
    Generation { number: row.get("generation"), version: row.get("version"), position, live: row.get("live") }
}

/// All generations, none of which anybody else moves on before the transaction ends.
pub async fn hold(transaction: &Transaction<'_>, feed: &dyn Feed) -> Result<Vec<Generation>, DatabaseError> {
    let hold = format!("{SELECT} ORDER BY generation FOR UPDATE");
    Ok(transaction.query(&hold, &[&feed.name()]).await?.iter().map(read).collect())
}

/// Makes `next` the one that is read, and drops all others.
pub async fn take_over(transaction: &Transaction<'_>, feed: &dyn Feed, next: i32) -> Result<(), DatabaseError> {
    for other in hold(transaction, feed).await?.iter().filter(|other| other.number != next) {
        drop(&**transaction, feed, other.number).await?;
    }
    let live = "UPDATE readers SET live = true WHERE name = $1 AND generation = $2";
    transaction.execute(live, &[&feed.name(), &next]).await?;
    Ok(())
}

/// Drops a generation that nobody reads; its own row goes last, so that nothing is left that nobody knows of.
pub async fn drop(client: &impl GenericClient, feed: &dyn Feed, generation: i32) -> Result<(), DatabaseError> {
    for table in feed.tables() {
        client.execute(&format!("DELETE FROM {table} WHERE generation = $1"), &[&generation]).await?;
    }
    let gone = "DELETE FROM readers WHERE name = $1 AND generation = $2";
    client.execute(gone, &[&feed.name(), &generation]).await?;
    Ok(())
}
