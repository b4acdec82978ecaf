//! CSV for schools whose system exports neither Ed-Fi nor OneRoster: one file a kind, columns known by their names.
//!
//! The layout is written down in `docs/importing.md`; it is made of [`kinds`] and [`columns`].
mod columns;
mod derivations;
mod directory;
mod kinds;
mod mending;
mod reading;
mod style;
mod writing;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use deadpool_postgres::Pool;

use super::{
    ImportError, Options, Progress, Report,
    derive::Derivation,
    kind::Kind,
    reading::{Sink, Source},
    run::run,
};
use directory::{CsvFile, Files};

/// The source's name in the column `source` and in `external_ids`.
pub const SOURCE: &str = "csv";

/// Imports the CSV files of `directory` that are named after a kind. Dropping the future leaves nothing stored.
///
/// # Errors
///
/// [`ImportError`]: nothing is stored then. Rows that cannot be used are no error: they are counted and listed.
pub async fn import(
    pool: &Pool,
    directory: &Path,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    run(pool, PlainCsv(Files::of(directory)?), options, progress).await
}

struct PlainCsv(Files);

impl Source for PlainCsv {
    fn name(&self) -> &'static str {
        SOURCE
    }

    fn kinds(&self) -> &'static [Kind] {
        kinds::KINDS
    }

    fn derivations(&self) -> &'static [Derivation] {
        derivations::DERIVATIONS
    }

    fn read(self, sink: &mut Sink) -> Result<(), ImportError> {
        sink.progress().begins(self.0.bytes());
        for name in &self.0.unknown {
            sink.not_used(name);
        }
        for file in &self.0.referred_to {
            reading::read(file, sink)?;
        }
        sink.settled()?;
        for file in &self.0.referring {
            reading::read(file, sink)?;
        }
        Ok(())
    }

    fn parts(self) -> (Self, Vec<(PathBuf, Self)>) {
        let Files { referred_to, referring, unknown } = self.0;
        let alone = |file: CsvFile| (file.path.clone(), Self(Files { referring: vec![file], ..Files::default() }));
        let first = Self(Files { referred_to, unknown, ..Files::default() });
        (first, referring.into_iter().map(alone).collect())
    }
}
