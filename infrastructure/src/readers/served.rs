//! Who is served with what, kept page by page, and read.
mod read;
mod store;

use std::collections::BTreeSet;

use application::{Error, served::ServedTally};
use async_trait::async_trait;
use deadpool_postgres::Transaction;

use super::Feed;
use crate::log::reader::{Page, Recorded};

pub use read::PgServed;

/// Keeps who is served with what.
#[derive(Debug, Clone, Copy, Default)]
pub struct ServedFeed;

#[async_trait]
impl Feed for ServedFeed {
    fn name(&self) -> &'static str {
        "served"
    }

    fn version(&self) -> i32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["served"]
    }

    async fn take(&self, transaction: &Transaction<'_>, generation: i32, page: &Page) -> Result<(), Error> {
        let pasts: Vec<_> = page.events.iter().map(Recorded::of_case).collect::<Result<_, _>>()?;
        let pasts: Vec<_> = pasts.into_iter().flatten().collect();
        let about: BTreeSet<_> =
            pasts.iter().filter_map(|past| past.event.entry().map(|entry| (past.stream, entry))).collect();
        let mut tally = ServedTally::from(store::known(transaction, generation, &about).await?);
        for past in &pasts {
            tally.take(&past.happening());
        }
        store::store(transaction, generation, &tally.changes()).await
    }
}
