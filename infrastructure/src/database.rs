//! The database the server works with: one it is given, or a private one it owns.
mod ask;
mod error;

use std::{fmt, str::FromStr, time::Duration};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use tokio::sync::watch;
use tokio_postgres::{
    Config, NoTls,
    config::{Host, SslMode},
};

use crate::private_postgres::{DATABASE, Health, Options, PrivatePostgres, StartError};

pub(crate) use ask::{codes, rows};
pub use error::DatabaseError;
pub(crate) use error::failed;

/// Where the database is.
#[derive(Clone)]
pub enum Source {
    /// A server that is there (`DATABASE_URL`).
    Url(String),
    /// A PostgreSQL of our own, which nobody else may own meanwhile: what `serve` uses.
    Private(Options),
    /// The same, or that of the server running beside us: what every other command uses.
    Beside(Options),
}

impl fmt::Debug for Source {
    /// The address may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str("Url"),
            Self::Private(options) => f.debug_tuple("Private").field(options).finish(),
            Self::Beside(options) => f.debug_tuple("Beside").field(options).finish(),
        }
    }
}

/// How much is asked of the database at once, and how long it may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at most.
    pub connections: usize,
    /// How long a request waits for a free connection.
    pub wait: Duration,
    /// How long opening a connection may take.
    pub connect: Duration,
    /// After this PostgreSQL gives a statement up.
    pub statement: Duration,
    /// After this PostgreSQL ends a transaction in which nothing happens; a frozen one holds ordered readers back.
    pub idle_in_transaction: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 32,
            wait: Duration::from_secs(5),
            connect: Duration::from_secs(5),
            statement: Duration::from_secs(30),
            idle_in_transaction: Duration::from_secs(15),
        }
    }
}

/// A pool of connections, together with the private PostgreSQL behind it where there is one.
#[derive(Debug)]
pub struct Database {
    pool: Pool,
    config: Config,
    private: Option<PrivatePostgres>,
}

impl Database {
    /// Reaches the database at `source`, starting it where that is ours to do, and makes sure that it answers.
    ///
    /// # Errors
    /// Why it cannot be reached or started, in words for whoever starts the server.
    pub async fn open(source: Source, limits: &Limits) -> Result<Self, OpenError> {
        let (url, private) = match source {
            Source::Url(url) => (url, None),
            Source::Private(options) => with_url(PrivatePostgres::start(options).await?),
            Source::Beside(options) => with_url(PrivatePostgres::attach_or_start(options).await?),
        };
        let (pool, config) = pool(&url, limits)?;
        let database = Self { pool, config, private };
        match database.pool.get().await {
            Ok(_) => Ok(database),
            Err(error) => {
                database.stop().await;
                Err(DatabaseError::from(error).into())
            }
        }
    }

    /// The connections.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// How a connection beside the pool is made.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How the private PostgreSQL is; `None` where the database is another's.
    #[must_use]
    pub fn health(&self) -> Option<watch::Receiver<Health>> {
        self.private.as_ref().and_then(PrivatePostgres::health)
    }

    /// The private PostgreSQL, where there is one.
    #[must_use]
    pub fn private(&self) -> Option<&PrivatePostgres> {
        self.private.as_ref()
    }

    /// Closes the connections and stops what was started.
    pub async fn stop(self) {
        self.pool.close();
        if let Some(private) = self.private {
            private.stop().await;
        }
    }
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The private PostgreSQL did not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The database could not be reached.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

fn with_url(private: PrivatePostgres) -> (String, Option<PrivatePostgres>) {
    (private.url(DATABASE), Some(private))
}

fn pool(url: &str, limits: &Limits) -> Result<(Pool, Config), DatabaseError> {
    // The address may hold a password: what is wrong with it is not repeated.
    let mut config = Config::from_str(url).map_err(|_| DatabaseError::AddressUnreadable)?;
    if config.get_ssl_mode() == SslMode::Require {
        return Err(DatabaseError::TlsWanted);
    }
    if config.get_application_name().is_none() {
        config.application_name("throughline");
    }
    config.connect_timeout(limits.connect);
    // One plan for each prepared statement: planning anew for each set of values costs more than most of them take.
    // Documents are compressed by the quicker method where this PostgreSQL has it (from 14 on, built with LZ4).
    let settings = format!(
        "SET statement_timeout = {}; SET idle_in_transaction_session_timeout = {}; SET timezone = 'UTC';
         SET plan_cache_mode = 'force_generic_plan';
         SELECT set_config(name, 'lz4', false) FROM pg_settings
         WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
        limits.statement.as_millis(),
        limits.idle_in_transaction.as_millis(),
    );
    tracing::debug!(server = %server(&config), "using a database");
    let manager =
        Manager::from_config(config.clone(), NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
    let set = Hook::async_fn(move |client, _| {
        let settings = settings.clone();
        Box::pin(async move { client.batch_execute(&settings).await.map_err(HookError::Backend) })
    });
    let pool = Pool::builder(manager)
        .max_size(limits.connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(limits.wait))
        .create_timeout(Some(limits.connect))
        .recycle_timeout(Some(limits.connect))
        .post_create(set)
        .build()
        .map_err(|_| DatabaseError::AddressUnreadable)?;
    Ok((pool, config))
}

/// Where the server is, without user and password.
fn server(config: &Config) -> String {
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    });
    hosts.collect::<Vec<_>>().join(",")
}
