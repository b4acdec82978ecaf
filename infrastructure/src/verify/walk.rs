//! All streams in ranges, several of which are looked at side by side.
use std::sync::Arc;

use deadpool_postgres::{ClientWrapper, Pool};
use tokio::sync::{Mutex, mpsc};
use uuid::Uuid;

use super::{
    VerifyError,
    figures::Summed,
    range::{Looked, Range, Scope, look},
    snapshot::Snapshot,
};
use crate::DatabaseError;

/// How many ranges are looked at side by side.
const SIDE_BY_SIDE: usize = 2;
/// So many streams at the most, and about so many events.
const STREAMS: i64 = 500;
const EVENTS: u64 = 5_000;

/// Looks at everything in the moment of `snapshot`, and tells what came of it, range by range as they are done. Last
/// comes what can be said of them all.
pub async fn walk(
    pool: &Pool,
    snapshot: &Snapshot,
    scope: Scope,
    mut tell: impl FnMut(Looked) -> Result<(), VerifyError>,
) -> Result<(), VerifyError> {
    let summed = match scope.figures {
        Some(kept) => Some((Summed::begin(pool, &snapshot.name).await?, kept)),
        None => None,
    };
    let cut = Arc::new(Mutex::new(Cut::all(Snapshot::join(pool, &snapshot.name).await?)));
    let (scope, (sender, mut done)) = (Arc::new(scope), mpsc::channel(SIDE_BY_SIDE));
    for _ in 0..SIDE_BY_SIDE {
        let client = Snapshot::join(pool, &snapshot.name).await?;
        tokio::spawn(work(client, cut.clone(), scope.clone(), sender.clone()));
    }
    drop(sender);
    let mut last = Looked::default();
    while let Some(looked) = done.recv().await {
        let looked: Looked = looked?;
        (last.number, last.unreadable) = (last.number + 1, last.unreadable | looked.unreadable);
        if let Some((summed, _)) = &summed {
            summed.add(&looked.cells).await?;
        }
        tell(looked)?;
    }
    if let Some((summed, kept)) = summed.filter(|_| !last.unreadable) {
        last.findings = summed.differences(kept).await?;
    }
    tell(last)
}

/// Takes range after range until there is none left.
async fn work(
    client: ClientWrapper,
    cut: Arc<Mutex<Cut>>,
    scope: Arc<Scope>,
    done: mpsc::Sender<Result<Looked, DatabaseError>>,
) {
    loop {
        let range = cut.lock().await.next().await;
        let looked = match range {
            Ok(None) => return,
            Ok(Some(range)) => look(&client, range, &scope).await,
            Err(error) => Err(error),
        };
        let failed = looked.is_err();
        if done.send(looked).await.is_err() || failed {
            return;
        }
    }
}

/// Cuts all ids into ranges, so that no row of any table is left out.
struct Cut {
    client: ClientWrapper,
    rest: Option<Range>,
}

impl Cut {
    fn all(client: ClientWrapper) -> Self {
        Self { client, rest: Some(Range { number: 0, first: Uuid::nil(), last: Uuid::max() }) }
    }

    async fn next(&mut self) -> Result<Option<Range>, DatabaseError> {
        let Some(rest) = self.rest.take() else { return Ok(None) };
        let streams = "SELECT stream, sum(version)::bigint FROM streams WHERE stream >= $1
                       GROUP BY stream ORDER BY stream LIMIT $2";
        let streams = self.client.query(streams, &[&rest.first, &STREAMS]).await?;
        let mut events = 0;
        let full = streams.iter().position(|stream| {
            events += stream.get::<_, i64>(1).unsigned_abs();
            events >= EVENTS
        });
        let at = full.or_else(|| (streams.len() as i64 == STREAMS).then(|| streams.len() - 1));
        let last = at.and_then(|at| streams.get(at)).map_or(Uuid::max(), |stream| stream.get(0));
        let after = last.as_u128().checked_add(1).map(Uuid::from_u128);
        self.rest = after.map(|first| Range { number: rest.number + 1, first, last: Uuid::max() });
        Ok(Some(Range { last, ..rest }))
    }
}
