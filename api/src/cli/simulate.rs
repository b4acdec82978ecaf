//! `throughline simulate`
use std::{io::Write, sync::Arc, time::Instant};

use anyhow::bail;
use api::Telemetry;
use application::{
    Clock, SystemClock,
    simulate::{District, Simulation, Told},
};
use chrono::{Days, NaiveDate};
use clap::Args;
use infrastructure::{PgSimulated, extending_log};

use super::{Common, cases::commands, counter::Counter, store::Store};

/// Make up a district of any size, with years of support for some of its students.
///
/// The same seed makes the same district. Every event passes the decisions that a user's would pass. Told again, it
/// goes on where it was.
#[derive(Debug, Args)]
pub struct Simulate {
    /// How many students there are
    #[arg(long, default_value_t = 10_000, value_name = "NUMBER")]
    students: u64,
    /// Over how many years they are supported
    #[arg(long, default_value_t = 1, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=20))]
    years: u32,
    /// What chance falls by
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    seed: u64,
    /// The day before which everything has happened [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
}

impl Simulate {
    /// Makes up the district; what is there when it is interrupted stays.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let simulated = tokio::select! {
            simulated = self.simulate(&store) => simulated,
            _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted; the same command goes on from here")),
        };
        store.database.stop().await;
        simulated
    }

    async fn simulate(&self, store: &Store) -> anyhow::Result<()> {
        let today = self.today.unwrap_or_else(|| SystemClock.now().date_naive());
        let district = District { students: self.students, years: self.years, seed: self.seed, today };
        let pool = store.database.pool();
        let since = today - Days::new(365 * u64::from(self.years) + 30);
        let commands = commands(pool, store.keyring().await?).await?(Arc::new(SystemClock));
        let simulation = Simulation { keep: Arc::new(PgSimulated::new(pool.clone(), since)), commands };
        let _upkeep = extending_log(pool.clone());
        let (began, counter) = (Instant::now(), Counter::new());
        counter.begin("students", self.students);
        let told = simulation.run(&district, |_| counter.more(1)).await?;
        drop(counter);
        let Told { students, cases, events, refused } = told;
        let seconds = began.elapsed().as_secs_f64();
        let rate = events as f64 / seconds.max(0.001);
        writeln!(
            std::io::stdout(),
            "{students} students, {cases} cases, {events} events in {seconds:.1} s: {rate:.0} events/s"
        )?;
        match refused {
            0 => Ok(()),
            refused => bail!("{refused} steps were refused: the simulation breaks a rule"),
        }
    }
}
