//! `GET /v1/students/{student}/outcomes`
use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use application::{
    EntryFilter, Error, Page, access::indicators::decide_indicators, answer::StudentOutcomes, view::Kind,
};
use domain::{
    StudentId,
    indicator::{SchoolYear, StudentYear},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Outcomes,
    picture::{shown_or_drawn, student_picture},
    told::INDICATORS,
};
use crate::{Caller, Cases, Params, Problem, Problems, Reference};

/// Which year.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Year {
    /// The school year, by the year in which it ends; the latest of which anything is known, if nothing is said.
    #[serde(default)]
    #[param(value_type = u16, required = false, minimum = 1900, maximum = 2999, example = 2022)]
    pub school_year: Option<i16>,
}

/// What stands on the axis, of the student's case.
const KINDS: [Kind; 5] = [Kind::Intervention, Kind::Session, Kind::Referral, Kind::Goal, Kind::Contact];
/// More entries than a year has.
const ALL: u32 = 5_000;

/// Show a student's outcomes and the interventions over them, side by side.
///
/// One axis of time: attendance by week, incidents, grades; interventions with their sessions, referrals, goals, contacts;
/// and how fresh each source is. With `Accept: image/svg+xml` it is answered as a picture, which names nobody. What the
/// caller may not read is not in it.
#[utoipa::path(
    tag = "outcomes",
    params(("student" = uuid::Uuid, Path, description = "The student"), Year),
    responses(
        (status = 200, description = "The year", content(
            (StudentOutcomes = "application/json"),
            (String = "image/svg+xml", example = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        )),
        Problems,
    ),
)]
#[get("/outcomes")]
pub async fn show_student_outcomes(
    request: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    student: Path<StudentId>,
    year: Params<Year>,
) -> Result<HttpResponse, Problem> {
    let ties = reference.ties_of(&cases, &caller.principal, *student).await?;
    decide_indicators(&caller.principal, &ties)?;
    let school_year = match year.0.school_year {
        Some(year) => SchoolYear::from(year),
        None => match outcomes.read.student_known_through(*student).await? {
            Some(day) => SchoolYear::of(day),
            None => SchoolYear::of(cases.today_of(&caller.principal, ties.schools.first().copied()).await?),
        },
    };
    let told =
        outcomes.read.years(&[*student], school_year).await?.remove(&*student).unwrap_or_else(StudentYear::default);
    let schools = outcomes.schools_of([&told], school_year).await?;
    // Who may see the student need not be able to see a case.
    let look = match cases.look(&caller.principal, *student, None).await {
        Ok(look) => Some(look),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let records = match look {
        Some(_) => {
            let filter = EntryFilter { kinds: KINDS.to_vec(), ..EntryFilter::default() };
            cases.read.entries(*student, &filter, &Page { after: None, limit: ALL }).await?
        }
        None => vec![],
    };
    let school = told.stays.last().map(|stay| stay.school).or(ties.schools.first().copied());
    let sources = match school {
        Some(school) => outcomes.read.sources(school).await?,
        None => Default::default(),
    };
    let reader = look.as_ref().map(|look| &look.reader);
    let shown = StudentOutcomes::of((*student, school_year), &told, &schools, (&records, reader), &sources);
    if let Some(reader) = reader {
        INDICATORS.into_iter().for_each(|category| reader.saw(category));
        cases.write_down(reader, *student, "show_student_outcomes").await?;
    }
    shown_or_drawn(&request, &shown, student_picture)
}
