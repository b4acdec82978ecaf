//! Readers at work: each follows the log on its own, and one that fails holds up no other.
use std::{sync::Arc, time::Duration};

use application::Error;
use deadpool_postgres::Pool;
use tokio::{select, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use super::{Feed, generation, lag, step};
use crate::{bell::Bell, database::failed, log::order};

/// How often a reader looks without being woken.
const LOOK: Duration = Duration::from_secs(1);
/// How long a reader rests once it has read everything: single events would cost it a step each.
const REST: Duration = Duration::from_millis(50);
/// How much longer it rests where nobody waits for it.
const LONGER: Duration = Duration::from_millis(200);
/// How long a reader that failed waits at first, and at the most.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(30));

/// Readers at work, until they are stopped.
pub struct Readers {
    tasks: JoinSet<()>,
    stop: CancellationToken,
}

impl Readers {
    /// Sets `feeds` to work, woken by `bell`.
    #[must_use]
    pub fn start(pool: &Pool, bell: &Bell, feeds: Vec<Arc<dyn Feed>>) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        for feed in feeds {
            tasks.spawn(follow(pool.clone(), bell.clone(), feed, stop.clone()));
        }
        Self { tasks, stop }
    }

    /// Lets each finish its page, and ends.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}

async fn follow(pool: Pool, bell: Bell, feed: Arc<dyn Feed>, stop: CancellationToken) {
    let mut back_off = BACK_OFF.0;
    let (mut rung, mut wanted) = (bell.listen(), bell.listen_to_wants());
    while !stop.is_cancelled() {
        // What is rung from here on is news.
        rung.mark_unchanged();
        wanted.mark_unchanged();
        let wait = match round(&pool, feed.as_ref()).await {
            Ok(true) => {
                bell.progress();
                continue;
            }
            Ok(false) => {
                back_off = BACK_OFF.0;
                bell.progress();
                select! { () = stop.cancelled() => {} () = sleep(REST) => {} }
                select! { () = stop.cancelled() => {} () = sleep(LONGER) => {} _ = wanted.changed() => {} }
                None
            }
            Err(cause) => {
                lag::failed(feed.name());
                let seconds = back_off.as_secs_f64();
                tracing::warn!(reader = feed.name(), seconds, %cause, "a reader failed and waits");
                let wait = back_off;
                back_off = (back_off * 2).min(BACK_OFF.1);
                Some(wait)
            }
        };
        select! {
            () = stop.cancelled() => {}
            () = sleep(wait.unwrap_or(LOOK)) => {}
            _ = rung.changed(), if wait.is_none() => {}
        }
    }
}

/// A step of the reader; whether there is more to be read at once.
async fn round(pool: &Pool, feed: &dyn Feed) -> Result<bool, Error> {
    let stepped = match generation(pool, feed).await? {
        Some(generation) => step(pool, feed, generation).await?,
        None => None,
    };
    lag::found(feed.name(), behind(pool, feed.name()).await?);
    Ok(stepped.is_some_and(|stepped| stepped.more))
}

/// How many positions the live generation is behind, whichever instance moves it on.
async fn behind(pool: &Pool, reader: &str) -> Result<u64, Error> {
    let client = pool.get().await.map_err(failed)?;
    let at = client.prepare_cached("SELECT position FROM readers WHERE name = $1 AND live").await.map_err(failed)?;
    let at = client.query_opt(&at, &[&reader]).await.map_err(failed)?.map_or(0, |row| row.get::<_, i64>(0) as u64);
    Ok(order::head(&client).await.map_err(failed)?.saturating_sub(at))
}
