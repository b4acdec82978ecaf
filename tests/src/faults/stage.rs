//! A PostgreSQL that can be ended, a proxy before it, and two servers behind that.
use std::{fs, sync::Arc, time::Duration};

use anyhow::{Context, bail};
use infrastructure::private_postgres::{DATABASE, Options, PrivatePostgres, USER};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::{sync::RwLock, time::sleep};
use tokio_postgres::{Client, NoTls};

use super::proxy::Proxy;
use crate::{District, Person, School, Server, Student, directory, serve};

/// How long something that was ended may take to come back.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything that is there.
pub struct Stage {
    /// Between the servers and PostgreSQL.
    pub proxy: Proxy,
    /// Where the servers are by now.
    pub addresses: Arc<RwLock<[String; 2]>>,
    /// Who writes.
    pub csd: Person,
    /// Students with a case, of whom everybody writes about the first.
    pub students: Vec<Student>,
    servers: [Option<Server>; 2],
    postgres: PrivatePostgres,
    through: String,
    directory: TempDir,
}

impl Stage {
    /// Sets the stage.
    pub async fn set() -> anyhow::Result<Self> {
        let directory = directory()?;
        let postgres = PrivatePostgres::start(Options::new(directory.path().join("data"))).await?;
        let between = directory.path().join("proxy");
        fs::create_dir(&between)?;
        let proxy = Proxy::listen(&between, postgres.socket_directory())?;
        let through = format!("host='{}' user={USER} dbname={DATABASE}", between.display());
        let servers = [start(&through).await?, start(&through).await?];
        let addresses = Arc::new(RwLock::new([servers[0].address.clone(), servers[1].address.clone()]));
        let [first, second] = servers;
        let district = District::around(first, postgres.url(DATABASE)).await?;
        let school = School::in_district(&district).await;
        let csd = school.csd().await;
        let mut students = vec![];
        for _ in 0..=3 * super::WORKERS {
            students.push(csd.open_case(&school).await);
        }
        drop(school);
        let servers = [Some(district.server), Some(second)];
        Ok(Self { proxy, addresses, csd, students, servers, postgres, through, directory })
    }

    /// Ends a server at once, and starts another in its place.
    pub async fn kill_server(&mut self, which: usize) -> anyhow::Result<()> {
        if let Some(mut server) = self.servers[which].take() {
            server.kill()?;
        }
        let server = start(&self.through).await?;
        self.addresses.write().await[which].clone_from(&server.address);
        self.servers[which] = Some(server);
        Ok(())
    }

    /// Ends PostgreSQL at once; who owns it starts it again.
    pub async fn kill_postgres(&self) -> anyhow::Result<()> {
        let file = self.directory.path().join("data/postgres/postmaster.pid");
        let Ok(file) = fs::read_to_string(file) else { return Ok(()) };
        let pid = file.lines().next().and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw);
        kill_process(pid.context("PostgreSQL's number")?, Signal::KILL)?;
        self.connect().await.map(|_| ())
    }

    /// A connection past the proxy, as soon as there can be one.
    pub async fn connect(&self) -> anyhow::Result<Client> {
        let url = self.postgres.url(DATABASE);
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            match tokio_postgres::connect(&url, NoTls).await {
                Ok((client, connection)) => {
                    tokio::spawn(connection);
                    return Ok(client);
                }
                Err(error) if tokio::time::Instant::now() > deadline => bail!("PostgreSQL stays away: {error}"),
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Runs `throughline` with these arguments on the database.
    pub async fn throughline(&self, arguments: &[&str]) -> anyhow::Result<std::process::Output> {
        let mut command = crate::command();
        command.args(arguments).env("DATABASE_URL", self.postgres.url(DATABASE));
        Ok(tokio::task::spawn_blocking(move || command.output()).await??)
    }
}

/// A server behind the proxy; while PostgreSQL is down it does not start.
async fn start(through: &str) -> anyhow::Result<Server> {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        let through = through.to_owned();
        let started = tokio::task::spawn_blocking(move || Server::start(serve().env("DATABASE_URL", through)));
        match started.await? {
            Ok(server) => return Ok(server),
            Err(error) if tokio::time::Instant::now() > deadline => return Err(error),
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}
