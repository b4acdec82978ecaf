//! What an Ed-Fi ODS answers over its REST interface, kept in files: one resource a file, as an array or one item a line.
mod documents;
mod fields;
mod resources;

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::Arc,
};

use deadpool_postgres::Pool;

use super::{SOURCE, derivations::DERIVATIONS, kinds::KINDS};
use crate::import::{
    ImportError, Options, Progress, Report,
    derive::Derivation,
    kind::Kind,
    lines::Lines,
    reading::{Sink, Source},
    run::run,
};
use documents::Documents;
use fields::Places;
use resources::{Items, Resource, Resources, resources_of};

/// Imports every file of `directory` that is named after a resource of the Ed-Fi ODS API, such as `students.json` or
/// `studentSchoolAttendanceEvents-2.ndjson`. They become the same records as the bulk XML does. Dropping the future leaves
/// nothing stored.
///
/// # Errors
///
/// [`ImportError`]: nothing is stored then. Rows that cannot be used are no error: they are counted and listed.
pub async fn import_json(
    pool: &Pool,
    directory: &Path,
    options: &Options,
    progress: Arc<dyn Progress>,
) -> Result<Report, ImportError> {
    run(pool, EdFiJson(resources_of(directory)?), options, progress).await
}

/// What there is most of, and what nothing else follows from but days that are submitted.
const LARGE: &[&str] = &[
    "StudentSchoolAttendanceEvent",
    "StudentSectionAttendanceEvent",
    "Grade",
    "CourseTranscript",
    "StudentAssessment",
];

struct EdFiJson(Resources);

impl Source for EdFiJson {
    fn name(&self) -> &'static str {
        SOURCE
    }

    fn kinds(&self) -> &'static [Kind] {
        KINDS
    }

    fn derivations(&self) -> &'static [Derivation] {
        DERIVATIONS
    }

    fn read(self, sink: &mut Sink) -> Result<(), ImportError> {
        self.0.read(sink, read)
    }

    fn parts(self) -> (Self, Vec<(PathBuf, Self)>) {
        let (first, large) = self.0.parts(|items| LARGE.contains(&items.element));
        (Self(first), large.into_iter().map(|(path, files)| (path, Self(files))).collect())
    }
}

/// Reads the items of one file.
fn read(resource: &Resource, sink: &mut Sink) -> Result<(), ImportError> {
    let Resource { path, name, holds: Items { kind, element }, .. } = resource;
    let progress = sink.progress();
    progress.now(name);
    sink.begin(name)?;
    let file = File::open(path).map_err(|e| ImportError::file(path, e))?;
    let mut documents = Documents::of(name, Lines::new(BufReader::with_capacity(1 << 16, file), progress));
    let places = Places::of(&sink.plans()[*kind]);
    let mut item = Vec::new();
    while let Some(line) = documents.next(&mut item)? {
        let malformed = |_| ImportError::Malformed { file: name.clone(), line, what: "not valid JSON".to_owned() };
        let item = serde_json::from_slice(&item).map_err(malformed)?;
        let mut fields = sink.plans()[*kind].fields();
        places.fill(&mut fields, element, &item);
        sink.row(*kind, line, None, &fields, None)?;
    }
    Ok(())
}
