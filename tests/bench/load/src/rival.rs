//! What the program of each event store does: fill the store (`prepare STUDENTS EVENTS`), and append to any of the
//! histories for a while (`run CLIENTS SECONDS STUDENTS`). The database is at `DATABASE_URL`.
use std::{env, future::Future, io::Write};

use anyhow::{Context, bail};
use serde_json::Value;

use crate::{Client, Span, contact, run};

/// How many fill the store at once.
const FILLING: u64 = 32;

/// An event store, as its own documentation sets it up.
pub trait Rival: Clone + Send + Sync + 'static {
    /// Makes its tables where they are missing, and connects.
    fn open(url: &str) -> impl Future<Output = anyhow::Result<Self>> + Send;
    /// Begins a student's history.
    fn begin(&self, student: u64, contacts: &[Value]) -> impl Future<Output = anyhow::Result<()>> + Send;
    /// Loads a student's case, decides, and appends one event; again where another was faster.
    fn append(&self, student: u64, contact: &Value) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Does what the command line says.
///
/// # Errors
/// Whatever goes wrong: a run with failures has no figures.
pub async fn main<R: Rival>() -> anyhow::Result<()> {
    let rival = R::open(&env::var("DATABASE_URL").context("DATABASE_URL")?).await?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["prepare", students, events] => prepare(rival, students.parse()?, events.parse()?).await,
        ["run", clients, seconds, students] => {
            let appender = Appender { rival, students: students.parse()?, contact: contact("2026-03-02") };
            let clients = vec![appender; clients.parse()?];
            let tally = run(clients, Span::seconds(seconds.parse()?)).await?;
            Ok(writeln!(std::io::stdout(), "{}", serde_json::to_string(&tally)?)?)
        }
        _ => bail!("prepare STUDENTS EVENTS, or run CLIENTS SECONDS STUDENTS"),
    }
}

async fn prepare<R: Rival>(rival: R, students: u64, events: usize) -> anyhow::Result<()> {
    let mut tasks = vec![];
    for first in 0..FILLING {
        let rival = rival.clone();
        tasks.push(tokio::spawn(async move {
            let contacts = vec![contact("2026-03-02"); events];
            for student in (first..students).step_by(FILLING as usize) {
                rival.begin(student, &contacts).await?;
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}

#[derive(Clone)]
struct Appender<R> {
    rival: R,
    students: u64,
    contact: Value,
}

impl<R: Rival> Client for Appender<R> {
    async fn once(&mut self) -> anyhow::Result<()> {
        self.rival.append(fastrand::u64(0..self.students), &self.contact).await
    }
}
