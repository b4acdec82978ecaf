//! `throughline export`
mod file;
mod of;
mod what;

use std::{io::Write, path::PathBuf};

use anyhow::Context;
use api::{Telemetry, exports::Form};
use application::register::{DistrictAccess, Exported, Register};
use chrono::Utc;
use clap::Args;
use infrastructure::PgRegister;

use super::{Common, store::Store};
use file::Unfinished;
use what::What;

/// Write figures for researchers to a file, as CSV or Parquet.
///
/// For a nightly job on the server's machine: the tables that program managers get over HTTP, small numbers left out, from
/// the same code. Case histories are not among them: those go to a person, through the privacy officer. The file is there whole or
/// not at all. What was exported is written down with the user of the operating system, where the privacy officer reads what
/// goes out over HTTP, too (`GET /v1/accesses`).
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

/// Where a table goes.
#[derive(Debug, Args)]
pub struct To {
    /// The file, which is replaced where there is one
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// In which form
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

impl Export {
    /// Writes the file, and says how many rows it has.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let written = tokio::select! {
            written = self.write(&store) => written,
            _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted; no file was written")),
        };
        store.database.stop().await;
        Ok(writeln!(std::io::stdout(), "{}", written?)?)
    }

    async fn write(&self, store: &Store) -> anyhow::Result<String> {
        let (pool, To { to, format }) = (store.database.pool(), self.what.to());
        let table = self.what.table(pool).await?;
        let name = table.name();
        let mut file = Unfinished::beside(to)?;
        let lines = file.take(table, *format).await?;
        let (what, asked, form) = (name.to_owned(), Some(self.what.asked()), format.ending().to_owned());
        let exported = Exported { what, asked, form, lines: Some(lines) };
        let user = whoami::username().context("the operating system does not say who runs this")?;
        let access = DistrictAccess::on_the_machine(&user, "export", exported, Utc::now());
        // Before anybody can have it.
        PgRegister::new(pool.clone()).write_down_of_district(access).await?;
        file.finish(to)?;
        Ok(format!("{lines} rows of {name} in {}, written down as exported by {user}", to.display()))
    }
}
