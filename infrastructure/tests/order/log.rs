//! The real log under many writers: every reader sees every event once, in order.
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use application::Error;
use async_trait::async_trait;
use deadpool_postgres::Transaction;
use infrastructure::{
    Bell, Readers,
    readers::{Feed, Page, step},
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::{
    appender,
    support::Store,
    writers::{append, connect, write},
};

/// Writes down what it sees; now and then its connection is killed, or it fails by itself.
struct Witness {
    name: &'static str,
    pages: AtomicU64,
}

impl Witness {
    fn new(name: &'static str) -> Arc<Self> {
        Arc::new(Self { name, pages: AtomicU64::new(0) })
    }
}

const SEEN: &str = "CREATE TABLE seen (at bigserial, reader text, position bigint, stream uuid, version bigint)";

#[async_trait]
impl Feed for Witness {
    fn name(&self) -> &'static str {
        self.name
    }

    fn version(&self) -> i32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &[]
    }

    async fn take(&self, transaction: &Transaction<'_>, _: i32, page: &Page) -> Result<(), Error> {
        let number = self.pages.fetch_add(1, Ordering::Relaxed);
        for (half, recorded) in page.events.iter().enumerate() {
            if half * 2 > page.events.len() && number % 7 == 3 {
                // Half-way, the connection is lost.
                _ = transaction.execute("SELECT pg_terminate_backend(pg_backend_pid())", &[]).await;
            }
            let insert = "INSERT INTO seen (reader, position, stream, version) VALUES ($1, $2, $3, $4)";
            let (position, stream, version) = (recorded.position as i64, recorded.stream(), recorded.version() as i64);
            let done = transaction.execute(insert, &[&self.name, &position, &stream, &version]).await;
            done.map_err(Error::unavailable)?;
        }
        if number % 11 == 5 { Err(Error::unavailable("as asked for")) } else { Ok(()) }
    }
}

/// What the readers saw is the log: the same events in the same order, once each.
async fn saw_the_log(store: &Store, readers: &[&str]) -> anyhow::Result<()> {
    for reader in readers {
        let different = format!(
            "SELECT count(*) FROM
               (SELECT row_number() OVER (ORDER BY position) AS nth, position, stream, version FROM events) e
             FULL JOIN
               (SELECT row_number() OVER (ORDER BY at) AS nth, position, stream, version FROM seen
                WHERE reader = '{reader}') s
             ON (e.nth, e.position, e.stream, e.version) = (s.nth, s.position, s.stream, s.version)
             WHERE e.nth IS NULL OR s.nth IS NULL"
        );
        assert_eq!(store.number(&different).await?, 0, "{reader} saw something else");
    }
    let disorder = "SELECT count(*) FROM (
          SELECT version - lag(version, 1, 0::bigint) OVER (PARTITION BY reader, stream ORDER BY at) AS step FROM seen
        ) s WHERE step <> 1";
    assert_eq!(store.number(disorder).await?, 0, "a stream was read out of its order");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_reader_sees_every_event_once_and_in_order() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    store.run(SEEN).await?;
    let seed = rand::random::<u64>();
    println!("seed {seed}");

    // Transactions that append nothing: one that wrote elsewhere and idles, one that only reads and idles.
    let (writing, reading) = (connect(&store).await?, connect(&store).await?);
    writing.batch_execute("BEGIN; CREATE TABLE elsewhere (); SELECT txid_current()").await?;
    reading.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM events").await?;

    // Two servers with two readers each.
    let names = ["a", "b"];
    let bell = Bell::default();
    let server = || {
        let feeds = names.map(|name| Witness::new(name) as Arc<dyn Feed>).into();
        Readers::start(store.database.pool(), &bell, feeds)
    };
    let servers = [server(), server()];

    let mut writers = tokio::task::JoinSet::new();
    for number in 0..12 {
        let (client, dice) = (connect(&store).await?, ChaCha8Rng::seed_from_u64(seed ^ number));
        let bell = bell.clone();
        writers.spawn(async move {
            let written = write(client, dice, 60).await;
            bell.ring(0);
            written
        });
    }
    // And the group commit, among them.
    let acknowledged = appender::write(&store, &bell).await?;
    while let Some(written) = writers.join_next().await {
        written??;
        bell.ring(0);
    }
    let stored = store.number("SELECT count(*) FROM events WHERE kind = 'case'").await?;
    assert_eq!(stored, acknowledged, "each command is written once; seed {seed}");

    // They come to the end while the others still idle.
    let behind = "SELECT count(*) FROM readers, positions WHERE position < last_value AND name IN ('a', 'b')";
    let deadline = Instant::now() + Duration::from_secs(10);
    while store.number(behind).await? > 0 || store.number("SELECT count(*) FROM readers").await? < 2 {
        assert!(Instant::now() < deadline, "readers are stalled; seed {seed}");
        sleep(Duration::from_millis(20)).await;
    }
    drop((writing, reading));
    for server in servers {
        server.stop().await;
    }
    assert!(store.number("SELECT count(*) FROM events").await? > 500);
    saw_the_log(&store, &names).await
}

#[tokio::test]
async fn a_reader_waits_for_a_slower_writer_and_for_nobody_else() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    store.run(SEEN).await?;
    store.run("INSERT INTO readers (name, generation, version, live) VALUES ('a', 1, 1, true)").await?;
    let witness = Witness::new("a");
    let read =
        async || step(store.database.pool(), witness.as_ref(), 1).await.map(|stepped| stepped.map(|s| s.position));

    let (mut slow, mut fast) = (connect(&store).await?, connect(&store).await?);
    let slow = slow.transaction().await?;
    slow.execute(infrastructure::order::HOLD_BACK, &[]).await?;
    append(&slow, Uuid::from_u128(1), 1).await?;
    let quick = fast.transaction().await?;
    quick.execute(infrastructure::order::HOLD_BACK, &[]).await?;
    append(&quick, Uuid::from_u128(2), 1).await?;
    quick.commit().await?;
    assert_eq!(read().await?, Some(0), "what was drawn first may still be committed");

    slow.commit().await?;
    assert_eq!(read().await?, Some(2));
    assert_eq!(store.number("SELECT count(*) FROM seen").await?, 2);

    // Drawn and lost: nothing to wait for.
    let lost = fast.transaction().await?;
    lost.execute(infrastructure::order::HOLD_BACK, &[]).await?;
    append(&lost, Uuid::from_u128(2), 2).await?;
    lost.rollback().await?;
    assert_eq!(read().await?, Some(3));
    Ok(())
}

#[tokio::test]
async fn one_instance_steps_at_a_time() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    store.run("INSERT INTO readers (name, generation, version, live) VALUES ('a', 1, 1, true)").await?;
    let other = connect(&store).await?;
    other.batch_execute("BEGIN; SELECT * FROM readers WHERE name = 'a' FOR UPDATE").await?;
    let witness = Witness::new("a");
    assert_eq!(step(store.database.pool(), witness.as_ref(), 1).await?, None);
    other.batch_execute("COMMIT").await?;
    assert!(step(store.database.pool(), witness.as_ref(), 1).await?.is_some());
    Ok(())
}
