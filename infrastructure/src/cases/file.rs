//! The case file: as it stands, or folded from the log as it stood.
use application::{
    Error, Project,
    view::{CaseFile, Standing},
};
use chrono::{DateTime, Utc};
use domain::{StudentId, case::Case};
use tokio_postgres::Row;
use uuid::Uuid;

use super::PgCases;
use crate::{database::failed, log::replay};

/// The files of many students at one instant.
pub const MANY: &str = "SELECT student, body, version FROM case_files WHERE student = ANY($1)";

pub async fn now(cases: &PgCases, student: StudentId) -> Result<Option<(CaseFile, u64)>, Error> {
    let rows = cases.files.ask(student.uuid()).await.map_err(failed)?;
    let file = |row: &Row| {
        let file = serde_json::from_str(row.get(1)).map_err(failed)?;
        Ok((file, row.get::<_, i64>(2) as u64))
    };
    rows.as_ref().and_then(|rows| rows.first()).map(file).transpose()
}

/// The content of then under the visibilities and moves of today.
pub async fn then(cases: &PgCases, student: StudentId, then: DateTime<Utc>) -> Result<Option<(CaseFile, u64)>, Error> {
    let mut file = CaseFile::default();
    let mut version = 0;
    for past in replay::events::<Case>(&cases.client().await?, student.uuid(), Some(then)).await? {
        version = past.version;
        Case::project(&mut file, &past.happening());
    }
    if version == 0 {
        return Ok(None);
    }
    let select = "SELECT entry, visibility, standing FROM entries WHERE student = $1 AND entry = ANY($2)";
    let entries: Vec<Uuid> = file.records.keys().map(|entry| entry.uuid()).collect();
    for row in cases.query(select, &[&student.uuid(), &entries]).await? {
        let entry = row.get::<_, Uuid>(0).into();
        if row.get::<_, &str>(2).parse() == Ok(Standing::Moved) {
            file.take(entry);
        } else if let Some(record) = file.records.get_mut(&entry) {
            let unreadable = |_| Error::unavailable("a visibility cannot be read");
            record.visibility = row.get::<_, &str>(1).parse().map_err(unreadable)?;
        }
    }
    Ok(Some((file, version)))
}
