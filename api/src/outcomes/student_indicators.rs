//! `GET /v1/students/{student}/indicators`
use actix_web::{
    get,
    web::{Data, Path},
};
use application::{access::indicators::decide_indicators, answer::StudentIndicators};
use chrono::NaiveDate;
use domain::{
    StudentId,
    indicator::{SchoolYear, StudentYear},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    judging::{policies, usual},
};
use crate::{Caller, Cases, Params, Problem, Problems, Reference, Shown};

/// As of which day, and under which policies.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// As of this day, of its school year; as of the last day of which anything is known, if nothing is said.
    #[serde(default)]
    #[param(value_type = String, format = Date, required = false, example = "2022-05-27")]
    pub as_of: Option<NaiveDate>,
    /// Under this policy, in the version in force that day, or as `name@version` in that version; several stand side by
    /// side. Under `attendance-works`, if nothing is said.
    #[serde(default)]
    #[param(required = false, max_items = 20, example = json!(["attendance-works", "nysed-2025"]))]
    pub policy: Vec<String>,
}

/// Show a student's indicators, and under which band each policy puts the student.
///
/// Attendance, conduct and courses over the school year as of a day. For who works at the student's school, and the
/// student's mentor. A day after the last one that the school has submitted is unknown, not present.
#[utoipa::path(
    tag = "outcomes",
    params(("student" = uuid::Uuid, Path, description = "The student"), Wanted),
    responses((status = 200, description = "The indicators", body = StudentIndicators), Problems),
)]
#[get("/indicators")]
pub async fn show_student_indicators(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    student: Path<StudentId>,
    wanted: Params<Wanted>,
) -> Result<Shown<StudentIndicators>, Problem> {
    let ties = reference.ties_of(&cases, &caller.principal, *student).await?;
    decide_indicators(&caller.principal, &ties)?;
    let as_of = match wanted.0.as_of {
        Some(day) => day,
        None => match outcomes.read.student_known_through(*student).await? {
            Some(day) => day,
            None => cases.today_of(&caller.principal, ties.schools.first().copied()).await?,
        },
    };
    let (school_year, all) = (SchoolYear::of(as_of), outcomes.policies.policies().await?);
    let usual = vec![usual()];
    let names = if wanted.0.policy.is_empty() { &usual } else { &wanted.0.policy };
    let policies = policies(&all, names, as_of)?;
    let year =
        outcomes.read.years(&[*student], school_year).await?.remove(&*student).unwrap_or_else(StudentYear::default);
    let schools = outcomes.schools_of([&year], school_year).await?;
    cases.write_indicators_down(&caller.principal, *student, "show_student_indicators").await?;
    Ok(Shown::new(StudentIndicators::of((*student, as_of), &year, &schools, &policies)))
}
