//! What the real statements do on PostgreSQL, replayed through the model: step by step it must say the same.
use deadpool_postgres::Client;
use infrastructure::order::{self, HOLD_BACK};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use stateright::Model;
use uuid::Uuid;

use crate::{
    model::{Action, Log, Round, Scheme, State},
    support::Store,
    writers::{append, connect},
};

/// How many transactions write in one trace, and how many instances of the reader there are.
const WRITERS: usize = 6;
const READERS: usize = 2;

/// The model beside the real log.
struct Trace {
    log: Log,
    state: State,
    writers: Vec<Client>,
    readers: Vec<Client>,
    stream: Uuid,
    said: Vec<Action>,
}

impl Trace {
    async fn begin(store: &Store) -> anyhow::Result<Self> {
        let several = async |many| -> anyhow::Result<Vec<Client>> {
            let mut clients = vec![];
            for _ in 0..many {
                clients.push(connect(store).await?);
            }
            Ok(clients)
        };
        let (writers, readers) = (several(WRITERS).await?, several(READERS).await?);
        let start = order::head(&readers[0]).await?;
        store.run(&format!("UPDATE readers SET position = {start}")).await?;
        let log = Log { scheme: Scheme::AsBuilt, writers: WRITERS, draws: 3, readers: READERS, start };
        let state = log.init_states().remove(0);
        Ok(Self { log, state, writers, readers, stream: Uuid::now_v7(), said: vec![] })
    }

    /// Does in PostgreSQL what `action` is in the model, and compares.
    async fn replay(&mut self, action: Action) -> anyhow::Result<()> {
        self.said.push(action);
        let next = self.log.next_state(&self.state, action).expect("an action of the model");
        let round = |state: &State, reader: usize| state.rounds[reader].clone().unwrap_or_default();
        match action {
            // To read the head and to lock is one statement.
            Action::Look(w) => {
                self.writers[w].batch_execute("BEGIN").await?;
                self.writers[w].execute(HOLD_BACK, &[]).await?;
            }
            Action::Hold(_) => {}
            Action::Draw(w) => {
                let version = next.head as i64;
                let drawn = append(&self.writers[w], self.stream, version).await?;
                assert_eq!(drawn, next.head, "{:?}", self.said);
            }
            Action::Commit(w) => self.writers[w].batch_execute("COMMIT").await?,
            Action::Release(_) => {}
            Action::RollBack(w) => self.writers[w].batch_execute("ROLLBACK").await?,
            Action::Begin(r) => {
                self.readers[r].batch_execute("BEGIN").await?;
                let own = "SELECT position FROM readers FOR UPDATE SKIP LOCKED";
                let own = self.readers[r].query_one(own, &[]).await?;
                assert_eq!(own.get::<_, i64>(0) as u64, round(&next, r).after, "{:?}", self.said);
            }
            Action::AskHead(r) => {
                assert_eq!(Some(order::head(&self.readers[r]).await?), round(&next, r).head, "{:?}", self.said);
            }
            Action::AskLocks(r) => {
                let lock = order::lowest_lock(&self.readers[r]).await?;
                assert_eq!(Some(lock), round(&next, r).lock, "{:?}", self.said);
            }
            Action::Read(r) => self.read(r, &round(&next, r)).await?,
            Action::Count(r) => {
                let place = next.place as i64;
                self.readers[r].execute("UPDATE readers SET position = $1", &[&place]).await?;
                self.readers[r].batch_execute("COMMIT").await?;
            }
            Action::Crash(r) => self.readers[r].batch_execute("ROLLBACK").await?,
        }
        self.state = next;
        Ok(())
    }

    async fn read(&self, reader: usize, round: &Round) -> anyhow::Result<()> {
        let rows = order::events(&self.readers[reader], round.after + 1..=round.complete(), 1000).await?;
        let page: Vec<u64> = rows.iter().map(|row| row.get::<_, i64>("position") as u64).collect();
        assert_eq!(page, round.page().0, "{:?}", self.said);
        Ok(())
    }
}

#[tokio::test]
async fn what_postgresql_does_is_what_the_model_says() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    store.run("INSERT INTO readers (name, generation, version, live) VALUES ('a', 1, 1, true)").await?;
    let seed = rand::random::<u64>();
    println!("seed {seed}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let (mut steps, mut read) = (0, 0);
    for _ in 0..20 {
        let mut trace = Trace::begin(&store).await?;
        let mut within = None;
        for _ in 0..100 {
            let mut actions = vec![];
            trace.log.actions(&trace.state, &mut actions);
            // Most of what begins comes to something.
            if dice.random_ratio(3, 4) && actions.len() > 1 {
                actions.retain(|action| !matches!(action, Action::Crash(_) | Action::RollBack(_)));
            }
            // The halves of one statement follow each other.
            let action = within.take().unwrap_or_else(|| actions[dice.random_range(0..actions.len())]);
            within = match action {
                Action::Look(w) => Some(Action::Hold(w)),
                Action::Commit(w) => Some(Action::Release(w)),
                _ => None,
            };
            trace.replay(action).await?;
            steps += 1;
        }
        for property in trace.log.properties().iter().filter(|p| p.expectation == stateright::Expectation::Always) {
            assert!((property.condition)(&trace.log, &trace.state), "{}: {:?}", property.name, trace.said);
        }
        read += trace.state.counted.len();
    }
    println!("{steps} steps, {read} events read");
    assert!(read > 20, "only {read} events were read");
    Ok(())
}
