//! Figures that are counted event by event are those that are counted from the entries as they stand.
mod compare;
#[path = "../soundness/findings.rs"]
mod findings;
mod forget;
mod story;
#[path = "../order/support.rs"]
mod support;

use std::sync::Arc;

use application::Error;
use async_trait::async_trait;
use deadpool_postgres::Transaction;
use infrastructure::{
    FiguresFeed, OutboxFeed,
    readers::{Feed, Page, generation, step},
    rebuild::{Watch, recount},
    verify::Asked,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use compare::differences;
use findings::findings;
use story::Story;
use support::Store;

/// The figures of a later version, which count the same.
struct Later;

#[async_trait]
impl Feed for Later {
    fn name(&self) -> &'static str {
        FiguresFeed.name()
    }

    fn version(&self) -> i32 {
        FiguresFeed.version() + 1
    }

    fn tables(&self) -> &'static [&'static str] {
        FiguresFeed.tables()
    }

    async fn take(&self, transaction: &Transaction<'_>, generation: i32, page: &Page) -> Result<(), Error> {
        FiguresFeed.take(transaction, generation, page).await
    }
}

/// Watches nothing.
struct Nobody;

impl Watch for Nobody {
    fn begins(&self, _: &str, _: u64) {}

    fn done(&self, _: u64) {}

    fn says(&self, _: &str) {}
}

async fn catch_up(store: &Store, feed: &dyn Feed) -> anyhow::Result<()> {
    if let Some(generation) = generation(store.database.pool(), feed).await? {
        while step(store.database.pool(), feed, generation).await?.is_some_and(|stepped| stepped.more) {}
    }
    Ok(())
}

#[tokio::test]
async fn figures_counted_by_events_are_figures_counted_from_entries() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    let seed = rand::random::<u64>();
    println!("seed {seed}");
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut story = Story::begin(&store, ChaCha8Rng::seed_from_u64(!seed)).await?;
    let mut rounds = 0;
    // Chance takes its time over what is rare.
    while rounds < 40 || (rounds < 400 && story.was_eventful().await.is_err()) {
        for _ in 0..dice.random_range(5..30) {
            story.go_on().await?;
        }
        catch_up(&store, &FiguresFeed).await?;
        rounds += 1;
    }
    story.was_eventful().await?;
    assert_eq!(differences(&store, 1).await?, Vec::<String>::new(), "seed {seed}");
    assert_eq!(findings(store.database.pool(), &Asked::default()).await?.1, Vec::<String>::new(), "seed {seed}");
    assert!(store.number("SELECT count(*) FROM school_figures").await? > 50);
    assert!(store.number("SELECT count(*) FROM staff_activity").await? > 50);

    // A later version does not go on with what an earlier one has counted; it counts again, and takes its place.
    assert_eq!(generation(store.database.pool(), &Later).await?, None);
    story.go_on().await?;
    recount(store.database.pool(), &Later, &(Arc::new(Nobody) as Arc<dyn Watch>)).await?;
    assert_eq!(generation(store.database.pool(), &Later).await?, Some(2));
    assert_eq!(differences(&store, 2).await?, Vec::<String>::new(), "seed {seed}");
    assert_eq!(store.number("SELECT count(*) FROM school_figures WHERE generation = 1").await?, 0);
    assert_eq!(generation(store.database.pool(), &FiguresFeed).await?, None, "an older version stops");
    Ok(())
}

#[tokio::test]
async fn the_outbox_tells_of_every_event_once_and_of_nobody() -> anyhow::Result<()> {
    let store = Store::empty().await?;
    let mut story = Story::begin(&store, ChaCha8Rng::seed_from_u64(7)).await?;
    for _ in 0..60 {
        story.go_on().await?;
    }
    let feed: Arc<dyn Feed> = Arc::new(OutboxFeed);
    catch_up(&store, feed.as_ref()).await?;
    catch_up(&store, feed.as_ref()).await?;
    let different = "SELECT count(*) FROM events e FULL JOIN outbox o USING (position)
                     WHERE e.id IS DISTINCT FROM o.event OR e.stream <> o.stream OR e.type <> o.type OR o.school IS NULL";
    assert_eq!(store.number(different).await?, 0);
    let hidden = "SELECT count(*) FROM outbox JOIN entries ON student = stream AND entries.entry = outbox.entry
                  WHERE outbox.visibility <> entries.visibility";
    assert_eq!(store.number(hidden).await?, 0);
    assert!(store.number("SELECT count(*) FROM outbox WHERE visibility = 'mental_health'").await? > 0);
    // What has changed since it was told is no fault of the outbox.
    for step in 0..60 {
        story.go_on().await?;
        if step % 7 == 0 {
            catch_up(&store, feed.as_ref()).await?;
        }
    }
    assert_eq!(findings(store.database.pool(), &Asked::default()).await?.1, Vec::<String>::new());
    Ok(())
}
