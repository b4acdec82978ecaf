//! One transaction for many commands, sent whole before the first answer is awaited.
use std::collections::HashMap;

use application::Receipt;
use deadpool_postgres::Client;
use futures::join;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    columns::{Beginnings, Claims, Events, Names, Requests},
    statements,
    trouble::Trouble,
};
use crate::log::{
    columns::Values,
    commit::{Change, Commit},
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
    let (begun, claimed) = (new.len() as i64, known.len() as i64);
    let checked: Values<'_> = vec![&begun, &claimed];
    let values = [beginnings.values(), claims.values(), events.values(), requests.values(), rows.values(), checked];
    let values = [values.concat(), names.values()].concat();

    let (enter, store) = (statements::enter(client).await?, statements::store(client).await?);
    let start = async { if begin { client.batch_execute("BEGIN").await } else { Ok(()) } };
    // Each is sent when it is first asked for its answer, which happens in their order. The first failure is the
    // cause; those after it only say that there was one.
    let (started, entered, answer, ended) =
        join!(start, client.execute(&enter, &[]), client.query(&store, &values), client.batch_execute("COMMIT"));
    started?;
    entered?;
    let answer = answer?;
    ended?;

    let (remembered, stored): (Vec<_>, Vec<_>) = answer.iter().skip(1).partition(|row| request(row).is_some());
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
