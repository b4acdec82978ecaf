//! `GET /v1/students/{student}/interventions/{intervention}/tracking`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{Error, answer::InterventionTracking, sealing::Opened};
use domain::{EntryId, StudentId};

use super::{Cases, look::Look};
use crate::{Caller, Problem, Problems, Read, Shown};

/// Track an intervention: sessions, minutes, attendance and fidelity, and the progress of the goals that it serves.
#[utoipa::path(
    tag = "interventions",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("intervention" = uuid::Uuid, Path, description = "The intervention"),
        Read
    ),
    responses(
        (status = 200, description = "What was delivered, against what was planned", body = InterventionTracking),
        (status = 304, description = "Unchanged"),
        Problems
    ),
)]
#[get("/interventions/{intervention}/tracking")]
pub async fn show_intervention_tracking(
    cases: Data<Cases>,
    caller: Caller,
    path: Path<(StudentId, EntryId)>,
    _: Read,
) -> Result<Shown<Opened<InterventionTracking>>, Problem> {
    let (student, intervention) = path.into_inner();
    let Look { file, version, reader, opening } = cases.look(&caller.principal, student, None).await?;
    let record = cases.read.entry(student, intervention).await?;
    let record = record.filter(|record| reader.opens(record)).ok_or(Error::NotFound)?;
    let tracking = InterventionTracking::of(&record, &file, &reader).ok_or(Error::NotFound)?;
    cases.write_down(&reader, student, "show_intervention_tracking").await?;
    Ok(Shown::seen(opening.open(&tracking)?, version, reader.look()))
}
