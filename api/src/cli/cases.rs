//! Wires the use cases to the store.
use std::sync::Arc;

use api::{Cases, Reference};
use application::{Clock, Commands};
use domain::case::Case;
use infrastructure::{PgCalendars, PgCases, PgJournal, PgReference, Pool};

/// The use cases around cases on the store behind `pool`, by `clock`, and the reference data beside them.
pub async fn use_cases(pool: &Pool, clock: Arc<dyn Clock>) -> anyhow::Result<(Cases, Reference)> {
    let read = Arc::new(PgCases::new(pool.clone()));
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
    let commands = Commands::new(journal, read.clone(), calendars.clone(), clock.clone());
    let reference = Arc::new(PgReference::new(pool.clone()).telling(calendars.clone()));
    let reference = Reference { read: reference.clone(), keep: reference };
    Ok((Cases { commands, read, calendars, clock }, reference))
}

/// Commands on the store behind `pool`, by whichever clock.
pub async fn commands(pool: &Pool) -> anyhow::Result<impl Fn(Arc<dyn Clock>) -> Commands + Send + Sync + use<>> {
    let read = Arc::new(PgCases::new(pool.clone()));
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
    Ok(move |clock| Commands::new(journal.clone(), read.clone(), calendars.clone(), clock))
}
