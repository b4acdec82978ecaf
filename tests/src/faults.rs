//! Loads two servers on one database, ends one of them, PostgreSQL or the connections between at random points, and
//! checks the history: nothing acknowledged is lost, nothing is there twice, nothing is half there.
mod armed;
mod history;
mod proxy;
mod stage;
mod worker;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use futures::future::join_all;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub use history::History;
use proxy::Fault as Cut;
use stage::Stage;
use worker::Worker;

/// How many write at once, each for students of their own and for one that all share.
const WORKERS: usize = 12;

/// What is to be done.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many faults there are.
    pub faults: u32,
    /// What chance falls by.
    pub seed: u64,
    /// How many commits are said to have been carried out and were not, to see that the check finds it.
    pub forged: u32,
}

/// Something that breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// One of the servers ends at once.
    ServerKilled,
    /// PostgreSQL ends at once.
    PostgresKilled,
    /// All connections between servers and PostgreSQL break.
    ConnectionsCut,
    /// A few commits are carried out, and their answers lost with the connection.
    CommitAnswersLost,
    /// A few commits do not reach PostgreSQL: the connection breaks before them.
    CommitsLost,
}

const FAULTS: [Fault; 5] =
    [Fault::ServerKilled, Fault::PostgresKilled, Fault::ConnectionsCut, Fault::CommitAnswersLost, Fault::CommitsLost];

/// What happened.
#[derive(Debug)]
pub struct Report {
    /// The faults, by kind.
    pub faults: BTreeMap<Fault, u32>,
    /// How often a connection broke around a commit because it was told to.
    pub commits_hit: u64,
    /// What was asked and answered, and what is wrong with what is stored.
    pub history: History,
    /// How long it took.
    pub took: Duration,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<_> = self.faults.iter().map(|(fault, times)| format!("{times} {fault:?}")).collect();
        writeln!(f, "faults:  {} ({} commits hit)", faults.join(", "), self.commits_hit)?;
        write!(f, "{}", self.history)?;
        writeln!(f, "took:    {:.0} s", self.took.as_secs_f64())
    }
}

/// Carries out `plan`, telling `say` of each fault.
///
/// # Errors
/// Where the stage cannot be set; what is wrong with the history is in the report.
pub async fn run(plan: Plan, mut say: impl FnMut(&str)) -> anyhow::Result<Report> {
    let began = Instant::now();
    let mut chance = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut stage = Stage::set().await?;
    let stop = Arc::new(AtomicBool::new(false));
    let workers: Vec<_> = (0..WORKERS)
        .map(|number| Worker::new(&stage, number, chance.random(), stop.clone()))
        .map(|worker| tokio::spawn(worker.work()))
        .collect();

    if plan.forged > 0 {
        stage.proxy.arm(Cut::Forged, plan.forged);
        while stage.proxy.hits() < plan.forged.into() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    let mut faults = BTreeMap::new();
    for number in 1..=plan.faults {
        tokio::time::sleep(Duration::from_millis(chance.random_range(20..700))).await;
        let fault = FAULTS[chance.random_range(0..FAULTS.len())];
        say(&format!("{number}/{} after {:.1} s: {fault:?}", plan.faults, began.elapsed().as_secs_f64()));
        *faults.entry(fault).or_default() += 1;
        match fault {
            Fault::ServerKilled => stage.kill_server(chance.random_range(0..2)).await?,
            Fault::PostgresKilled => stage.kill_postgres().await?,
            Fault::ConnectionsCut => stage.proxy.cut(),
            Fault::CommitAnswersLost => stage.proxy.arm(Cut::AfterCommit, chance.random_range(1..4)),
            Fault::CommitsLost => stage.proxy.arm(Cut::BeforeCommit, chance.random_range(1..4)),
        }
    }
    stage.proxy.disarm();
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.store(true, Ordering::Relaxed);
    let mut history = History::default();
    for done in join_all(workers).await {
        history.add(done.context("a worker")?);
    }
    history.check(&stage).await?;
    Ok(Report { faults, commits_hit: stage.proxy.hits(), history, took: began.elapsed() })
}
