//! `GET /v1/schools/{school}/bands`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{
    access::indicators::decide_school_bands,
    answer::{BandCounts, SchoolBands},
};
use chrono::NaiveDate;
use domain::{SchoolId, indicator::SchoolYear};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    judging::{policies, usual},
};
use crate::{Caller, Cases, Params, Problem, Problems, Shown};

/// As of which day, and under which policy.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Judged {
    /// As of this day; as of the last day that the school has submitted, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false, example = "2022-05-27")]
    pub as_of: Option<NaiveDate>,
    /// Under this policy, by name or as `name@version`.
    #[serde(default = "usual")]
    #[param(required = false, default = "attendance-works", max_length = 70, example = "nysed-2025")]
    pub policy: String,
}

/// Show how many of a school's students are in which band.
///
/// For who works at the school, and for the district's program managers, to whom numbers below ten are not told, nor
/// what they could be worked out from.
#[utoipa::path(
    tag = "outcomes",
    params(("school" = uuid::Uuid, Path, description = "The school"), Judged),
    responses((status = 200, description = "The numbers", body = SchoolBands), Problems),
)]
#[get("/schools/{school}/bands")]
pub async fn show_school_bands(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    school: Path<SchoolId>,
    judged: Params<Judged>,
) -> Result<Shown<SchoolBands>, Problem> {
    let small_numbers = decide_school_bands(&caller.principal, *school)?;
    let known_through = outcomes.read.school_known_through(*school).await?;
    let today = cases.today_of(&caller.principal, Some(*school)).await?;
    let as_of = judged.0.as_of.or(known_through).unwrap_or(today);
    let (school_year, all) = (SchoolYear::of(as_of), outcomes.policies.policies().await?);
    let named = [judged.0.policy];
    let policies = policies(&all, &named, as_of)?;
    let students = outcomes.read.students_of(*school, as_of).await?;
    let years = outcomes.read.years(&students, school_year).await?;
    let schools = outcomes.schools_of(years.values(), school_year).await?;
    let mut shown = policies.into_iter().map(|(known, in_force)| {
        let bands = years.values().map(|year| known.policy.judge(year, &schools, as_of).band);
        let BandCounts { students, cells: [on_track, at_risk, chronic, severe, unknown] } =
            BandCounts::of(bands, small_numbers);
        SchoolBands {
            school: *school,
            as_of,
            known_through,
            policy: known.version.clone(),
            in_force,
            students,
            on_track,
            at_risk,
            chronic,
            severe,
            unknown,
        }
    });
    Ok(Shown::new(shown.next().ok_or(application::Error::NotFound)?))
}
