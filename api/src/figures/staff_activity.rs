//! `GET /v1/staff/{staff}/activity`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{access::decide_activity, answer::StaffActivity};
use domain::StaffId;

use super::{Figures, Weeks};
use crate::{Caller, Cases, Params, Problem, Problems, ReadBehind, Reference, Shown};

/// Show what a member of staff did, and has to do.
///
/// One's own; or, for who leads a school, what its staff did there. What the caller may not read is not counted either.
/// Figures follow the log by moments: `counted` says how far, and a `Consistency-Token` makes sure of what was just
/// written.
#[utoipa::path(
    tag = "figures",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff"), Weeks, ReadBehind),
    responses((status = 200, description = "What they did", body = StaffActivity), Problems),
)]
#[get("/staff/{staff}/activity")]
pub async fn show_staff_activity(
    figures: Data<Figures>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    staff: Path<StaffId>,
    weeks: Params<Weeks>,
    _: ReadBehind,
) -> Result<Shown<StaffActivity>, Problem> {
    if *staff != caller.principal.staff {
        reference.colleague(&cases, &caller.principal, *staff).await?;
    }
    let scope = decide_activity(&caller.principal, *staff)?;
    let today = cases.today_of(&caller.principal, None).await?;
    let since = weeks.0.since(today);
    let (cells, counted) = figures.read.of_staff(*staff, &scope, since).await?;
    Ok(Shown::new(StaffActivity::of((*staff, today, since), &cells, counted)))
}
