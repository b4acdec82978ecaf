//! A PostgreSQL of the server's own, kept in its data directory.
mod account;
mod archive;
mod binaries;
mod cluster;
mod directory;
pub mod ephemeral;
mod error;
mod lock;
mod log;
mod options;
mod orphan;
mod postmaster;
mod program;
mod releases;
mod start;
mod supervisor;

use std::path::{Path, PathBuf};

use tokio::sync::{oneshot, watch};

pub use self::{error::StartError, options::Options, supervisor::Health};

use self::{start::Outcome, supervisor::Stopper};

/// The superuser of a private PostgreSQL; nobody else can reach its socket.
pub const USER: &str = "throughline";

/// The database the server keeps everything in.
pub const DATABASE: &str = "throughline";

/// A running private PostgreSQL, owned by this process or lent by the one beside it.
///
/// Dropping the owner's handle stops PostgreSQL too, without waiting for it: prefer [`stop`](Self::stop).
#[derive(Debug)]
pub struct PrivatePostgres {
    socket: PathBuf,
    log: PathBuf,
    owned: Option<Owned>,
}

#[derive(Debug)]
struct Owned {
    stopper: Stopper,
    health: watch::Receiver<Health>,
}

impl PrivatePostgres {
    /// Starts PostgreSQL on the data directory, which this process owns from then on.
    ///
    /// # Errors
    /// Whatever stands in the way, each in one sentence that says what to do.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        Self::launch(options, false).await
    }

    /// Starts PostgreSQL, or uses the one that another process already runs on the same data directory.
    ///
    /// # Errors
    /// As [`start`](Self::start), except that another instance is no obstacle.
    pub async fn attach_or_start(options: Options) -> Result<Self, StartError> {
        Self::launch(options, true).await
    }

    async fn launch(options: Options, may_attach: bool) -> Result<Self, StartError> {
        let (answer, outcome) = oneshot::channel();
        start::on_a_lasting_thread(options, may_attach, answer)?;
        let postgres = match outcome.await.map_err(|_| StartError::Vanished)?? {
            Outcome::Attached { socket, log } => Self { socket, log, owned: None },
            Outcome::Started { socket, log, stopper, health } => {
                Self { socket, log, owned: Some(Owned { stopper, health }) }
            }
        };
        cluster::ensure_database(&postgres.url("postgres")).await?;
        Ok(postgres)
    }

    /// The connection string of one of its databases; [`DATABASE`] is there from the first start.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
        format!("host={} user={USER} dbname={}", quoted(&self.socket.to_string_lossy()), quoted(database))
    }

    /// The directory of its socket, reachable by its owner and root only.
    #[must_use]
    pub fn socket_directory(&self) -> &Path {
        &self.socket
    }

    /// PostgreSQL's own log.
    #[must_use]
    pub fn log_file(&self) -> &Path {
        &self.log
    }

    /// How it is, as it changes; `None` where another process owns it.
    #[must_use]
    pub fn health(&self) -> Option<watch::Receiver<Health>> {
        self.owned.as_ref().map(|owned| owned.health.clone())
    }

    /// Shuts it down, waits until it is, and frees the data directory; one that was only lent is left running.
    pub async fn stop(self) {
        let Some(Owned { stopper, mut health }) = self.owned else { return };
        drop(stopper);
        // An error means that the supervising thread is gone, and PostgreSQL with it.
        let _ = health.wait_for(|health| matches!(health, Health::Stopped)).await;
    }
}
