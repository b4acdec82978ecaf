//! One transaction for many commands, sent whole before the first answer is awaited.
use std::{collections::HashMap, future::Future, pin::Pin};

use application::Receipt;
use deadpool_postgres::Client;
use futures::future::join_all;
use tokio_postgres::{Error, Row, Statement};
use uuid::Uuid;

use super::{
    columns::{Beginnings, Claims, Events, Names, Requests},
    statements,
    trouble::Trouble,
};
use crate::log::{
    columns::Values,
    commit::{Change, Commit},
    live_views::{ENTER, LOCK, NAMES, VERSIONS},
    order::HOLD_BACK,
    rows::Rows,
};

/// Writes `commits`, all or none, and ends the transaction, which it begins where it is told to.
///
/// What the commands rely on is checked by the statements themselves, so that one round trip does.
pub async fn write(client: &Client, commits: &[&Commit], begin: bool) -> Result<Vec<Receipt>, Trouble> {
    let changes =
        || commits.iter().flat_map(|commit| &commit.changes).filter(|change| change.version > change.expected);
    let (new, known): (Vec<_>, Vec<_>) = in_order(changes()).into_iter().partition(|change| change.expected == 0);
    let beginnings = Beginnings::of(new.iter().copied());
    let claims = Claims::of(known.iter().copied());
    let events = Events::of(changes().flat_map(|change| &change.envelopes));
    let asked: Vec<_> =
        commits.iter().filter_map(|&commit| commit.asked.as_ref().map(|asked| (commit, asked))).collect();
    let (requests, names) = (Requests::of(&asked), Names::of(asked.iter().map(|(_, asked)| *asked)));
    let rows = Rows::of(changes().flat_map(|change| &change.rows));
    let mut tables = vec![];
    for (upsert, values) in rows.upserts() {
        tables.push((client.prepare_cached(upsert).await?, values));
    }

    let mut pipeline = Pipeline { client, sent: vec![] };
    if begin {
        pipeline.command("BEGIN");
    }
    pipeline.statement(client.prepare_cached(ENTER).await?, vec![&*NAMES, &*VERSIONS, &LOCK]);
    if !new.is_empty() {
        pipeline.statement(statements::begin(client).await?, beginnings.values());
    }
    if !known.is_empty() {
        pipeline.statement(statements::claim(client).await?, claims.values());
    }
    pipeline.statement(statements::unused(client).await?, names.values());
    pipeline.statement(client.prepare_cached(HOLD_BACK).await?, vec![]);
    let store = [events.values(), requests.values()].concat();
    let stored = pipeline.statement(statements::store(client).await?, store);
    for (statement, values) in tables {
        pipeline.statement(statement, values);
    }
    pipeline.command("COMMIT");
    let answers = pipeline.answers().await?;

    let (remembered, stored): (Vec<_>, Vec<_>) = answers[stored].iter().partition(|row| request(row).is_some());
    let remembered: HashMap<_, _> = remembered.into_iter().map(|row| (request(row), position(row))).collect();
    let mut stored = stored.into_iter().map(position);
    let receipt = |commit: &&Commit| {
        let events = commit.changes.iter().map(|change| change.envelopes.len()).sum();
        // Without events it is the position that a repetition will be told, too.
        let of_request = || remembered.get(&commit.asked.as_ref().map(|asked| (asked.actor, asked.key))).copied();
        let position = stored.by_ref().take(events).last().or_else(of_request).unwrap_or_default();
        Receipt { version: commit.version(), position, replayed: false }
    };
    Ok(commits.iter().map(receipt).collect())
}

/// In the order in which every writer takes streams, so that no two wait for each other.
fn in_order<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<&'a Change> {
    let mut changes: Vec<_> = changes.collect();
    changes.sort_by_key(|change| (change.stream, change.kind));
    changes
}

/// The request whose position is in a row, where it is not that of an event.
fn request(row: &Row) -> Option<(Uuid, Uuid)> {
    row.get::<_, Option<Uuid>>(1).zip(row.get(2))
}

fn position(row: &Row) -> u64 {
    row.get::<_, i64>(0) as u64
}

type Sent<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, Error>> + Send + 'a>>;

/// Statements that are sent one after the other without waiting, and answered in that order.
struct Pipeline<'a> {
    client: &'a Client,
    sent: Vec<Sent<'a>>,
}

impl<'a> Pipeline<'a> {
    fn command(&mut self, command: &'static str) {
        let client = self.client;
        self.sent.push(Box::pin(async move { client.batch_execute(command).await.map(|()| vec![]) }));
    }

    /// Adds a statement, and returns the place of its answer.
    fn statement(&mut self, statement: Statement, values: Values<'a>) -> usize {
        let client = self.client;
        self.sent.push(Box::pin(async move { client.query(&statement, &values).await }));
        self.sent.len() - 1
    }

    /// Sends everything. The first failure is the cause; those after it only say that there was one.
    async fn answers(self) -> Result<Vec<Vec<Row>>, Error> {
        // Each is sent when it is first asked for its answer, which happens in their order.
        join_all(self.sent).await.into_iter().collect()
    }
}
