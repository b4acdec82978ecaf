//! `throughline bands`
use std::{io::Write, time::Instant};

use anyhow::Context;
use api::Telemetry;
use application::indicators::{KeepPolicies, USUAL, named};
use chrono::{NaiveDate, Utc};
use clap::Args;
use infrastructure::{DistrictBands, Judged, PgIndicators};
use uuid::Uuid;

use super::{Common, store::Store};

/// Count the bands of everybody in the district.
///
/// School by school, each as of the last day for which it has submitted attendance. Nothing is stored: bands are worked
/// out whenever they are asked for.
#[derive(Debug, Args)]
pub struct Bands {
    /// Under this policy, by name or as name@version
    #[arg(long, default_value = USUAL, value_name = "POLICY")]
    policy: String,
    /// As of this day, at all schools
    #[arg(long, value_name = "DATE")]
    as_of: Option<NaiveDate>,
    /// Only those of whom this import told something new about attendance
    #[arg(long, value_name = "BATCH")]
    of_import: Option<Uuid>,
}

impl Bands {
    /// Counts, and tells what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let counted = self.count(&store).await;
        store.database.stop().await;
        let (seconds, bands) = counted?;
        let DistrictBands { schools, students, on_track, at_risk, chronic, severe, unknown } = bands;
        Ok(writeln!(
            std::io::stdout(),
            "{students} students of {schools} schools in {seconds:.1} s\n\
             on_track {on_track}\nat_risk {at_risk}\nchronic {chronic}\nsevere {severe}\nunknown {unknown}"
        )?)
    }

    async fn count(&self, store: &Store) -> anyhow::Result<(f64, DistrictBands)> {
        let (pg, began) = (PgIndicators::new(store.database.pool().clone()), Instant::now());
        let day = self.as_of.unwrap_or_else(|| Utc::now().date_naive());
        let policies = pg.policies().await?;
        let policy = named(&policies, &self.policy, day).context("no policy of that name; see GET /v1/policies")?;
        let whom = self.of_import.map_or(Judged::Everybody, Judged::ToldOfBy);
        let bands = pg.district_bands(policy, whom, self.as_of).await?;
        Ok((began.elapsed().as_secs_f64(), bands))
    }
}
