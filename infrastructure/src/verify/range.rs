//! Streams from one id to another, read and checked together.
use std::{collections::BTreeMap, sync::Arc};

use application::Table;
use deadpool_postgres::ClientWrapper;
use futures::future::try_join_all;
use tokio::sync::{Mutex, mpsc};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Finding, InOrder, VerifyError, log, snapshot::Snapshot, views};
use crate::{
    DatabaseError,
    log::{CASE, replay::COLUMNS},
};

/// So many streams at the most, and about so many events.
const STREAMS: i64 = 500;
const EVENTS: u64 = 5_000;

/// Streams from the first id to the last, both included.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    number: u64,
    first: Uuid,
    last: Uuid,
}

/// What came of looking at a range.
#[derive(Debug, Default)]
pub struct Looked {
    pub number: u64,
    pub streams: u64,
    pub events: u64,
    pub rows: u64,
    pub findings: Vec<Finding>,
    /// The heads of its streams, and what they were at an earlier position.
    pub heads: InOrder,
    pub then: InOrder,
}

/// Cuts all ids into ranges, so that no row of any table is left out.
pub struct Walk {
    pub snapshot: Snapshot,
    next: Option<Range>,
}

impl Walk {
    pub fn over(snapshot: Snapshot) -> Self {
        Self { snapshot, next: Some(Range { number: 0, first: Uuid::nil(), last: Uuid::max() }) }
    }

    async fn next(&mut self) -> Result<Option<Range>, DatabaseError> {
        let Some(rest) = self.next.take() else { return Ok(None) };
        let streams = "SELECT stream, sum(version)::bigint FROM streams WHERE stream >= $1
                       GROUP BY stream ORDER BY stream LIMIT $2";
        let streams = self.snapshot.client.query(streams, &[&rest.first, &STREAMS]).await?;
        let mut events = 0;
        let full = streams.iter().position(|stream| {
            events += stream.get::<_, i64>(1).unsigned_abs();
            events >= EVENTS
        });
        let at = full.or_else(|| (streams.len() as i64 == STREAMS).then(|| streams.len() - 1));
        let last = at.and_then(|at| streams.get(at)).map_or(Uuid::max(), |stream| stream.get(0));
        let after = last.as_u128().checked_add(1).map(Uuid::from_u128);
        self.next = after.map(|first| Range { number: rest.number + 1, first, last: Uuid::max() });
        Ok(Some(Range { last, ..rest }))
    }
}

/// Takes range after range until there is none left.
pub async fn work(
    client: ClientWrapper,
    walk: Arc<Mutex<Walk>>,
    tables: Arc<[Table]>,
    position: Option<u64>,
    done: mpsc::Sender<Result<Looked, VerifyError>>,
) {
    loop {
        let range = walk.lock().await.next().await;
        let looked = match range {
            Ok(None) => return,
            Ok(Some(range)) => look(&client, range, &tables, position).await,
            Err(error) => Err(error),
        };
        let failed = looked.is_err();
        if done.send(looked.map_err(Into::into)).await.is_err() || failed {
            return;
        }
    }
}

async fn look(
    client: &ClientWrapper,
    range: Range,
    tables: &[Table],
    position: Option<u64>,
) -> Result<Looked, DatabaseError> {
    let mut looked = Looked { number: range.number, ..Looked::default() };
    let between = [&range.first as _, &range.last as _];
    let streams = "SELECT stream, kind, version, chain, state::text AS state FROM streams
                   WHERE stream BETWEEN $1 AND $2 ORDER BY stream, kind";
    let events = format!(
        "SELECT position, kind, type, type_version, occurred_at, chain, {COLUMNS} FROM log
         WHERE stream BETWEEN $1 AND $2 ORDER BY stream, kind, version, position"
    );
    let read = async |select: &str| client.query(&client.prepare_cached(select).await?, &between).await;
    let selects = tables.iter().map(|table| views::select("", *table));
    let selects: Vec<String> = [streams.to_owned(), events].into_iter().chain(selects).collect();
    let mut read = try_join_all(selects.iter().map(|select| read(select))).await?.into_iter();
    let (streams, events) = (read.next().unwrap_or_default(), read.next().unwrap_or_default());
    looked.events = events.len() as u64;

    let mut shown = views::Shown::default();
    for (table, rows) in tables.iter().zip(read) {
        looked.rows += rows.len() as u64;
        shown.take(*table, rows);
    }
    for ((stream, kind), (row, events)) in by_stream(&streams, &events) {
        looked.streams += 1;
        let told = log::check(stream, kind, row, &events, &mut looked.findings);
        looked.heads.extend(log::head(stream, kind, &events, None));
        looked.then.extend(position.and_then(|position| log::head(stream, kind, &events, Some(position))));
        if kind == CASE {
            views::check(stream, told.as_deref(), tables, &mut shown, &mut looked.findings);
        }
    }
    shown.left_over(&mut looked.findings);
    Ok(looked)
}

type OfStream<'a> = (Option<&'a Row>, Vec<&'a Row>);

fn by_stream<'a>(streams: &'a [Row], events: &'a [Row]) -> BTreeMap<(Uuid, &'a str), OfStream<'a>> {
    let mut by_stream = BTreeMap::<_, OfStream<'a>>::new();
    let key = |row: &'a Row| (row.get::<_, Uuid>("stream"), row.get::<_, &str>("kind"));
    for row in streams {
        by_stream.entry(key(row)).or_default().0 = Some(row);
    }
    for row in events {
        by_stream.entry(key(row)).or_default().1.push(row);
    }
    by_stream
}
