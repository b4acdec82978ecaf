//! Wires the use cases around cases to the store.
use std::sync::Arc;

use api::Cases;
use application::{Clock, Commands};
use domain::case::Case;
use infrastructure::{PgCalendars, PgCases, PgJournal, Pool};

/// The use cases on the store behind `pool`, by `clock`.
pub async fn cases(pool: &Pool, clock: Arc<dyn Clock>) -> anyhow::Result<Cases> {
    let read = Arc::new(PgCases::new(pool.clone()));
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
    let commands = Commands::new(journal, read.clone(), calendars.clone(), clock.clone());
    Ok(Cases { commands, read, calendars, clock })
}
