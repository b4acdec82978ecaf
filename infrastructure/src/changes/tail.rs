//! The one reader of the log's end that all who follow share.
use std::{sync::Arc, time::Duration};

use application::Error;
use deadpool_postgres::Pool;
use tokio::{select, sync::watch, time::sleep};

use super::{read, recent::Recent};

/// How often it looks without being woken.
const LOOK: Duration = Duration::from_secs(1);
/// How long it rests between two looks: single events would cost one each.
const REST: Duration = Duration::from_millis(50);

/// The reader.
pub struct Tail {
    pub pool: Pool,
    pub recent: Arc<Recent>,
    pub through: watch::Sender<u64>,
}

impl Tail {
    /// Reads what comes as long as somebody follows.
    pub async fn follow(self, mut rung: watch::Receiver<()>) {
        let mut position = None;
        loop {
            rung.mark_unchanged();
            // Nobody is missed: who comes now is found at the next look.
            let is_followed = self.through.receiver_count() > 0;
            position = match is_followed {
                true => self.look(position).await.unwrap_or_else(|cause| {
                    tracing::warn!(%cause, "those who follow changes have to wait");
                    position
                }),
                false => None,
            };
            sleep(REST).await;
            select! {
                _ = rung.changed(), if is_followed => {}
                () = sleep(if is_followed { LOOK } else { REST }) => {}
            }
        }
    }

    /// Reads what is behind `position`; where nothing was read for a while, only how far the log has come.
    async fn look(&self, position: Option<u64>) -> Result<Option<u64>, Error> {
        let Some(from) = position else {
            let end = read::end(&self.pool).await?;
            self.through.send_replace(end);
            return Ok(Some(end));
        };
        let stretch = read::behind(&self.pool, from).await?;
        let through = stretch.through;
        if through > from {
            self.recent.keep(from, stretch);
            self.through.send_replace(through);
        }
        Ok(Some(through))
    }
}
