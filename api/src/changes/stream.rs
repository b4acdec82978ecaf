//! One stream: what is told is decided anew with every part of the log, and nothing is held for who does not take it.
use std::{convert::Infallible, sync::Arc, time::Duration};

use actix_web::{
    http::header::{HeaderValue, RETRY_AFTER},
    web::Bytes,
};
use application::{
    Error, Principal,
    changes::{FollowChanges, Stretch, may_follow},
};
use domain::StaffId;
use futures::{Stream, StreamExt, stream};
use tokio::{
    select,
    sync::watch,
    time::{Instant, sleep},
};

use super::{place::Only, seats::Seat, words};
use crate::{Cases, Problem, auth::Gate, problem};

/// How often rights are looked up where nothing happens.
const LOOK: Duration = Duration::from_secs(2);
/// How long a stream stays without a word: what stands between would take it for dead.
const SILENCE: Duration = Duration::from_secs(10);

/// Somebody who follows.
pub struct Watch {
    cases: Cases,
    follow: Arc<dyn FollowChanges>,
    gate: Gate,
    token: String,
    view_as: Option<StaffId>,
    only: Only,
    position: u64,
    said_at: Instant,
    _seat: Seat,
}

impl Watch {
    /// Whoever has `token`, following from `position` on; through the eyes of `view_as`, where somebody is named.
    pub fn new(
        (follow, cases, gate): (Arc<dyn FollowChanges>, Cases, Gate),
        (token, view_as): (String, Option<StaffId>),
        (position, only): (u64, Only),
        seat: Seat,
    ) -> Self {
        Self { cases, follow, gate, token, view_as, only, position, said_at: Instant::now(), _seat: seat }
    }

    /// What they are told. The next part of the log is read when the last was taken.
    pub fn stream(self, ending: watch::Receiver<bool>) -> impl Stream<Item = Result<Bytes, Infallible>> {
        let begin = words::begin(self.position);
        let rest = stream::unfold(Some((self, ending)), async |following| {
            let (mut watch, mut ending) = following?;
            let told = select! {
                biased;
                _ = ending.wait_for(|end| *end) => Err(stopping()),
                told = watch.next() => told,
            };
            Some(match told {
                Ok(words) => (Ok(words), Some((watch, ending))),
                Err(problem) => (Ok(words::end(&problem)), None),
            })
        });
        stream::once(async { Ok(begin) }).chain(rest)
    }

    /// The next words; the problem that ends the stream.
    async fn next(&mut self) -> Result<Bytes, Problem> {
        loop {
            if let Some(stretch) = self.behind().await? {
                // After the log was read: who is told is somebody who may know when they are told.
                let principal = self.principal().await?;
                self.position = stretch.through;
                let told = self.cases.told(&principal, self.only, &stretch.changes).await?;
                if !told.is_empty() {
                    self.said_at = Instant::now();
                    return Ok(told.into());
                }
            }
            if self.said_at.elapsed() > SILENCE {
                self.said_at = Instant::now();
                return Ok(words::nothing(self.position));
            }
        }
    }

    /// The next part of the log; nothing where none has come for so long that something has to be said.
    async fn behind(&self) -> Result<Option<Stretch>, Problem> {
        let found = self.follow.behind(self.position);
        tokio::pin!(found);
        loop {
            select! {
                found = &mut found => return Ok(Some(found?)),
                () = sleep(LOOK) => drop(self.principal().await?),
            }
            if self.said_at.elapsed() > SILENCE {
                return Ok(None);
            }
        }
    }

    /// Who follows, by the records of this moment.
    async fn principal(&self) -> Result<Arc<Principal>, Problem> {
        let principal = self.gate.still(&self.token, self.view_as).await?.principal;
        if may_follow(&principal) { Ok(principal) } else { Err(Error::NotFound.into()) }
    }
}

fn stopping() -> Problem {
    let soon = HeaderValue::from_static("1");
    Problem::from(problem::UNAVAILABLE).detail("The server is stopping.").header(RETRY_AFTER, soon)
}
