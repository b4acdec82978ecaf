//! Figures in PostgreSQL: counted page by page, and read.
mod load;
mod read;
mod store;

use std::collections::BTreeSet;

use application::{
    Error,
    figures::{Tally, named, touches_all},
};
use async_trait::async_trait;
use deadpool_postgres::Transaction;

use super::Feed;
use crate::log::reader::{Page, Recorded};

pub use read::PgFigures;

/// Counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct FiguresFeed;

#[async_trait]
impl Feed for FiguresFeed {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn version(&self) -> i32 {
        1
    }

    fn tables(&self) -> &'static [&'static str] {
        &["counted", "school_figures", "staff_activity"]
    }

    async fn take(&self, transaction: &Transaction<'_>, generation: i32, page: &Page) -> Result<(), Error> {
        let pasts: Vec<_> = page.events.iter().map(Recorded::of_case).collect::<Result<_, _>>()?;
        let pasts: Vec<_> = pasts.into_iter().flatten().collect();
        let (mut single, mut whole) = (BTreeSet::new(), BTreeSet::new());
        for past in &pasts {
            single.extend(named(&past.happening()));
            whole.extend(touches_all(&past.event).then_some(past.stream));
        }
        let mut tally = Tally::from(load::known(transaction, generation, &single, &whole).await?);
        for past in &pasts {
            tally.take(&past.happening());
        }
        store::store(transaction, generation, tally.changes()).await
    }
}
