//! The PostgreSQL that all contenders share, with the durability that it has by default.
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};
use tempfile::TempDir;
use tokio_postgres::{Client, NoTls};

/// Its superuser.
pub const USER: &str = "throughline";

/// What differs from PostgreSQL's defaults: as Throughline's own private PostgreSQL has it, but for more clients than
/// any run has. What a commit promises is the default.
const SETTINGS: &[&str] = &["listen_addresses=", "max_connections=600", "shared_buffers=256MB", "max_wal_size=2GB"];

/// A running PostgreSQL, stopped with the value.
pub struct Cluster {
    postgres: Child,
    binaries: PathBuf,
    directory: PathBuf,
    _vanishing: Option<TempDir>,
}

impl Cluster {
    /// Starts it in `directory`, or in one that goes with the value.
    pub async fn start(directory: Option<&Path>) -> anyhow::Result<Self> {
        let (vanishing, directory) = match directory {
            Some(directory) => (None, directory.to_owned()),
            None => {
                let made = tempfile::Builder::new().prefix("throughline-bench-").tempdir_in("/var/tmp")?;
                let path = made.path().to_owned();
                (Some(made), path)
            }
        };
        let binaries = binaries()?;
        let data = directory.join("postgres");
        if !data.exists() {
            fs::create_dir_all(&directory)?;
            let mut initdb = unprivileged(&binaries.join("initdb"), &directory)?;
            let made = initdb.arg("--pgdata").arg(&data).args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]);
            let made = made.arg(format!("--username={USER}")).stdout(Stdio::null()).status()?;
            ensure!(made.success(), "initdb failed");
        }
        let mut postgres = unprivileged(&binaries.join("postgres"), &directory)?;
        postgres.arg("-D").arg(&data).arg("-k").arg(&directory);
        for setting in SETTINGS {
            postgres.args(["-c", setting]);
        }
        let log = fs::File::create(directory.join("postgres.log"))?;
        let postgres = postgres.stdout(Stdio::null()).stderr(log).spawn()?;
        let cluster = Self { postgres, binaries, directory, _vanishing: vanishing };
        cluster.is_up().await?;
        Ok(cluster)
    }

    async fn is_up(&self) -> anyhow::Result<()> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while let Err(error) = self.client("postgres").await {
            if Instant::now() > deadline {
                bail!("PostgreSQL does not start: {error}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Where a database is, in the one form that every contender understands.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user={USER}", self.socket().display())
    }

    /// The directory of its socket.
    pub fn socket(&self) -> &Path {
        &self.directory
    }

    /// Makes a database where there is none, and says whether it did.
    pub async fn ensure(&self, database: &str) -> anyhow::Result<bool> {
        let admin = self.client("postgres").await?;
        let there = admin.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&database]).await?;
        if there.is_none() {
            admin.batch_execute(&format!("CREATE DATABASE {database}")).await?;
        }
        Ok(there.is_none())
    }

    /// Makes a database anew, without whatever it had.
    pub async fn anew(&self, database: &str) -> anyhow::Result<()> {
        self.client("postgres").await?.batch_execute(&format!("DROP DATABASE IF EXISTS {database}")).await?;
        self.ensure(database).await.map(drop)
    }

    /// A connection to a database.
    pub async fn client(&self, database: &str) -> anyhow::Result<Client> {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await?;
        // Ends with its client.
        tokio::spawn(connection);
        Ok(client)
    }

    /// The number that `query` selects.
    pub async fn number(&self, database: &str, query: &str) -> anyhow::Result<u64> {
        Ok(self.client(database).await?.query_one(query, &[]).await?.get::<_, i64>(0) as u64)
    }

    /// One of PostgreSQL's own programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.binaries.join(name)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = Command::new("kill");
        // A fast shutdown; what cannot be stopped goes with its directory.
        let _ = stop.args(["-INT", &self.postgres.id().to_string()]).status();
        let _ = self.postgres.wait();
    }
}

/// Where PostgreSQL's programs are: what `pg_config` says, or the newest that Debian has.
fn binaries() -> anyhow::Result<PathBuf> {
    let mut installed: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|it| it.path().join("bin")).collect();
    installed.sort();
    if let Ok(said) = Command::new("pg_config").arg("--bindir").output() {
        installed.push(String::from_utf8(said.stdout)?.trim().into());
    }
    let complete = |place: &PathBuf| ["initdb", "postgres", "pgbench"].iter().all(|name| place.join(name).is_file());
    installed.into_iter().rev().find(complete).context("there is no PostgreSQL with initdb, postgres and pgbench")
}

/// A program of PostgreSQL's, which refuses to run as root; it ends when we do.
fn unprivileged(program: &Path, directory: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=INT").current_dir("/");
    let root = Command::new("id").arg("-u").output()?.stdout.starts_with(b"0\n");
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        fs::set_permissions(directory, fs::Permissions::from_mode(0o755))?;
        ensure!(Command::new("chown").arg("postgres:").arg(directory).status()?.success(), "no account postgres");
    }
    command.arg(program);
    Ok(command)
}
