//! `throughline archive`
use std::io::Write;

use api::Telemetry;
use chrono::NaiveDate;
use clap::Args;
use infrastructure::archive::{Moved, bring_back, put_away};
use uuid::Uuid;

use super::{Common, counter::Counter, store::Store};

/// Put the events of closed cases away, or bring them back, beside a running server.
///
/// They leave the log's partitions for an archive beside them; whatever reads the log finds them there. Cases are read,
/// reopened and verified as before.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Archive {
    /// Put away closed cases in which nothing was recorded on that day (in UTC) or later
    #[arg(long, value_name = "YYYY-MM-DD")]
    closed_before: Option<NaiveDate>,
    /// Bring back the cases of these students
    #[arg(long, value_name = "STUDENT", num_args = 1..)]
    bring_back: Vec<Uuid>,
}

impl Archive {
    /// Moves the events, and tells how many.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let pool = store.database.pool();
        let moved = match self.closed_before {
            Some(day) => {
                let counter = Counter::new();
                counter.begin("putting away", 0);
                let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
                put_away(pool, midnight, |moved| counter.more(moved.cases)).await.map(|moved| ("put away", moved))
            }
            None => bring_back(pool, &self.bring_back).await.map(|moved| ("brought back", moved)),
        };
        store.database.stop().await;
        let (what, Moved { cases, events }) = moved?;
        Ok(writeln!(std::io::stdout(), "{what}: {cases} (cases), {events} (events)")?)
    }
}
