//! `throughline rebuild`
use std::{io::Write, sync::Arc, time::Instant};

use anyhow::anyhow;
use api::Telemetry;
use clap::Args;
use infrastructure::{
    Pool,
    rebuild::{Rebuilt, Standing, View, Watch, rebuild, standing},
};

use super::{Common, counter::Counter, store::Store};

/// Build views anew from the log, beside a running server.
///
/// They are built in a shadow, compared with the live ones and switched in a moment. Killed half-way, the next run
/// goes on from there.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// Which views [default: those of another version than this program's, else all]
    #[arg(value_name = "VIEW")]
    views: Vec<View>,
}

impl Rebuild {
    /// Rebuilds, and tells what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let rebuilt = run(store.database.pool(), &self.views).await;
        store.database.stop().await;
        rebuilt
    }
}

/// What `serve` does first: what is live has to be what this program writes.
pub async fn if_older(pool: &Pool) -> anyhow::Result<()> {
    match standing(pool).await? {
        Standing::Current => Ok(()),
        Standing::Newer(view) => {
            Err(anyhow!("a newer Throughline has rebuilt the {view} of this store; start that one"))
        }
        Standing::Older(views) => {
            tracing::info!(views = views.len(), "views are of an older version and are rebuilt first");
            run(pool, &views).await
        }
    }
}

async fn run(pool: &Pool, views: &[View]) -> anyhow::Result<()> {
    let started = Instant::now();
    let Rebuilt { views, events, repaired, recounted } = rebuild(pool, views, Arc::new(Told(Counter::new()))).await?;
    let (seconds, out) = (started.elapsed().as_secs_f64(), &mut std::io::stdout());
    let names: Vec<_> = views.into_iter().map(View::name).collect();
    let rate = events as f64 / seconds;
    writeln!(out, "rebuilt {} from {events} events: {seconds:.1} s, {rate:.0} events/s", names.join(", "))?;
    for student in repaired {
        writeln!(out, "the live rows of {student} were not as the events have it; now they are")?;
    }
    for wrong in recounted {
        writeln!(out, "{wrong}; now it is as the events have it")?;
    }
    Ok(())
}

/// Shows the steps as bars.
struct Told(Counter);

impl Watch for Told {
    fn begins(&self, step: &str, events: u64) {
        self.0.begin(step, events);
    }

    fn done(&self, events: u64) {
        self.0.more(events);
    }

    fn says(&self, line: &str) {
        self.0.say(line);
    }
}
