//! Throughline itself: the release binary on the cluster, with everything on.
use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::ensure;
use async_trait::async_trait;
use load::{Span, Tally};
use tokio_postgres::Client;

use crate::{
    cluster::Cluster,
    contender::Contender,
    district::District,
    history,
    http::{Ask, askers},
    options::Options,
    program,
    served::Served,
};

/// Its database in the cluster.
pub const DATABASE: &str = "throughline";

/// The server, running, with a history in every case.
pub struct Throughline {
    /// Its process.
    pub server: Served,
    /// Who uses it.
    pub district: Arc<District>,
}

impl Throughline {
    /// Starts it, and tells the histories where there are none yet.
    pub async fn start(cluster: &Cluster, options: &Options) -> anyhow::Result<Self> {
        let binary = binary(options)?;
        cluster.ensure(DATABASE).await?;
        let (url, server) = (cluster.url(DATABASE), serve(&binary, &cluster.url(DATABASE))?);
        let district = District::found(&binary, &url, &server.address, options.schools, options.students).await?;
        let district = Arc::new(district);
        let there = cluster.number(DATABASE, "SELECT count(*) FROM streams").await?;
        if there == 0 {
            eprintln!("telling {} histories of {} events", options.students, history::EVENTS);
            history::tell(&server.address, &district).await?;
            settled(&cluster.client(DATABASE).await?).await?;
            cluster.client(DATABASE).await?.batch_execute("VACUUM ANALYZE").await?;
            cluster.client(DATABASE).await?.batch_execute("CHECKPOINT").await?;
        } else {
            ensure!(there == options.students, "the database has {there} students: ask for as many, or begin anew");
        }
        Ok(Self { server, district })
    }
}

/// The master key of all stores here: nobody's records are under it.
pub const MASTER_KEY: &str = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=";

/// A server of its own on the database at `url`.
pub fn serve(binary: &Path, url: &str) -> anyhow::Result<Served> {
    let mut command = Command::new(binary);
    command.args(["serve", "--dev-issuer", "--listen", "127.0.0.1:0"]).current_dir("/");
    // Counted, as everywhere, but far above what a few callers of a measurement ask.
    command.args(["--requests-per-minute", "4000000000"]);
    Served::start(command.env("DATABASE_URL", url).env("THROUGHLINE_MASTER_KEY", MASTER_KEY).env("RUST_LOG", "warn"))
}

/// Waits until the server's readers have read everything: they are not to work on while another is measured.
pub async fn settled(log: &Client) -> anyhow::Result<()> {
    let behind = "SELECT count(*) FROM readers WHERE live AND position < (SELECT max(position) FROM events)";
    let deadline = Instant::now() + Duration::from_secs(600);
    while log.query_one(behind, &[]).await?.get::<_, i64>(0) > 0 {
        ensure!(Instant::now() < deadline, "the readers stay behind");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// The one to measure.
pub fn binary(options: &Options) -> anyhow::Result<PathBuf> {
    options.binary.clone().map_or_else(program::throughline, Ok)
}

/// One kind of request to the server, over and over.
pub struct Asked {
    /// What the table calls it.
    pub name: String,
    /// Where the server listens.
    pub address: String,
    /// The request.
    pub ask: Arc<dyn Ask>,
    /// The store, where every answer stands for one event in it.
    pub log: Option<Arc<Client>>,
    /// Whether readers follow the store; they catch up before the next has its turn.
    pub is_read: bool,
}

#[async_trait]
impl Contender for Asked {
    fn name(&self) -> &str {
        &self.name
    }

    async fn run(&self, clients: usize, span: Span) -> anyhow::Result<Tally> {
        let tally = load::run(askers(&self.address, &self.ask, clients).await?, span).await?;
        if let Some(log) = self.log.as_ref().filter(|_| self.is_read) {
            settled(log).await?;
        }
        Ok(tally)
    }

    async fn events(&self) -> anyhow::Result<Option<u64>> {
        let Some(log) = &self.log else { return Ok(None) };
        Ok(Some(log.query_one("SELECT count(*) FROM events", &[]).await?.get::<_, i64>(0) as u64))
    }
}
