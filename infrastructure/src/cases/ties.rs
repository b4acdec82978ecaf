//! Whom a case is tied to, as its line in the caseload has it: all but what is shared with partners.
use application::{Error, access::Ties};
use domain::StudentId;
use tokio_postgres::Row;
use uuid::Uuid;

use super::PgCases;
use crate::database::failed;

/// The ties of many students at one instant.
pub const MANY: &str = "SELECT student, school, mentors, version FROM caseload WHERE student = ANY($1)";

pub async fn now(cases: &PgCases, student: StudentId) -> Result<Option<(Ties, u64)>, Error> {
    let rows = cases.ties.ask(student.uuid()).await.map_err(failed)?;
    let ties = |row: &Row| {
        let mentors = row.get::<_, Vec<Uuid>>(2).into_iter().map(Into::into);
        Ties::at(student, row.get::<_, Uuid>(1).into(), mentors)
    };
    let first = rows.as_ref().and_then(|rows| rows.first());
    Ok(first.map(|row| (ties(row), row.get::<_, i64>(3) as u64)))
}
