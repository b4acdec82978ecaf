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
use directory::{Files, files_of};

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
    run(pool, PlainCsv(files_of(directory)?), options, progress).await
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
        self.0.read(sink, reading::read)
    }

    fn parts(self) -> (Self, Vec<(PathBuf, Self)>) {
        let (first, apart) = self.0.parts(|_| true);
        (Self(first), apart.into_iter().map(|(path, files)| (path, Self(files))).collect())
    }
}
