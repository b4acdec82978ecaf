//! PostgreSQL's own load tool: what a statement costs without any program around it.
use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use load::{Span, Tally};
use tempfile::TempDir;
use tokio::process::Command;

use crate::{cluster::Cluster, contender::Contender};

/// The part of all transactions whose time is noted.
const NOTED: &str = "0.2";

/// A script that pgbench runs again and again.
pub struct Pgbench {
    name: &'static str,
    program: PathBuf,
    socket: PathBuf,
    database: &'static str,
    script: String,
    students: u64,
}

impl Pgbench {
    /// Runs `script`, in which `:students` is their number, on a database of the cluster.
    pub async fn new(
        cluster: &Cluster,
        name: &'static str,
        database: &'static str,
        script: String,
        students: u64,
    ) -> anyhow::Result<Self> {
        let (program, socket) = (cluster.program("pgbench"), cluster.socket().to_owned());
        Ok(Self { name, program, socket, database, script, students })
    }

    /// One run; a warm-up is a run of its own.
    async fn once(&self, clients: usize, seconds: f64) -> anyhow::Result<Tally> {
        let directory = TempDir::new()?;
        let (script, log) = (directory.path().join("script.sql"), directory.path().join("log"));
        fs::write(&script, &self.script)?;
        let mut pgbench = Command::new(&self.program);
        pgbench.args(["--no-vacuum", "--protocol=prepared", "--username", crate::cluster::USER]);
        pgbench.args(["--client", &clients.to_string(), "--jobs", &clients.min(2).to_string()]);
        pgbench.args([
            "--time",
            &format!("{:.0}", seconds.max(1.0)),
            "--define",
            &format!("students={}", self.students),
        ]);
        pgbench.args(["--log", "--sampling-rate", NOTED, "--log-prefix"]).arg(&log);
        pgbench.arg("--file").arg(&script).arg("--host").arg(&self.socket).arg(self.database);
        let output = pgbench.output().await?;
        ensure!(output.status.success(), "pgbench: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout)?;
        let after = |words: &str| said.lines().find_map(|line| line.strip_prefix(words)?.split([' ', '/']).next());
        let acknowledged = after("number of transactions actually processed: ").context("a number")?.parse()?;
        // Nothing is said of a rate where all the time went into connecting, as in a short warm-up of many clients.
        let rate = after("tps = ").map_or(Ok(0.0), str::parse)?;
        let micros = times(directory.path())?;
        let at = |part: f64| micros.get((micros.len() as f64 * part) as usize).map_or(0.0, |&it| it as f64 / 1000.0);
        Ok(Tally { acknowledged, rate, p50: at(0.50), p99: at(0.99) })
    }
}

#[async_trait]
impl Contender for Pgbench {
    fn name(&self) -> &str {
        self.name
    }

    async fn run(&self, clients: usize, span: Span) -> anyhow::Result<Tally> {
        let warm_up = self.once(clients, span.warm_up.as_secs_f64()).await?;
        let tally = self.once(clients, span.time.as_secs_f64()).await?;
        Ok(Tally { acknowledged: warm_up.acknowledged + tally.acknowledged, ..tally })
    }

    /// It reports every failed transaction by failing itself.
    async fn events(&self) -> anyhow::Result<Option<u64>> {
        Ok(None)
    }
}

/// The times that pgbench noted, in microseconds, sorted: the third field of each line.
fn times(directory: &Path) -> anyhow::Result<Vec<u64>> {
    let mut micros = vec![];
    for file in fs::read_dir(directory)?.flatten().filter(|file| file.file_name() != "script.sql") {
        let text = fs::read_to_string(file.path())?;
        micros.extend(text.lines().filter_map(|line| line.split(' ').nth(2)?.parse::<u64>().ok()));
    }
    micros.sort_unstable();
    Ok(micros)
}
