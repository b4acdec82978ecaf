//! Wires the use cases to the store.
use std::sync::Arc;

use api::{Cases, Changes, Figures, Outcomes, Reference};
use application::{Clock, Commands, sealing::Keyring};
use domain::case::Case;
use infrastructure::{
    Bell, FiguresFeed, LooksFeed, OutboxFeed, PgAgreements, PgAttachments, PgCalendars, PgCases, PgChanges, PgFigures,
    PgFreshness, PgHistoriesRequests, PgIndicators, PgJournal, PgReference, PgRegister, PgServed, Pool, ServedFeed,
    readers::Feed,
};

/// Within how many days a request for amendment is to be decided, if nothing else is said.
pub const AMENDMENT_DAYS: u16 = 45;

/// How many days after an agreement's end its partner has, if nothing else is said.
pub const DESTRUCTION_DAYS: u16 = 60;

/// The use cases around cases on the store behind `pool`, with the keys of `keyring`, by `clock`, and the reference data
/// beside them; `bell` is rung with every change.
pub async fn use_cases(
    pool: &Pool,
    keyring: Arc<dyn Keyring>,
    bell: &Bell,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<(Cases, Reference)> {
    let read = Arc::new(PgCases::new(pool.clone()));
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?.ringing(bell.clone()));
    let commands = Commands::new(journal, read.clone(), calendars.clone(), keyring.clone(), clock.clone());
    let reference = Arc::new(PgReference::new(pool.clone()).telling(calendars.clone()));
    let agreements = Arc::new(PgAgreements::new(pool.clone()));
    let reference = Reference {
        read: reference.clone(),
        keep: reference,
        agreements: agreements.clone(),
        destructions: agreements,
        destruction_days: DESTRUCTION_DAYS,
    };
    let register = Arc::new(PgRegister::new(pool.clone()));
    let amendment_days = AMENDMENT_DAYS;
    let attachments = Arc::new(PgAttachments::new(pool.clone()));
    Ok((Cases { commands, read, register, calendars, keyring, clock, attachments, amendment_days }, reference))
}

/// What is counted over many cases, in the store behind `pool`.
pub fn figures(pool: &Pool, bell: &Bell) -> Figures {
    let freshness = PgFreshness::new(pool.clone(), bell.clone());
    Figures { read: Arc::new(PgFigures::new(pool.clone())), freshness: Arc::new(freshness) }
}

/// Indicators and policies, on the store behind `pool`.
pub fn outcomes(pool: &Pool) -> Outcomes {
    let pg = Arc::new(PgIndicators::new(pool.clone()));
    let served = Arc::new(PgServed::new(pool.clone()));
    let histories = Arc::new(PgHistoriesRequests::new(pool.clone()));
    Outcomes { read: pg.clone(), policies: pg.clone(), years: pg, served, histories, worked_out: Arc::default() }
}

/// What happens, as it happens, in the store behind `pool`.
pub fn changes(pool: &Pool, bell: &Bell) -> Changes {
    Changes::new(Arc::new(PgChanges::new(pool.clone(), bell)))
}

/// What follows the log behind the writers.
pub fn feeds() -> Vec<Arc<dyn Feed>> {
    vec![Arc::new(FiguresFeed), Arc::new(OutboxFeed), Arc::new(LooksFeed), Arc::new(ServedFeed)]
}

/// Commands on the store behind `pool`, by whichever clock.
pub async fn commands(
    pool: &Pool,
    keyring: Arc<dyn Keyring>,
) -> anyhow::Result<impl Fn(Arc<dyn Clock>) -> Commands + Send + Sync + use<>> {
    let read = Arc::new(PgCases::new(pool.clone()));
    let calendars = Arc::new(PgCalendars::new(pool.clone()));
    let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
    Ok(move |clock| Commands::new(journal.clone(), read.clone(), calendars.clone(), keyring.clone(), clock))
}
