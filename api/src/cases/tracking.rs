//! `GET /v1/students/{student}/interventions/{intervention}/tracking`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    Error,
    answer::{InterventionTracking, look_at_goals},
    sealing::Opened,
};
use domain::{EntryId, StudentId};

use super::{Cases, look::Look};
use crate::{Caller, Outcomes, Problem, Problems, Read, Reference, Shown};

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
    outcomes: Data<Outcomes>,
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(StudentId, EntryId)>,
    _: Read,
) -> Result<Shown<Opened<InterventionTracking>>, Problem> {
    let (student, intervention) = path.into_inner();
    let Look { file, version, reader, opening } = cases.look(&caller.principal, student, None).await?;
    let record = cases.read.entry(student, intervention).await?;
    let record = record.filter(|record| reader.opens(record)).ok_or(Error::NotFound)?;
    let asking = (&**cases, &**reference, &*caller.principal);
    let told = outcomes.told(asking, (student, &file), &reader, reader.today).await?;
    let known = told.as_ref().map(|told| (told, reader.today));
    let tracking = InterventionTracking::of(&record, &file, &reader, known).ok_or(Error::NotFound)?;
    cases.write_down(&reader, student, "show_intervention_tracking").await?;
    let look = look_at_goals(&reader, &tracking.goals);
    Ok(Shown::seen(opening.open(&tracking)?, version, look))
}
