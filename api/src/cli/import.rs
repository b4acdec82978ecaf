//! `throughline import`
mod bar;

use std::{io::Write, path::PathBuf, sync::Arc};

use anyhow::bail;
use api::Telemetry;
use clap::{Args, Subcommand};
use infrastructure::import::{Options, Report, ed_fi, one_roster};

use super::{Common, store::Store};
use bar::Bar;

/// Read a district's own files into the reference data.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    from: From,
    /// Where rows that cannot be used are listed [default: throughline-rejects-….csv in the current directory]
    #[arg(long, global = true, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Ed-Fi bulk XML, as districts exchange it
    EdFi {
        /// The directory with the interchange files
        directory: PathBuf,
    },
    /// OneRoster 1.1 CSV, whole or what changed
    OneRoster {
        /// The directory or ZIP archive with manifest.csv and the files that it lists
        export: PathBuf,
    },
}

impl Import {
    /// Reads everything or nothing; Ctrl-C leaves nothing half-done.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let imported = self.import(&store).await;
        store.database.stop().await;
        Ok(std::io::stdout().write_all(told(&imported?).as_bytes())?)
    }

    async fn import(&self, store: &Store) -> anyhow::Result<Report> {
        let options = Options { rejects: self.rejects.clone() };
        let (pool, bar) = (store.database.pool(), Arc::new(Bar::new()));
        let importing = async {
            match &self.from {
                From::EdFi { directory } => ed_fi::import(pool, directory, &options, bar).await,
                From::OneRoster { export } => one_roster::import(pool, export, &options, bar).await,
            }
        };
        tokio::select! {
            report = importing => Ok(report?),
            _ = tokio::signal::ctrl_c() => bail!("interrupted; nothing was stored"),
        }
    }
}

fn told(report: &Report) -> String {
    let head = format!("{:<44}{:>9}{:>9}{:>9}{:>11}{:>10}\n", "", "read", "new", "changed", "unchanged", "rejected");
    let kinds = report.kinds.iter().map(|kind| {
        let counts = [kind.read, kind.new, kind.changed].map(|count| format!("{count:>9}")).concat();
        format!("{:<44}{counts}{:>11}{:>10}\n", kind.kind, kind.unchanged, kind.rejected)
    });
    let rejects = report.rejects.iter().map(|file| format!("{} are listed in {}\n", report.listed, file.display()));
    let derived = report.derived.iter().filter(|(_, rows)| **rows > 0).map(|(what, rows)| format!("{what}: {rows}\n"));
    std::iter::once(head).chain(kinds).chain(derived).chain(rejects).collect()
}
