//! `throughline import`
mod bar;

use std::{io::Write, path::PathBuf, sync::Arc};

use anyhow::bail;
use api::Telemetry;
use application::SystemClock;
use clap::{Args, Subcommand};
use infrastructure::{
    Bell, Drawn, draw_consequences,
    import::{Options, Recorded, Report, also, ed_fi, one_roster, plain_csv, record},
};

use super::{Common, cases::use_cases, store::Store};
use bar::Bar;

/// Read a district's own files into the reference data.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    from: From,
    /// Where rows that cannot be used are listed [default: throughline-rejects-….csv in the current directory]
    #[arg(long, global = true, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Store each file of attendance, grades and the like on its own, so many at once: for whole years of large districts.
    /// Interrupted, the same command goes on with the files that are not stored yet
    #[arg(long, global = true, value_name = "AT ONCE", num_args = 0..=1, default_missing_value = "2")]
    by_file: Option<usize>,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Ed-Fi bulk XML, as districts exchange it
    EdFi {
        /// The directory with the interchange files
        directory: PathBuf,
        /// Take students without an enrolment to be enrolled for all days of the sessions, and attendance to be submitted
        /// for all of them; whatever rests on it says so
        #[arg(long)]
        assume_enrolled: bool,
    },
    /// What the REST interface of an Ed-Fi ODS answers, kept in files: students.json, grades.ndjson, …
    EdFiJson {
        /// The directory with the files, each named after its resource
        directory: PathBuf,
        /// Take students without an enrolment to be enrolled for all days of the sessions, and attendance to be submitted
        /// for all of them; whatever rests on it says so
        #[arg(long)]
        assume_enrolled: bool,
    },
    /// CSV in the layout of docs/importing.md, for schools without Ed-Fi or OneRoster
    Csv {
        /// The directory with the files, each named after what it holds: students.csv, attendance-2026-03.csv, …
        directory: PathBuf,
        /// Take students without an enrolment to be enrolled for all days of the terms, and attendance to be submitted for
        /// all of them; whatever rests on it says so
        #[arg(long)]
        assume_enrolled: bool,
    },
    /// OneRoster 1.1 CSV, whole or what changed
    OneRoster {
        /// The directory or ZIP archive with manifest.csv and the files that it lists
        export: PathBuf,
    },
}

impl Import {
    /// Reads everything or nothing, then writes what concerns cases down on them; Ctrl-C leaves nothing half-done.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let imported = self.import(&store).await;
        store.database.stop().await;
        imported
    }

    /// Imports, and tells what came of it.
    async fn import(&self, store: &Store) -> anyhow::Result<()> {
        let assume_enrolled = match self.from {
            From::EdFi { assume_enrolled, .. }
            | From::EdFiJson { assume_enrolled, .. }
            | From::Csv { assume_enrolled, .. } => assume_enrolled,
            From::OneRoster { .. } => false,
        };
        let options = Options { rejects: self.rejects.clone(), assume_enrolled, by_file: self.by_file };
        let (pool, bar) = (store.database.pool(), Arc::new(Bar::new()));
        let importing = async {
            match &self.from {
                From::EdFi { directory, .. } => ed_fi::import(pool, directory, &options, bar).await,
                From::EdFiJson { directory, .. } => ed_fi::import_json(pool, directory, &options, bar).await,
                From::Csv { directory, .. } => plain_csv::import(pool, directory, &options, bar).await,
                From::OneRoster { export } => one_roster::import(pool, export, &options, bar).await,
            }
        };
        let report = tokio::select! {
            report = importing => report?,
            _ = tokio::signal::ctrl_c() => match self.by_file {
                None => bail!("interrupted; nothing was stored"),
                Some(_) => bail!("interrupted; the same command goes on with the files that are not stored yet"),
            },
        };
        std::io::stdout().write_all(told(&report).as_bytes())?;
        match self.from {
            From::EdFi { .. } | From::EdFiJson { .. } | From::Csv { .. } => self.record(store, &report).await,
            // What follows for cases the server sees to.
            From::OneRoster { .. } => Ok(()),
        }
    }

    /// The interventions that the district knows become events on the students' cases.
    async fn record(&self, store: &Store, report: &Report) -> anyhow::Result<()> {
        let (cases, _) = {
            let (pool, keyring) = (store.database.pool(), store.keyring().await?);
            use_cases(pool, keyring, &Bell::default(), Arc::new(SystemClock)).await?
        };
        let recorded = tokio::select! {
            recorded = record(store.database.pool(), &cases.commands, report.source) => recorded?,
            _ = tokio::signal::ctrl_c() => {
                bail!("interrupted; what was imported is stored, and importing again goes on with the students' cases")
            }
        };
        let Recorded { cases: opened, new, known, refused } = recorded;
        let mut told = format!("interventions on students' cases: {new} new, {known} known, {opened} cases opened\n");
        if !refused.is_empty() {
            let usual = || format!("throughline-rejects-{}.csv", report.batch).into();
            let path = report.rejects.clone().or_else(|| self.rejects.clone()).unwrap_or_else(usual);
            also(&path, report.rejects.is_some(), &refused)?;
            told += &format!("refused by their cases: {}, listed in {}\n", refused.len(), path.display());
        }
        std::io::stdout().write_all(told.as_bytes())?;
        let drawn = tokio::select! {
            drawn = draw_consequences(store.database.pool(), &cases.commands) => drawn?,
            _ = tokio::signal::ctrl_c() => {
                bail!("interrupted; what was imported is stored, and the server sees to what follows for cases")
            }
        };
        Ok(std::io::stdout().write_all(followed(&drawn).as_bytes())?)
    }
}

/// What followed for cases, of which anything did.
fn followed(drawn: &Drawn) -> String {
    let all = [
        ("cases opened by policies", drawn.cases),
        ("changes of band on students' cases", drawn.bands),
        ("calls home asked for", drawn.calls_home),
        ("calls home taken back", drawn.withdrawn),
    ];
    all.into_iter().filter(|(_, number)| *number > 0).map(|(what, number)| format!("{what}: {number}\n")).collect()
}

fn told(report: &Report) -> String {
    let head = format!("{:<50}{:>9}{:>9}{:>9}{:>11}{:>10}\n", "", "read", "new", "changed", "unchanged", "rejected");
    let kinds = report.kinds.iter().map(|kind| {
        let counts = [kind.read, kind.new, kind.changed].map(|count| format!("{count:>9}")).concat();
        format!("{:<50}{counts}{:>11}{:>10}\n", kind.kind, kind.unchanged, kind.rejected)
    });
    let listed = |file: &PathBuf| format!("not usable: {}, listed in {}\n", report.listed, file.display());
    let rejects = report.rejects.iter().map(listed);
    let as_before = (report.as_before > 0)
        .then(|| format!("files that are as they were when they were stored, not read again: {}\n", report.as_before));
    let derived = report.derived.iter().filter(|(_, rows)| **rows > 0).map(|(what, rows)| format!("{what}: {rows}\n"));
    // What names a file or a column of it; elements of a standard that are of no use here go without saying.
    let files = report.not_used.iter().filter(|(what, _)| what.contains('.'));
    let not_used = files.map(|(what, times)| format!("not used: {what} ({times})\n"));
    std::iter::once(head).chain(kinds).chain(derived).chain(not_used).chain(as_before).chain(rejects).collect()
}
