//! Streams from one id to another, read and checked together.
use std::collections::BTreeMap;

use application::{Table, retold::retell};
use deadpool_postgres::ClientWrapper;
use futures::future::try_join_all;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    Finding, InOrder, announced,
    figures::{self, Sum},
    log, served, views,
};
use crate::{
    DatabaseError,
    log::{CASE, replay::COLUMNS},
};

/// What is looked at beside the log.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Views that are written with the events.
    pub tables: Vec<Table>,
    /// What the reader of figures keeps.
    pub figures: Option<figures::Kept>,
    /// What the reader of who is served keeps.
    pub served: Option<figures::Kept>,
    /// What the streams came to at an earlier position.
    pub earlier: Option<u64>,
    /// Whether the outbox is looked at.
    pub announced: bool,
}

/// Streams from the first id to the last, both included.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub number: u64,
    pub first: Uuid,
    pub last: Uuid,
}

/// What came of looking at a range.
#[derive(Debug, Default)]
pub struct Looked {
    pub number: u64,
    pub streams: u64,
    pub events: u64,
    pub rows: u64,
    pub findings: Vec<Finding>,
    /// What its cases come to in the cells of figures; nothing can be said of these where a case cannot be read.
    pub cells: Vec<Sum>,
    pub unreadable: bool,
    /// The heads of its streams, and what they were at an earlier position.
    pub heads: InOrder,
    pub then: InOrder,
}

/// Looks at a range.
pub async fn look(client: &ClientWrapper, range: Range, scope: &Scope) -> Result<Looked, DatabaseError> {
    let mut looked = Looked { number: range.number, ..Looked::default() };
    let between = [&range.first as _, &range.last as _];
    let streams = "SELECT stream, kind, version, chain, state::text AS state FROM streams
                   WHERE stream BETWEEN $1 AND $2 ORDER BY stream, kind";
    let events = format!(
        "SELECT position, kind, type, type_version, occurred_at, chain, {COLUMNS} FROM log
         WHERE stream BETWEEN $1 AND $2 ORDER BY stream, kind, version, position"
    );
    let read = async |select: &str| client.query(&client.prepare_cached(select).await?, &between).await;
    let selects = scope.tables.iter().map(|table| views::select("", *table));
    let selects: Vec<String> = [streams.to_owned(), events].into_iter().chain(selects).collect();
    let mut read = try_join_all(selects.iter().map(|select| read(select))).await?.into_iter();
    let (streams, events) = (read.next().unwrap_or_default(), read.next().unwrap_or_default());
    looked.events = events.len() as u64;

    let mut shown = views::Shown::default();
    for (table, rows) in scope.tables.iter().zip(read) {
        looked.rows += rows.len() as u64;
        shown.take(table.into(), views::key(*table), rows);
    }
    if let Some(kept) = scope.figures {
        let rows = figures::counted(client, kept, range.first, range.last).await?;
        looked.rows += rows.len() as u64;
        shown.take(figures::COUNTED, figures::KEY, rows);
    }
    if let Some(kept) = scope.served {
        let rows = served::kept(client, kept, range.first, range.last).await?;
        looked.rows += rows.len() as u64;
        shown.take(served::SERVED, served::KEY, rows);
    }
    let outbox = match scope.announced {
        true => announced::kept(client, &events).await?,
        false => announced::Rows::default(),
    };
    let mut cells = figures::Cells::default();
    for ((stream, kind), (row, events)) in by_stream(&streams, &events) {
        looked.streams += 1;
        let told = log::check(stream, kind, row, &events, &mut looked.findings);
        looked.heads.extend(log::head(stream, kind, &events, None));
        looked.then.extend(scope.earlier.and_then(|position| log::head(stream, kind, &events, Some(position))));
        if kind == CASE {
            looked.unreadable |= told.is_none();
            let expected = told.map(|told| {
                let whole = retell(stream.into(), &told);
                announced::compare(stream, &whole, &events, &outbox, &mut looked.findings);
                let mut expected = views::expected(&whole, &scope.tables);
                // A reader may be behind what is written.
                let behind = |kept: figures::Kept| {
                    let known = events.iter().take_while(|event| kept.has(event)).count();
                    let behind = told.get(..known).filter(|known| known.len() < told.len());
                    behind.map(|known| retell(stream.into(), known))
                };
                if let Some(kept) = scope.figures {
                    expected.extend(figures::expected(behind(kept).as_ref().unwrap_or(&whole), &mut cells));
                }
                if let Some(kept) = scope.served {
                    expected.extend(served::expected(behind(kept).as_ref().unwrap_or(&whole)));
                }
                expected
            });
            views::check(stream, expected, &mut shown, &mut looked.findings);
        }
    }
    looked.cells = cells.into_iter().collect();
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
