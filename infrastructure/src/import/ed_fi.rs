//! Ed-Fi bulk XML, as districts exchange it: elements are known by their names as of Data Standard 5, of whatever version the file is.
mod derivations;
mod directory;
mod interchange;
mod json;
mod kinds;
mod roles;

use std::{path::Path, sync::Arc};

use deadpool_postgres::Pool;

use super::{ImportError, Options, Progress, Report, run::run};
use directory::EdFi;

pub use json::import_json;
pub use roles::ROLES;

/// The source's name in the column `source` and in `external_ids`.
pub const SOURCE: &str = "ed-fi";

/// Imports every Ed-Fi interchange in `directory`. Dropping the future leaves nothing stored.
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
    run(pool, EdFi::open(directory)?, options, progress).await
}
