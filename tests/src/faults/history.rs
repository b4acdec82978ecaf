//! What was asked and answered, held against what is stored.
use std::{
    collections::{HashMap, HashSet},
    fmt,
    time::Duration,
};

use reqwest::Method;
use tokio::time::{Instant, sleep};
use tokio_postgres::Client;
use uuid::Uuid;

use super::{
    stage::Stage,
    worker::{Asked, Done, Said},
};

/// Of how many acknowledged requests the repetition is tried at the end.
const REPEATED: usize = 200;
/// How long readers may take to catch up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was asked and answered, and what is wrong with what is stored.
#[derive(Debug, Default)]
pub struct History {
    asked: Vec<Asked>,
    repeated: u64,
    events: usize,
    /// How many were answered.
    pub acknowledged: usize,
    /// How many never were, and are stored.
    pub stored_unanswered: usize,
    /// Everything that is not as it was promised.
    pub wrong: Vec<String>,
}

/// An event, as far as it says which request it came of.
struct Stored {
    position: i64,
    stream: Uuid,
    version: i64,
    kind: String,
    command: Uuid,
}

impl History {
    /// Takes in what a worker has done.
    pub(super) fn add(&mut self, done: Done) {
        self.asked.extend(done.asked);
        self.repeated += done.repeated;
        self.wrong.extend(done.wrong);
    }

    /// Looks for everything that is not as it was promised.
    pub(super) async fn check(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let client = stage.connect().await?;
        let select = "SELECT position, stream, version, type, command FROM events ORDER BY position";
        let rows = client.query(select, &[]).await?;
        let stored: Vec<_> = rows
            .iter()
            .map(|row| Stored {
                position: row.get(0),
                stream: row.get(1),
                version: row.get(2),
                kind: row.get(3),
                command: row.get(4),
            })
            .collect();
        self.events = stored.len();
        self.check_streams(&stored);
        self.check_requests(&stored);
        self.check_repetitions(stage).await;
        self.check_readers(&client).await?;
        self.check_views(stage).await
    }

    /// Positions and versions go up together, without a gap in a stream, and nothing is there twice.
    fn check_streams(&mut self, stored: &[Stored]) {
        let (mut versions, mut seen) = (HashMap::new(), HashSet::new());
        for event in stored {
            let version = versions.entry(event.stream).or_insert(0);
            *version += 1;
            if *version != event.version {
                self.wrong
                    .push(format!("{} at {}: version {}, not {version}", event.stream, event.position, event.version));
            }
            if !seen.insert((event.stream, event.command, &event.kind)) {
                self.wrong.push(format!("{} of {} is stored twice on {}", event.kind, event.command, event.stream));
            }
        }
    }

    /// What was acknowledged is stored as it was said, and what has two sides has both or none.
    fn check_requests(&mut self, stored: &[Stored]) {
        let mut by_command: HashMap<Uuid, Vec<&Stored>> = HashMap::new();
        stored.iter().for_each(|event| by_command.entry(event.command).or_default().push(event));
        for asked in &self.asked {
            let events = by_command.get(&asked.key).map_or(&[][..], Vec::as_slice);
            let last = |student: Uuid| events.iter().filter(|e| e.stream == student).map(|e| e.version).max();
            if let Some(other) = asked.other
                && last(asked.student.0).is_some() != last(other.0).is_some()
            {
                self.wrong.push(format!("the move {} is half done", asked.key));
            }
            match &asked.answer {
                Some(said) => {
                    self.acknowledged += 1;
                    if last(asked.student.0) != Some(said.version as i64) {
                        self.wrong.push(format!("{} was acknowledged as {said:?} and is not stored so", asked.key));
                    }
                }
                None => self.stored_unanswered += usize::from(!events.is_empty()),
            }
        }
    }

    /// A repetition is answered as the first time.
    async fn check_repetitions(&mut self, stage: &Stage) {
        let address = stage.addresses.read().await[0].clone();
        let csd = stage.csd.at(&address);
        let acknowledged: Vec<_> = self.asked.iter().filter(|asked| asked.answer.is_some()).collect();
        for asked in acknowledged.iter().step_by(1 + acknowledged.len() / REPEATED) {
            let again = csd.call(Method::POST, &asked.path).json(asked.body.clone()).key(asked.key).await;
            if !(200..300).contains(&again.status) || Some(Said::of(&again)) != asked.answer {
                self.wrong.push(format!("{} was answered {:?}, and then {again:?}", asked.key, asked.answer));
            }
        }
    }

    /// Readers have every event once.
    async fn check_readers(&mut self, client: &Client) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let behind = "SELECT (SELECT max(position) FROM events) - min(position) FROM readers WHERE live";
        while client.query_one(behind, &[]).await?.get::<_, Option<i64>>(0).is_none_or(|lag| lag > 0) {
            if Instant::now() > deadline {
                self.wrong.push("the readers do not catch up".to_owned());
                break;
            }
            sleep(Duration::from_millis(100)).await;
        }
        let differ = "SELECT count(*) FROM events e FULL JOIN outbox o ON o.position = e.position AND o.event = e.id
                      WHERE e.position IS NULL OR o.position IS NULL";
        let differ: i64 = client.query_one(differ, &[]).await?.get(0);
        if differ > 0 {
            self.wrong.push(format!("{differ} events are not in the outbox, or are there without being in the log"));
        }
        Ok(())
    }

    /// Every projection is what follows from the log.
    async fn check_views(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let verified = stage.throughline(&["verify"]).await?;
        if !verified.status.success() {
            let said = [verified.stdout, verified.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
            self.wrong.push(format!("verify: {}", said.concat()));
        }
        Ok(())
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "history: {} requests sent {} times, {} acknowledged, {} stored without an answer, {} events",
            self.asked.len(),
            self.asked.len() as u64 + self.repeated,
            self.acknowledged,
            self.stored_unanswered,
            self.events
        )?;
        writeln!(f, "wrong:   {}", self.wrong.len())?;
        self.wrong.iter().take(20).try_for_each(|wrong| writeln!(f, "  {wrong}"))
    }
}
