//! `GET /v1/students/{student}/plan`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{answer::SupportPlan, sealing::Opened};
use domain::StudentId;

use super::{Cases, look::Look, show_case::AsOf};
use crate::{Caller, Params, Problem, Problems, Read, Shown};

/// Show the individualized support plan.
///
/// Team, needs, strengths, goals with progress against their aimlines, interventions with planned against delivered
/// dosage, referrals, consents, follow-ups: what is open, and what ended last.
#[utoipa::path(
    tag = "support plan",
    params(("student" = uuid::Uuid, Path, description = "The student"), AsOf, Read),
    responses((status = 200, description = "The plan", body = SupportPlan), (status = 304, description = "Unchanged"), Problems),
)]
#[get("/plan")]
pub async fn show_support_plan(
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    query: Params<AsOf>,
    read: Read,
) -> Result<Shown<Opened<SupportPlan>>, Problem> {
    let as_of = query.0.as_of;
    if let Some(unchanged) = cases.unchanged(&caller.principal, *student, as_of, &read).await? {
        return Ok(unchanged);
    }
    let Look { file, version, reader, opening } = cases.look(&caller.principal, *student, as_of).await?;
    let opened = opening.open(&SupportPlan::of(&file, version, as_of, &reader))?;
    cases.write_down(&reader, *student, "show_support_plan").await?;
    Ok(Shown::seen(opened, version, reader.look()))
}
