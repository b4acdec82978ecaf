//! A writer: takes what waits, writes it, answers.
use std::{
    collections::{HashSet, VecDeque},
    time::Duration,
};

use application::{Error, Receipt};
use deadpool_postgres::{Client, Pool};
use metrics::histogram;
use tokio::{
    sync::mpsc::Receiver,
    time::{Instant, sleep},
};
use uuid::Uuid;

use super::{Waiting, settle::settle, trouble::Trouble, write::write};
use crate::log::commit::Commit;

/// How many commands are written at once at most.
const BATCH: usize = 128;
/// How many events a batch has, after which no further command is taken along: some tell a whole year.
const EVENTS: usize = 2_000;
/// How long a batch is tried while the database is away, before those who wait are told.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// What became of each command of a batch.
pub type Outcomes = Vec<Result<Receipt, Error>>;

/// Writes what comes, until nobody can send any more.
pub async fn run(pool: Pool, mut queue: Receiver<Waiting>) {
    let (mut put_off, mut connection) = (VecDeque::new(), None);
    while let Some(waiting) = take(&mut queue, &mut put_off).await {
        let (commits, answers): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|waiting| (waiting.commit, waiting.answer)).unzip();
        histogram!("throughline_append_batch_commands").record(commits.len() as f64);
        for (answer, outcome) in answers.into_iter().zip(append(&pool, &mut connection, &commits).await) {
            // Whoever asked may have gone away: what was written stands.
            _ = answer.send(outcome);
        }
    }
}

/// Waits for a command, and takes along what waits beside it; of two on one stream the second waits for the next batch.
async fn take(queue: &mut Receiver<Waiting>, put_off: &mut VecDeque<Waiting>) -> Option<Vec<Waiting>> {
    let mut batch = Gathered { put_off: VecDeque::new(), ..Gathered::default() };
    put_off.drain(..).for_each(|waiting| batch.add(waiting));
    if batch.taken.is_empty() {
        batch.add(queue.recv().await?);
    }
    while batch.taken.len() < BATCH
        && batch.events < EVENTS
        && batch.put_off.len() < BATCH
        && let Ok(waiting) = queue.try_recv()
    {
        batch.add(waiting);
    }
    *put_off = batch.put_off;
    Some(batch.taken)
}

/// A batch while it is put together.
#[derive(Default)]
struct Gathered {
    taken: Vec<Waiting>,
    put_off: VecDeque<Waiting>,
    streams: HashSet<Uuid>,
    events: usize,
}

impl Gathered {
    fn add(&mut self, waiting: Waiting) {
        let touched = || waiting.commit.changes.iter().map(|change| change.stream);
        let free = touched().all(|stream| !self.streams.contains(&stream));
        // Taken or put off: nobody who comes later overtakes on the same stream.
        self.streams.extend(touched());
        if free {
            self.events += waiting.commit.changes.iter().map(|change| change.envelopes.len()).sum::<usize>();
            self.taken.push(waiting);
        } else {
            self.put_off.push_back(waiting);
        }
    }
}

/// Writes `commits`, and waits for the database to come back where it is away.
async fn append(pool: &Pool, connection: &mut Option<Client>, commits: &[Commit]) -> Outcomes {
    let began = Instant::now();
    let mut unsure = false;
    loop {
        match attempt(pool, connection, commits, unsure).await {
            Ok(outcomes) => return outcomes,
            Err(trouble) if began.elapsed() > PATIENCE => {
                return commits.iter().map(|_| Err(trouble.error())).collect();
            }
            Err(_) => sleep(PAUSE).await,
        }
        *connection = None;
        unsure = true;
    }
}

/// One try: all at once where nothing is in the way, else each as it may. An error means that the connection is gone,
/// and with it the knowledge of what was written: the next try must be `unsure`.
async fn attempt(
    pool: &Pool,
    connection: &mut Option<Client>,
    commits: &[Commit],
    unsure: bool,
) -> Result<Outcomes, Trouble> {
    let client = match connection {
        Some(client) => client,
        None => connection.insert(pool.get().await?),
    };
    if !unsure {
        match write(client, &commits.iter().collect::<Vec<_>>(), true).await {
            Ok(receipts) => return Ok(receipts.into_iter().map(Ok).collect()),
            Err(lost @ Trouble::Lost(_)) => return Err(lost),
            Err(trouble) if commits.len() == 1 => return Ok(vec![Err(trouble.error())]),
            Err(_) => {}
        }
    }
    settle(client, commits).await
}
