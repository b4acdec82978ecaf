//! Brings a database's tables up to date, one instance at a time.
use std::time::Duration;

use deadpool_postgres::{ClientWrapper, Object, Pool};

use crate::DatabaseError;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// Names our lock among a database's advisory locks: "Throughl".
const LOCK: i64 = i64::from_be_bytes(*b"Throughl");

/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer Throughline has been here.
    #[error(
        "the database is at version {database} and this Throughline knows versions up to {known} only; use the newer Throughline that wrote it, or restore the backup taken before the update"
    )]
    NewerDatabase {
        /// The version of the database.
        database: i32,
        /// The newest version we know.
        known: i32,
    },
    /// A migration that was applied reads otherwise by now.
    #[error("the database was set up with another form of migration {0}; applied migrations are never edited")]
    Edited(String),
    /// A migration did not pass, and nothing of it is left.
    #[error("migration {migration} failed: {source}")]
    Failed {
        /// Which one.
        migration: String,
        /// Why.
        source: DatabaseError,
    },
    /// The database is not there.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Applies the migrations that are missing, and says how many those were.
///
/// Instances that start together wait for the first one to finish.
///
/// # Errors
/// Those of [`MigrateError`]; each migration is applied whole or not at all.
pub async fn migrate(pool: &Pool) -> Result<usize, MigrateError> {
    // Taken out of the pool for good: closing it frees the lock, whatever happens in between.
    let mut client = Object::take(pool.get().await.map_err(DatabaseError::from)?);
    take_lock(&client).await.map_err(DatabaseError::from)?;
    let runner = embedded::migrations::runner().set_abort_divergent(true).set_abort_missing(true);
    refuse_a_newer_database(&client, &runner).await?;
    let report = runner.run_async(&mut *client).await.map_err(said)?;
    for migration in report.applied_migrations() {
        tracing::info!(%migration, "migrated the database");
    }
    Ok(report.applied_migrations().len())
}

async fn take_lock(client: &ClientWrapper) -> Result<(), tokio_postgres::Error> {
    client.batch_execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0").await?;
    let mut waiting = false;
    // Asked again and again, since a waiting statement would hold a snapshot that CREATE INDEX CONCURRENTLY waits for.
    while !client.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?.get::<_, bool>(0) {
        if !std::mem::replace(&mut waiting, true) {
            tracing::info!("waiting for another instance to migrate the database");
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

async fn refuse_a_newer_database(client: &ClientWrapper, runner: &refinery::Runner) -> Result<(), MigrateError> {
    let failed = DatabaseError::from;
    let asked = "SELECT to_regclass('refinery_schema_history') IS NOT NULL";
    if !client.query_one(asked, &[]).await.map_err(failed)?.get::<_, bool>(0) {
        return Ok(());
    }
    let newest = client.query_one("SELECT max(version) FROM refinery_schema_history", &[]).await.map_err(failed)?;
    let database = newest.get::<_, Option<i32>>(0).unwrap_or_default();
    let known = runner.get_migrations().iter().map(refinery::Migration::version).max().unwrap_or_default();
    if database > known { Err(MigrateError::NewerDatabase { database, known }) } else { Ok(()) }
}

/// Refinery's own words quote PostgreSQL's, which may quote a row.
fn said(error: refinery::Error) -> MigrateError {
    use refinery::error::Kind;
    match error.kind() {
        Kind::DivergentVersion(applied, _) | Kind::MissingVersion(applied) => MigrateError::Edited(applied.to_string()),
        Kind::Connection(migration, cause) => {
            let source = cause.downcast_ref::<tokio_postgres::Error>();
            let source = source.map_or(DatabaseError::Unreadable, DatabaseError::from);
            MigrateError::Failed { migration: migration.clone(), source }
        }
        _ => MigrateError::Failed { migration: "of the schema".into(), source: DatabaseError::Unreadable },
    }
}
