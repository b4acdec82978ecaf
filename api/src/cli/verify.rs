//! `throughline verify`
use std::{io::Write, path::PathBuf, sync::Arc, time::Instant};

use anyhow::bail;
use api::Telemetry;
use clap::Args;
use infrastructure::verify::{Asked, Checked, Finding, Watch, verify};

use super::{Common, counter::Counter, store::Store};

/// Check the log, and everything that is kept beside it, against the events.
///
/// Reads all of the log and folds it once more. Beside a running server it looks at one moment. Each row that is not
/// as it should be is named on a line of its own, without what stands there; the command fails if there is one.
#[derive(Debug, Args)]
pub struct Verify {
    /// Sign what the log came to and write it to FILE, with FILE.streams, FILE.sig and FILE.pem beside it
    #[arg(long, value_name = "FILE")]
    head: Option<PathBuf>,
    /// Check that the log still holds everything of which this head was signed
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
}

impl Verify {
    /// Checks everything; fails where something is not as it should be.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let (asked, bar, started) = (Asked { head: self.head, against: self.against }, Counter::new(), Instant::now());
        let checked = verify(store.database.pool(), &asked, Arc::new(Told(bar))).await;
        store.database.stop().await;
        let Checked { streams, events, rows, findings } = checked?;
        let (seconds, out) = (started.elapsed().as_secs_f64(), &mut std::io::stdout());
        let rate = events as f64 / seconds;
        writeln!(
            out,
            "{events} events of {streams} streams, {rows} rows of views: {seconds:.1} s, {rate:.0} events/s"
        )?;
        if let Some(head) = &asked.head {
            writeln!(out, "signed head: {}", head.display())?;
        }
        match findings {
            0 => Ok(writeln!(out, "All is as the events have it.")?),
            1 => bail!("1 thing is not as it should be"),
            several => bail!("{several} things are not as they should be"),
        }
    }
}

/// Names what is found above the bar.
struct Told(Counter);

impl Watch for Told {
    fn begins(&self, events: u64) {
        self.0.begin("events checked", events);
    }

    fn checked(&self, events: u64) {
        self.0.more(events);
    }

    fn found(&self, finding: &Finding) {
        self.0.say(&finding.to_string());
    }
}
