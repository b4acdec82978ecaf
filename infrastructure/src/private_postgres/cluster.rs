//! A fresh PostgreSQL data directory, whole or not there.
use std::{
    fs::{self, DirBuilder, File},
    os::unix::fs::DirBuilderExt,
    path::Path,
    process::Output,
};

use tokio_postgres::{NoTls, error::SqlState};

use super::{
    DATABASE, StartError, USER,
    account::Account,
    binaries::Binaries,
    directory::DataDirectory,
    error::doing,
    log::{last_lines, tells_of_a_full_disk},
    program::{OnOrphaned, command},
};

/// Makes the cluster where there is none. What an interrupted attempt left is thrown away first.
pub fn ensure(
    directory: &DataDirectory,
    binaries: &Binaries,
    account: Option<&Account>,
    durable: bool,
) -> Result<(), StartError> {
    let cluster = directory.cluster();
    if cluster.exists() {
        return Ok(());
    }
    tracing::info!(directory = %cluster.display(), version = binaries.major, "creating a PostgreSQL data directory");
    let unfinished = directory.unfinished_cluster();
    // Bytewise order is the same on every machine; the locale of the C library changes under an index.
    let mut made = init(&unfinished, "C.UTF-8", binaries, account, durable)?;
    if String::from_utf8_lossy(&made.stderr).contains("invalid locale") {
        made = init(&unfinished, "C", binaries, account, durable)?;
    }
    if !made.status.success() {
        let said = String::from_utf8_lossy(&made.stderr);
        let full = tells_of_a_full_disk(&said);
        fs::remove_dir_all(&unfinished).map_err(doing("remove", &unfinished))?;
        return Err(if full { StartError::DiskFull(cluster) } else { StartError::InitFailed(last_lines(&said)) });
    }
    fs::rename(&unfinished, &cluster).map_err(doing("create", &cluster))?;
    File::open(directory.path()).and_then(|parent| parent.sync_all()).map_err(doing("write to", directory.path()))
}

fn init(
    place: &Path,
    locale: &str,
    binaries: &Binaries,
    account: Option<&Account>,
    durable: bool,
) -> Result<Output, StartError> {
    if place.exists() {
        fs::remove_dir_all(place).map_err(doing("remove", place))?;
    }
    DirBuilder::new().mode(0o700).create(place).map_err(doing("create", place))?;
    if let Some(account) = account {
        account.own(place)?;
    }
    let program = binaries.program("initdb");
    let mut initdb = command(&program, account, OnOrphaned::End);
    initdb.arg("--pgdata").arg(place).args(["--encoding=UTF8", "--auth=trust", "--no-instructions"]);
    initdb.arg(format!("--locale={locale}")).arg(format!("--username={USER}"));
    if !durable {
        initdb.arg("--no-sync");
    }
    initdb.output().map_err(doing("run", &program))
}

/// Creates our database in a cluster that lacks it; two may try at once.
pub async fn ensure_database(url: &str) -> Result<(), StartError> {
    let silent = |error: tokio_postgres::Error| StartError::NoAnswer(crate::DatabaseError::from(error).to_string());
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.map_err(silent)?;
    let connection = tokio::spawn(connection);
    let there = client.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&DATABASE]).await.map_err(silent)?;
    if there.is_none()
        && let Err(error) = client.batch_execute(&format!("CREATE DATABASE {DATABASE}")).await
        && !matches!(error.code(), Some(&SqlState::DUPLICATE_DATABASE | &SqlState::UNIQUE_VIOLATION))
    {
        return Err(silent(error));
    }
    drop(client);
    // Ends with its client.
    let _ = connection.await;
    Ok(())
}
