//! A PostgreSQL for tests: in a directory that goes when its process goes, with a fresh database for each.
use std::{
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{ChildStdin, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
};

use tokio_postgres::NoTls;

use super::{DATABASE, Options, PrivatePostgres, StartError};
use crate::{DatabaseError, Limits, OpenError, Source, migrate};

/// A private PostgreSQL that leaves nothing behind, however its process ends.
#[derive(Debug)]
pub struct EphemeralPostgres {
    postgres: PrivatePostgres,
    made: AtomicU64,
    _directory: Vanishing,
}

/// A database of its own, dropped with the value.
#[derive(Debug)]
pub struct FreshDatabase {
    admin: String,
    name: String,
    url: String,
}

/// Why there is no database to test with.
#[derive(Debug, thiserror::Error)]
pub enum EphemeralError {
    /// PostgreSQL does not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database of all databases cannot be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It cannot be set up.
    #[error(transparent)]
    Migrate(#[from] migrate::MigrateError),
    /// It does not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl EphemeralPostgres {
    /// Starts one and migrates the database that all others are copied from. Its durability is off.
    ///
    /// # Errors
    /// As [`PrivatePostgres::start`] and [`migrate`](crate::migrate()).
    pub async fn start() -> Result<Self, EphemeralError> {
        let directory = Vanishing::create()?;
        let options = Options { durable: false, ..Options::new(directory.path.clone()) };
        let postgres = PrivatePostgres::start(options).await?;
        let url = Source::Url(postgres.url(DATABASE));
        let template = crate::Database::open(url, &Limits { connections: 2, ..Limits::default() }).await?;
        migrate::migrate(template.pool()).await?;
        template.stop().await;
        Ok(Self { postgres, made: AtomicU64::new(0), _directory: directory })
    }

    /// A migrated, empty database.
    ///
    /// # Errors
    /// When PostgreSQL does not answer.
    pub async fn fresh_database(&self) -> Result<FreshDatabase, EphemeralError> {
        let name = format!("fresh_{}", self.made.fetch_add(1, Ordering::Relaxed));
        let admin = self.postgres.url("postgres");
        // A connection to the template may take a moment to be gone.
        let create = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}';
             CREATE DATABASE {name} TEMPLATE {DATABASE}"
        );
        for statement in create.split(';') {
            execute(&admin, statement).await?;
        }
        Ok(FreshDatabase { url: self.postgres.url(&name), admin, name })
    }

    /// The PostgreSQL itself.
    #[must_use]
    pub fn postgres(&self) -> &PrivatePostgres {
        &self.postgres
    }
}

impl FreshDatabase {
    /// What to set `DATABASE_URL` to.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        let (admin, drop) = (self.admin.clone(), format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        // On a thread of its own, as the test's runtime may be ending; at the process's end all of it goes anyway.
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.map(|runtime| runtime.block_on(execute(&admin, &drop)))
        });
    }
}

async fn execute(url: &str, statement: &str) -> Result<(), DatabaseError> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let connection = tokio::spawn(connection);
    client.batch_execute(statement).await?;
    drop(client);
    // Ends with its client.
    let _ = connection.await;
    Ok(())
}

/// A directory that a small shell removes once the pipe to it closes, which it does however our process ends.
#[derive(Debug)]
struct Vanishing {
    path: PathBuf,
    _pipe: Option<ChildStdin>,
}

const WHEN_THE_PIPE_CLOSES: &str = r#"
cat > /dev/null
pid=$(head -n 1 "$1/postgres/postmaster.pid" 2> /dev/null)
[ -n "$pid" ] && kill -QUIT "$pid" 2> /dev/null
while [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null; do sleep 0.1; done
for attempt in 1 2 3 4 5; do rm -rf -- "$1" && exit; sleep 1; done
"#;

impl Vanishing {
    fn create() -> Result<Self, StartError> {
        let failed = |source| StartError::Io { doing: "make a directory for a test database".into(), source };
        let mut builder = tempfile::Builder::new();
        builder.prefix("throughline-").permissions(std::os::unix::fs::PermissionsExt::from_mode(0o755));
        let path = builder.tempdir().map_err(failed)?.keep();
        let mut shell = Command::new("sh");
        shell.args(["-c", WHEN_THE_PIPE_CLOSES, "sh"]).arg(&path).current_dir("/").process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut shell = shell.spawn().map_err(failed)?;
        Ok(Self { path, _pipe: shell.stdin.take() })
    }
}
