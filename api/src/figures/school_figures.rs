//! `GET /v1/schools/{school}/figures`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{access::decide_figures, answer::SchoolFigures};
use domain::SchoolId;

use super::{Figures, Weeks};
use crate::{Caller, Cases, Params, Problem, Problems, ReadBehind, Shown};

/// Show the figures of a school.
///
/// For who leads the school, and for the district's program managers, to whom numbers below ten are not told. What the
/// caller may not read is not counted either. Figures follow the log by moments: `counted` says how far, and a
/// `Consistency-Token` makes sure of what was just written.
#[utoipa::path(
    tag = "figures",
    params(("school" = uuid::Uuid, Path, description = "The school"), Weeks, ReadBehind),
    responses((status = 200, description = "The figures", body = SchoolFigures), Problems),
)]
#[get("/schools/{school}/figures")]
pub async fn show_school_figures(
    figures: Data<Figures>,
    cases: Data<Cases>,
    caller: Caller,
    school: Path<SchoolId>,
    weeks: Params<Weeks>,
    _: ReadBehind,
) -> Result<Shown<SchoolFigures>, Problem> {
    let sight = decide_figures(&caller.principal, *school)?;
    let today = cases.today_of(&caller.principal, Some(*school)).await?;
    let since = weeks.0.since(today);
    let (cells, counted) = figures.read.of_school(*school, &sight.compartments, since).await?;
    Ok(Shown::new(SchoolFigures::of((*school, today, since), &cells, counted, sight.small_numbers)))
}
