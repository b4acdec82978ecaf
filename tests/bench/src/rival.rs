//! An event store in a program of its own, in whatever language: it runs, and says what came of it.
use std::{path::Path, process::Stdio, time::Duration};

use anyhow::{Context, ensure};
use async_trait::async_trait;
use load::{Span, Tally};
use tokio::{process::Command, time::timeout};
use tokio_postgres::Client;

use crate::{cluster::Cluster, contender::Contender, program};

/// Nobody takes as long, unless they hang.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// What there is to know about one.
pub struct Known {
    /// What the table calls it.
    pub name: &'static str,
    /// Its directory, or its crate.
    pub place: &'static str,
    /// In what it is written.
    pub language: Language,
    /// Counts the events that it has.
    pub count: &'static str,
}

/// In what a rival is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// A crate of this workspace.
    Rust,
    /// A script with its requirements beside it.
    Python,
    /// A script with its package.json beside it.
    JavaScript,
}

/// One that is ready to run.
pub struct Rival {
    known: &'static Known,
    command: Vec<String>,
    url: String,
    students: u64,
    client: Client,
}

impl Rival {
    /// Builds or installs it, and fills a database of its own.
    pub async fn ready(cluster: &Cluster, known: &'static Known, students: u64, events: u64) -> anyhow::Result<Self> {
        let command = known.command()?;
        let database = format!("store_{}", known.place.replace('-', "_"));
        let (is_new, url) = (cluster.ensure(&database).await?, cluster.url(&database));
        let client = cluster.client(&database).await?;
        let rival = Self { known, command, url, students, client };
        if is_new {
            eprintln!("filling {}", known.name);
            rival.told(&["prepare", &students.to_string(), &events.to_string()]).await?;
        }
        Ok(rival)
    }

    async fn told(&self, words: &[&str]) -> anyhow::Result<String> {
        let mut program = Command::new(&self.command[0]);
        program.args(&self.command[1..]).args(words).env("DATABASE_URL", &self.url).kill_on_drop(true);
        let output = timeout(PATIENCE, program.stderr(Stdio::piped()).output());
        let output = output.await.with_context(|| format!("{} hangs", self.known.name))??;
        let error = String::from_utf8_lossy(&output.stderr);
        let end = error.trim().char_indices().rev().nth(600).map_or(0, |(at, _)| at);
        ensure!(output.status.success(), "{}: {}", self.known.name, &error.trim()[end..]);
        Ok(String::from_utf8(output.stdout)?)
    }
}

impl Known {
    fn command(&self) -> anyhow::Result<Vec<String>> {
        let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("rivals").join(self.place);
        let text = |path: &Path| path.to_str().map(str::to_owned).context("a path in letters");
        match self.language {
            Language::Rust if self.place == "stock" => Ok(vec![text(&program::rival("stock")?)?]),
            Language::Rust => Ok(vec![text(&program::rival(&format!("rival-{}", self.place))?)?]),
            Language::Python => {
                let home = program::kept("python");
                if !home.exists() {
                    run("python3", &["-m", "venv", &text(&home)?], &place)?;
                    run(&text(&home.join("bin/pip"))?, &["install", "-q", "-r", "requirements.txt"], &place)?;
                }
                Ok(vec![text(&home.join("bin/python"))?, text(&place.join("rival.py"))?])
            }
            Language::JavaScript => {
                if !place.join("node_modules").exists() {
                    run("npm", &["ci", "--silent"], &place)?;
                }
                Ok(vec!["node".to_owned(), text(&place.join("rival.js"))?])
            }
        }
    }
}

fn run(program: &str, arguments: &[&str], place: &Path) -> anyhow::Result<()> {
    let done = std::process::Command::new(program).args(arguments).current_dir(place).stdout(Stdio::null()).status()?;
    ensure!(done.success(), "{program} {arguments:?} failed");
    Ok(())
}

#[async_trait]
impl Contender for Rival {
    fn name(&self) -> &str {
        self.known.name
    }

    async fn run(&self, clients: usize, span: Span) -> anyhow::Result<Tally> {
        let (clients, students) = (clients.to_string(), self.students.to_string());
        let said = self.told(&["run", &clients, &span.time.as_secs_f64().to_string(), &students]).await?;
        serde_json::from_str(said.trim()).with_context(|| format!("{} says no figures", self.known.name))
    }

    async fn events(&self) -> anyhow::Result<Option<u64>> {
        Ok(Some(self.client.query_one(self.known.count, &[]).await?.get::<_, i64>(0) as u64))
    }
}
