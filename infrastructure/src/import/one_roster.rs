//! OneRoster 1.1 CSV, whole (bulk) or what changed (delta), from a directory or a ZIP archive.
//!
//! What is "to be deleted" ends: the row stays, with the date. What a bulk file no longer lists is left as it is, for a
//! file cut short would otherwise end everybody.
mod archive;
mod derivations;
mod kinds;
mod manifest;
mod table;

use std::{path::Path, sync::Arc};

use deadpool_postgres::Pool;

use super::{
    ImportError, Options, Progress, Report,
    derive::Derivation,
    kind::Kind,
    reading::{Sink, Source},
    run::run,
};
use archive::Archive;
use manifest::Mode;

/// The source's name in the column `source` and in `external_ids`.
pub const SOURCE: &str = "one-roster";

/// Imports a OneRoster export. Dropping the future leaves nothing stored.
///
/// # Errors
///
/// [`ImportError`]: nothing is stored then. Rows that cannot be used are no error: they are counted and listed.
pub async fn import(
    pool: &Pool,
    directory_or_zip: &Path,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    run(pool, OneRoster(Archive::open(directory_or_zip)?), options, progress).await
}

struct OneRoster(Archive);

impl Source for OneRoster {
    fn name(&self) -> &'static str {
        SOURCE
    }

    fn kinds(&self) -> &'static [Kind] {
        kinds::KINDS
    }

    fn derivations(&self) -> &'static [Derivation] {
        derivations::DERIVATIONS
    }

    fn read(mut self, sink: &mut Sink) -> Result<(), ImportError> {
        let progress = sink.progress();
        let listed = manifest::read(self.0.file(manifest::FILE, progress.clone())?)?;
        let used = |file: &str| kinds::KINDS.iter().any(|kind| kind.elements.contains(&file));
        progress.begins(listed.iter().map(|(file, _)| self.0.size(&format!("{file}.csv"))).sum());
        for (file, mode) in listed {
            let name = format!("{file}.csv");
            match mode {
                Mode::Absent => {}
                Mode::Bulk | Mode::Delta if !used(&file) => sink.not_used(&name),
                Mode::Bulk | Mode::Delta => {
                    progress.now(&name);
                    table::read(&file, &name, self.0.file(&name, progress.clone())?, mode, sink)?;
                }
            }
        }
        Ok(())
    }
}
