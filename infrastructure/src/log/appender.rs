//! Group commit: a few writers take whatever waits and write it in one transaction.
mod columns;
mod settle;
mod statements;
mod trouble;
mod write;
mod writer;

use application::{Error, Receipt};
use deadpool_postgres::Pool;
use metrics::counter;
use tokio::sync::{
    mpsc::{Sender, channel, error::TrySendError},
    oneshot,
};
use uuid::Uuid;

use super::commit::Commit;
use crate::{DatabaseError, database::failed};

/// How many writers there are. Two keep the disk busy while a batch is put together; more only make batches smaller.
const WRITERS: usize = 2;
/// How many commands may wait for one writer. Who comes then is asked to come again.
const WAITING: usize = 512;

/// A command that waits for its answer.
#[derive(Debug)]
struct Waiting {
    commit: Commit,
    answer: oneshot::Sender<Result<Receipt, Error>>,
}

/// Writes commands, many at a time.
///
/// Each stream has one writer, so that in one process no two batches want the same stream. The writers go on when
/// whoever sent a command is gone, and end, with what waits written, when the appender is dropped.
pub struct Appender(Vec<Sender<Waiting>>);

impl Appender {
    /// Starts the writers, each with a connection of `pool` when it needs one.
    pub fn start(pool: &Pool) -> Self {
        let writer = |_| {
            let (sender, receiver) = channel(WAITING);
            tokio::spawn(writer::run(pool.clone(), receiver));
            sender
        };
        Self((0..WRITERS).map(writer).collect())
    }

    /// Writes `commit`; [`Error::Conflict`] where a stream is not as it was expected or the request came before,
    /// [`Error::Busy`] where too many wait.
    pub async fn append(&self, commit: Commit) -> Result<Receipt, Error> {
        let stream = commit.changes.first().map_or(Uuid::nil(), |change| change.stream);
        let (answer, answered) = oneshot::channel();
        match self.writer(stream).try_send(Waiting { commit, answer }) {
            // Without an answer the writer is gone, which happens only when the whole process ends.
            Ok(()) => answered.await.unwrap_or_else(|_| Err(failed(DatabaseError::ConnectionLost))),
            Err(TrySendError::Full(_)) => {
                counter!("throughline_appends_refused").increment(1);
                Err(Error::Busy)
            }
            Err(TrySendError::Closed(_)) => Err(failed(DatabaseError::ConnectionLost)),
        }
    }

    fn writer(&self, stream: Uuid) -> &Sender<Waiting> {
        &self.0[(stream.as_u128() % self.0.len() as u128) as usize]
    }
}
