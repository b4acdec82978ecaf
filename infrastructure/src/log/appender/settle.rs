//! The careful way: looks at what stands in the way of each command before it writes the others.
//!
//! Taken when a batch was refused as a whole, and when a connection broke so that nobody knows whether it was written.
//! Which it was, the hash that its last event would have says: it covers the event and all before it.
use application::{Error, Receipt};
use deadpool_postgres::Client;
use tokio_postgres::Row;

use super::{
    columns::{Ends, Keys, Names, Streams},
    statements,
    trouble::Trouble,
    write::write,
    writer::Outcomes,
};
use crate::log::commit::{Asked, Change, Commit};

/// What is found out about a command before it is written.
#[derive(Debug, Clone, Copy)]
enum Finding {
    /// Nothing stands in its way.
    Open,
    /// It has been written already.
    Written(Receipt),
    /// Its stream has moved on, or its key was used.
    Contested,
}

/// Writes those of `commits` that can be. An error means that the connection was lost.
pub async fn settle(client: &Client, commits: &[Commit]) -> Result<Outcomes, Trouble> {
    match together(client, &commits.iter().collect::<Vec<_>>()).await {
        Err(Trouble::Failed(error)) if error.is_passing() => {
            Ok(commits.iter().map(|_| Err(Trouble::Failed(error.clone()).error())).collect())
        }
        // One of them is to blame, or somebody was faster just now.
        Err(Trouble::Contested | Trouble::Failed(_)) => one_by_one(client, commits).await,
        done => done,
    }
}

async fn one_by_one(client: &Client, commits: &[Commit]) -> Result<Outcomes, Trouble> {
    let mut outcomes = vec![];
    for commit in commits {
        match together(client, &[commit]).await {
            Ok(outcome) => outcomes.extend(outcome),
            Err(lost @ Trouble::Lost(_)) => return Err(lost),
            Err(trouble) => outcomes.push(Err(trouble.error())),
        }
    }
    Ok(outcomes)
}

async fn together(client: &Client, commits: &[&Commit]) -> Result<Outcomes, Trouble> {
    client.batch_execute("BEGIN").await?;
    let findings = match examine(client, commits).await {
        Ok(findings) => findings,
        Err(trouble) => {
            client.batch_execute("ROLLBACK").await?;
            return Err(trouble);
        }
    };
    let open: Vec<&Commit> = (commits.iter().zip(&findings))
        .filter_map(|(commit, finding)| matches!(finding, Finding::Open).then_some(*commit))
        .collect();
    let mut receipts = write(client, &open, false).await?.into_iter();
    let outcome = |finding| match finding {
        Finding::Open => receipts.next().ok_or(Error::Conflict),
        Finding::Written(receipt) => Ok(receipt),
        Finding::Contested => Err(Error::Conflict),
    };
    Ok(findings.into_iter().map(outcome).collect())
}

/// Locks the streams, waiting for whoever changes them now, and looks.
async fn examine(client: &Client, commits: &[&Commit]) -> Result<Vec<Finding>, Trouble> {
    let changes: Vec<&Change> = commits.iter().flat_map(|commit| &commit.changes).collect();
    let asked: Vec<(usize, &Asked)> =
        commits.iter().enumerate().filter_map(|(at, c)| Some((at, c.asked.as_ref()?))).collect();
    let (streams, ends) = (Streams::of(changes.iter().copied()), Ends::of(changes.iter().copied()));
    let keys = Keys::of(asked.iter().map(|(_, asked)| *asked));
    let names = Names::of(asked.iter().map(|(_, asked)| *asked));
    // One after the other: what is read once the locks were had is what stands.
    let locked = client.query(&statements::lock(client).await?, &streams.values()).await?;
    let written = client.query(&statements::written(client).await?, &ends.values()).await?;
    let answered = client.query(&statements::answered(client).await?, &keys.values()).await?;
    let used = client.query(&statements::used(client).await?, &names.values()).await?;

    let (mut versions, mut positions) = (vec![0; changes.len()], vec![None; changes.len()]);
    locked.iter().for_each(|row| versions[place(row)] = number(row));
    written.iter().for_each(|row| positions[place(row)] = Some(number(row)));
    let mut taken = vec![false; commits.len()];
    answered.iter().chain(&used).for_each(|row| taken[asked[place(row)].0] = true);

    let (mut versions, mut positions) = (versions.into_iter(), positions.into_iter());
    let finding = |(commit, taken): (&&Commit, bool)| {
        let parts = commit.changes.len();
        let versions: Vec<u64> = versions.by_ref().take(parts).collect();
        let written: Option<Vec<u64>> = positions.by_ref().take(parts).collect();
        if let Some(position) = written.and_then(|positions| positions.into_iter().max()) {
            return Finding::Written(Receipt { version: commit.version(), position, replayed: false });
        }
        let stale = commit.changes.iter().zip(versions).any(|(change, version)| change.expected != version);
        if stale || taken { Finding::Contested } else { Finding::Open }
    };
    Ok(commits.iter().zip(taken).map(finding).collect())
}

/// The place, from 0, in what was asked for.
fn place(row: &Row) -> usize {
    row.get::<_, i64>(0) as usize - 1
}

fn number(row: &Row) -> u64 {
    row.get::<_, i64>(1) as u64
}
