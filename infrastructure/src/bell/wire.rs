//! The wire between the bells of several processes: PostgreSQL's notifications.
use std::time::Duration;

use futures::{StreamExt, stream};
use tokio::{select, time::sleep};
use tokio_postgres::{AsyncMessage, Config, NoTls};
use tokio_util::task::AbortOnDropHandle;

use super::Bell;
use crate::DatabaseError;

/// How long rings are gathered before others are told.
const GATHER: Duration = Duration::from_millis(10);
/// How long a broken wire stays broken.
const MEND: Duration = Duration::from_secs(1);

/// A wire that works until it is dropped.
#[derive(Debug)]
pub struct Wire(#[expect(dead_code, reason = "what counts is when it is dropped")] AbortOnDropHandle<()>);

impl Wire {
    /// Lays a wire from `bell` to those of all processes on the same database.
    #[must_use]
    pub fn lay(config: Config, bell: Bell) -> Self {
        Self(AbortOnDropHandle::new(tokio::spawn(async move {
            loop {
                if let Err(cause) = carry(&config, &bell).await {
                    tracing::debug!(%cause, "readers look by themselves until notifications arrive again");
                }
                sleep(MEND).await;
            }
        })))
    }
}

/// Carries rings both ways until the connection breaks.
async fn carry(config: &Config, bell: &Bell) -> Result<(), DatabaseError> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let messages = stream::poll_fn(move |context| connection.poll_message(context));
    tokio::pin!(messages);
    let here = bell.clone();
    let receive = async {
        while let Some(message) = messages.next().await {
            if let AsyncMessage::Notification(_) = message? {
                here.ring_here();
            }
        }
        Ok(())
    };
    let mut rung = bell.0.to_others.subscribe();
    let send = async {
        client.batch_execute("LISTEN throughline_appended").await?;
        while rung.changed().await.is_ok() {
            sleep(GATHER).await;
            rung.mark_unchanged();
            client.batch_execute("NOTIFY throughline_appended").await?;
        }
        Ok(())
    };
    select! {
        received = receive => received,
        sent = send => sent,
    }
}
