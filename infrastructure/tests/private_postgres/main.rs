//! A private PostgreSQL survives what happens to servers: being stopped, killed, doubled and left behind.
mod left_behind;
mod lifecycle;
mod programs;
mod refusals;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use infrastructure::private_postgres::{DATABASE, Health, Options, PrivatePostgres, StartError};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;
use tokio_postgres::NoTls;

type Tested = anyhow::Result<()>;

fn directory() -> anyhow::Result<TempDir> {
    // Everybody may enter: under root PostgreSQL runs as somebody else.
    Ok(tempfile::Builder::new().prefix("postgres-").permissions(fs::Permissions::from_mode(0o755)).tempdir()?)
}

fn options(directory: &Path) -> Options {
    Options { durable: false, releases: None, ..Options::new(directory.to_owned()) }
}

async fn client(postgres: &PrivatePostgres) -> anyhow::Result<tokio_postgres::Client> {
    let (client, connection) = tokio_postgres::connect(&postgres.url(DATABASE), NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn pid(postgres: &PrivatePostgres) -> anyhow::Result<u32> {
    let health = postgres.health().map(|health| health.borrow().clone());
    let Some(Health::Up { pid }) = health else { anyhow::bail!("not up: {health:?}") };
    Ok(pid)
}

fn kill(pid: u32) -> Tested {
    Ok(kill_process(process(pid)?, Signal::KILL)?)
}

fn process(pid: u32) -> anyhow::Result<Pid> {
    Pid::from_raw(i32::try_from(pid)?).ok_or_else(|| anyhow::anyhow!("no process"))
}

async fn gone(pid: u32) -> Tested {
    for _ in 0..200 {
        if test_kill_process(process(pid)?).is_err() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    anyhow::bail!("process {pid} goes on")
}

async fn refusal(options: Options) -> anyhow::Result<StartError> {
    match PrivatePostgres::start(options).await {
        Ok(_) => anyhow::bail!("started"),
        Err(error) => Ok(error),
    }
}

fn installed() -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|it| it.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = debian.chain(std::env::split_paths(&path).collect::<Vec<_>>());
    places.find(|place| place.join("initdb").exists()).expect("PostgreSQL is installed")
}
