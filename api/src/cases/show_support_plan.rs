//! `GET /v1/students/{student}/plan`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    answer::{SupportPlan, look_at_goals},
    sealing::Opened,
};
use domain::StudentId;

use super::{Cases, look::Look, show_case::AsOf};
use crate::{Caller, Outcomes, Params, Problem, Problems, Read, Reference, Shown};

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
    outcomes: Data<Outcomes>,
    reference: Data<Reference>,
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
    let until = as_of.map_or(reader.today, |at| reader.calendar.today(at));
    let asking = (&**cases, &**reference, &*caller.principal);
    let told = outcomes.told(asking, (*student, &file), &reader, until).await?;
    let plan = SupportPlan::of(&file, version, as_of, &reader, told.as_ref().map(|told| (told, until)));
    let (opened, look) = (opening.open(&plan)?, look_at_goals(&reader, &plan.goals));
    cases.write_down(&reader, *student, "show_support_plan").await?;
    Ok(Shown::seen(opened, version, look))
}
