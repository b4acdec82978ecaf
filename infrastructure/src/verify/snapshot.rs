//! One moment of the database, seen from several connections.
use application::Table;
use deadpool_postgres::{ClientWrapper, Object, Pool};
use strum::VariantArray;
use uuid::Uuid;

use super::{Finding, VerifyError, figures::Kept};
use crate::{DatabaseError, log::live_views, readers::Feed};

/// A connection that holds the moment.
pub struct Snapshot {
    pub client: ClientWrapper,
    /// Its name, by which others join it.
    pub name: String,
}

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
                     SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
                     SET LOCAL plan_cache_mode = 'auto';";

impl Snapshot {
    /// The present moment; one at which no commit is under way, where it is to be `settled`: the positions up to
    /// the last are those of events, or of nothing for ever.
    pub async fn take(pool: &Pool, settled: bool) -> Result<Self, VerifyError> {
        let client = Self::connect(pool).await?;
        let tables: Vec<_> = Table::VARIANTS.iter().map(<&str>::from).collect();
        // Locked before the moment begins: a table that is switched meanwhile would look empty.
        let lock = format!("LOCK TABLE events, streams, requests, {} IN ACCESS SHARE MODE", tables.join(", "));
        client.batch_execute(&format!("{BEGIN} {lock}")).await?;
        let gate = if settled { Some(live_views::close(pool).await?) } else { None };
        let name = client.query_one("SELECT pg_export_snapshot()", &[]).await?.get(0);
        // Closing the connection opens the gate again.
        drop(gate);
        Ok(Self { client, name })
    }

    /// Another connection that sees the moment called `name`.
    pub async fn join(pool: &Pool, name: &str) -> Result<ClientWrapper, VerifyError> {
        Self::join_with(pool, name, "").await
    }

    /// The same, with what has to be there before.
    pub async fn join_with(pool: &Pool, name: &str, before: &str) -> Result<ClientWrapper, VerifyError> {
        let client = Self::connect(pool).await?;
        client.batch_execute(before).await?;
        client.batch_execute(&format!("{BEGIN} SET TRANSACTION SNAPSHOT '{name}'")).await?;
        Ok(client)
    }

    /// A connection out of the pool for good: closing it ends what it holds.
    async fn connect(pool: &Pool) -> Result<ClientWrapper, DatabaseError> {
        Ok(Object::take(pool.get().await?))
    }

    /// How many events the streams say that they have.
    pub async fn events(&self) -> Result<u64, VerifyError> {
        let sum = self.client.query_one("SELECT coalesce(sum(version), 0)::bigint FROM streams", &[]).await?;
        Ok(sum.get::<_, i64>(0).unsigned_abs())
    }

    /// The position of the last event.
    pub async fn position(&self) -> Result<u64, VerifyError> {
        let last = self.client.query_one("SELECT coalesce(max(position), 0) FROM log", &[]).await?;
        Ok(last.get::<_, i64>(0).unsigned_abs())
    }

    /// The views that are of the version which this code expects, and those that are not.
    pub async fn views(&self) -> Result<(Vec<Table>, Vec<Table>), VerifyError> {
        let live = live_views::live(&self.client).await?;
        let current = |table: &Table| live.get(<&str>::from(table)) == Some(&table.version());
        Ok(Table::VARIANTS.iter().partition(|table| current(table)))
    }

    /// How far what a reader keeps is counted where it is read, and of which version it is; nothing before the first.
    pub async fn live(&self, feed: &dyn Feed) -> Result<Option<(Kept, i32)>, VerifyError> {
        let live = "SELECT generation, position, version FROM readers WHERE name = $1 AND live";
        let live = self.client.query_opt(live, &[&feed.name()]).await?;
        Ok(live.map(|row| (Kept { generation: row.get(0), position: row.get(1) }, row.get(2))))
    }

    /// How far a generation of what a reader keeps is counted.
    pub async fn generation(&self, feed: &dyn Feed, generation: i32) -> Result<Option<Kept>, VerifyError> {
        let one = "SELECT position FROM readers WHERE name = $1 AND generation = $2";
        let one = self.client.query_opt(one, &[&feed.name(), &generation]).await?;
        Ok(one.map(|row| Kept { generation, position: row.get(0) }))
    }

    /// What is wrong beside the streams: positions that will be used again, that requests made up, or to which readers
    /// have run ahead.
    pub async fn loose_ends(&self) -> Result<Vec<Finding>, VerifyError> {
        // The sequence is never behind the moment, since it does not wait for commits.
        let drawn = "SELECT last_value - (NOT is_called)::int, (SELECT coalesce(max(position), 0) FROM log)
                     FROM positions";
        let drawn = self.client.query_one(drawn, &[]).await?;
        let (drawn, used): (i64, i64) = (drawn.get(0), drawn.get(1));
        let reused = used > drawn;
        let unknown = "SELECT position, key FROM requests WHERE position > $1";
        let unknown = self.client.query(unknown, &[&drawn]).await?;
        let unknown = unknown
            .iter()
            .map(|row| Finding::NoSuchPosition(row.get::<_, i64>(0).unsigned_abs(), row.get::<_, Uuid>(1)));
        let ahead = self.client.query("SELECT name FROM readers WHERE position > $1", &[&drawn]).await?;
        let ahead = ahead.iter().map(|row| Finding::Ahead(row.get(0)));
        Ok(reused.then_some(Finding::PositionReused).into_iter().chain(unknown).chain(ahead).collect())
    }
}
