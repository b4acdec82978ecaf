//! Whom a case is tied to, as its line in the caseload has it: all but what is shared with partners.
use application::{Error, access::Ties};
use domain::StudentId;
use tokio_postgres::{Row, types::Json};
use uuid::Uuid;

use super::PgCases;
use crate::database::failed;

/// The ties of many students at one instant.
pub const MANY: &str = "SELECT student, school, mentors, version, handed_over FROM caseload WHERE student = ANY($1)";

pub async fn now(cases: &PgCases, student: StudentId) -> Result<Option<(Ties, u64)>, Error> {
    let rows = cases.ties.ask(student.uuid()).await.map_err(failed)?;
    let first = rows.as_ref().and_then(|rows| rows.first());
    first.map(|row| Ok((of(student, row)?, row.get::<_, i64>(3) as u64))).transpose()
}

/// The ties of `student`, as the columns `school`, `mentors` and `handed_over` of the caseload have them.
pub fn of(student: StudentId, row: &Row) -> Result<Ties, Error> {
    let mentors = row.get::<_, Vec<Uuid>>("mentors").into_iter().map(Into::into);
    let Json(handed_over) = row.try_get("handed_over").map_err(failed)?;
    Ok(Ties { handed_over, ..Ties::at(student, row.get::<_, Uuid>("school").into(), mentors) })
}
