//! Checks everything that is kept against the log, and the log against itself.
mod announced;
mod attachments;
mod figures;
mod finding;
mod head;
mod log;
mod outbox;
mod range;
mod rows;
mod served;
mod snapshot;
mod views;
mod walk;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use application::{Table, retold::retell};
use deadpool_postgres::{ClientWrapper, Pool};
use uuid::Uuid;

use crate::{
    DatabaseError, FiguresFeed, ServedFeed,
    log::{CASE, replay::COLUMNS},
    readers::Feed,
};
pub use finding::{Finding, Place};
use head::{Against, Heads, Written};
pub use head::{HeadError, SignedHead};
use range::Scope;
use snapshot::Snapshot;
use walk::walk;

/// What is asked beside the check itself.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Where to write the signed head of the log.
    pub head: Option<PathBuf>,
    /// A signed head that the log must still contain.
    pub against: Option<PathBuf>,
}

/// Whoever watches.
pub trait Watch: Send + Sync {
    /// There are so many events.
    fn begins(&self, events: u64);
    /// So many more have been looked at.
    fn checked(&self, events: u64);
    /// Something is not as it should be.
    fn found(&self, finding: &Finding);
}

/// What was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Checked {
    /// Streams.
    pub streams: u64,
    /// Events.
    pub events: u64,
    /// Rows of views.
    pub rows: u64,
    /// What is not as it should be.
    pub findings: u64,
}

/// Why nothing can be said.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The database is not there.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The signed head cannot be written or read.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// The log is not sound.
    #[error("no head was written: it would vouch for a log that is not as it should be")]
    NotVouched,
}

impl From<tokio_postgres::Error> for VerifyError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

/// Folds the whole log with a reference of its own and compares: as it stands at one moment, beside a running server.
///
/// # Errors
/// Only where nothing can be said; what is wrong goes to `watch`.
pub async fn verify(pool: &Pool, asked: &Asked, watch: Arc<dyn Watch>) -> Result<Checked, VerifyError> {
    let before = asked.against.as_deref().map(Against::read).transpose()?;
    let position = before.as_ref().map(Against::position);
    let snapshot = Snapshot::take(pool, asked.head.is_some()).await?;
    watch.begins(snapshot.events().await?);

    let mut checked = Checked::default();
    let tell = |finding: &Finding, checked: &mut Checked| {
        checked.findings += 1;
        watch.found(finding);
    };
    for finding in snapshot.loose_ends().await? {
        tell(&finding, &mut checked);
    }
    let (mut heads, mut then) = (asked.head.clone().map(Written::new).transpose()?, before);
    let (tables, others) = snapshot.views().await?;
    others.into_iter().for_each(|table| tell(&Finding::OtherVersion(table.into()), &mut checked));
    let (mut figures, mut served) = (None, None);
    for (feed, kept) in [(&FiguresFeed as &dyn Feed, &mut figures), (&ServedFeed, &mut served)] {
        let live = snapshot.live(feed).await?;
        *kept = live.filter(|(_, version)| *version == feed.version()).map(|(kept, _)| kept);
        if live.is_some() && kept.is_none() {
            tell(&Finding::OtherVersion(feed.name()), &mut checked);
        }
    }
    for finding in outbox::differences(&snapshot.client).await? {
        tell(&finding, &mut checked);
    }
    let scope = Scope { tables, figures, served, earlier: position, announced: true };
    for finding in attachments::differences(&snapshot.client).await? {
        tell(&finding, &mut checked);
    }
    // The ranges come as they are done; heads are told in order.
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    walk(pool, &snapshot, scope, |looked| {
        checked.streams += looked.streams;
        checked.events += looked.events;
        checked.rows += looked.rows;
        watch.checked(looked.events);
        looked.findings.iter().for_each(|finding| tell(finding, &mut checked));
        waiting.insert(looked.number, (looked.heads, looked.then));
        while let Some((now, earlier)) = waiting.remove(&next) {
            next += 1;
            heads.as_mut().map(|heads| heads.take(&now)).transpose()?;
            if let Some(then) = &mut then {
                then.take(&earlier)?.iter().for_each(|finding| tell(finding, &mut checked));
            }
        }
        Ok(())
    })
    .await?;
    if let Some(then) = then {
        let installation = head::Installation::of(pool).await?;
        then.end(&installation)?.iter().for_each(|finding| tell(finding, &mut checked));
    }
    if let Some(heads) = heads {
        if checked.findings > 0 {
            heads.discard();
            return Err(VerifyError::NotVouched);
        }
        heads.sign(&head::Installation::of(pool).await?, snapshot.position().await?, &checked)?;
    }
    Ok(checked)
}

/// Holds the rows that a rebuild has made of one student against the reference fold.
pub(crate) async fn of_shadow(
    client: &ClientWrapper,
    student: Uuid,
    tables: &[Table],
) -> Result<Vec<Finding>, DatabaseError> {
    let events = format!("SELECT {COLUMNS}, occurred_at FROM log WHERE stream = $1 AND kind = $2 ORDER BY version");
    let events = client.query(&events, &[&student, &CASE]).await?;
    let told: Option<Vec<_>> = events.iter().map(log::read).collect();
    let (mut shown, mut findings) = (views::Shown::default(), vec![]);
    for table in tables {
        let rows = client.query(&views::select("rebuild.", *table), &[&student, &student]).await?;
        shown.take(table.into(), views::key(*table), rows);
    }
    let expected = told.map(|told| views::expected(&retell(student.into(), &told), tables));
    views::check(student, expected, &mut shown, &mut findings);
    Ok(findings)
}

/// Holds a generation of what a reader keeps against the reference fold, as far as it is counted.
pub(crate) async fn of_generation(pool: &Pool, feed: &dyn Feed, generation: i32) -> Result<Vec<Finding>, VerifyError> {
    let snapshot = Snapshot::take(pool, false).await?;
    let kept = snapshot.generation(feed, generation).await?;
    let scope = match feed.name() == ServedFeed.name() {
        true => Scope { served: kept, ..Scope::default() },
        false => Scope { figures: kept, ..Scope::default() },
    };
    let mut findings = vec![];
    walk(pool, &snapshot, scope, |looked| {
        let of_reader = |finding: &Finding| finding.is_of(feed.tables());
        findings.extend(looked.findings.into_iter().filter(of_reader));
        Ok(())
    })
    .await?;
    Ok(findings)
}

/// The heads of streams, in the order of streams.
type InOrder = Vec<Heads>;
