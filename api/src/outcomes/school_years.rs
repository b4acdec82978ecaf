//! `GET /v1/schools/{school}/years`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{access::indicators::decide_school_bands, answer::SchoolYears};
use domain::SchoolId;

use super::{
    Outcomes,
    judging::{judged_by, usual},
};
use crate::{Caller, Cases, Problem, Problems, Shown};

/// Show chronic absence at a school beside the district's, year by year.
///
/// By one definition, the version of `attendance-works` in force today, as of the last day of each year that the school has
/// submitted. The school's numbers are worked out anew; the district's are the sum of its schools', each as of its own last
/// day, some minutes old. `not_known` says what nobody has told, such as graduation. For who works at the school, and for the
/// district's program managers, to whom small numbers are not told.
#[utoipa::path(
    tag = "outcomes",
    params(("school" = uuid::Uuid, Path, description = "The school")),
    responses((status = 200, description = "The years", body = SchoolYears), Problems),
)]
#[get("/schools/{school}/years")]
pub async fn show_school_years(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    school: Path<SchoolId>,
) -> Result<Shown<SchoolYears>, Problem> {
    let small_numbers = decide_school_bands(&caller.principal, *school)?;
    let today = cases.today_of(&caller.principal, Some(*school)).await?;
    let policy = judged_by(&outcomes, usual(), today).await?;
    let years = outcomes.years.school_years(*school, &policy).await?;
    Ok(Shown::new(SchoolYears::of(*school, &policy.version, &years, small_numbers)))
}
