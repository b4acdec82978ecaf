//! `GET /v1/exports/effects` and `GET /v1/exports/school-bands`
use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use application::{Error, Page, access::effects::decide_effects, answer::SchoolOutcomes};
use domain::SchoolId;
use futures::{StreamExt, stream};

use super::{form::Form, sheets, table::answer};
use crate::{
    Caller, Cases, Outcomes, Params, Problem, Problems, Reference,
    outcomes::{EffectsWanted, YearAtSchool, judged_by, school_year},
};

/// Export what changed after support began, across schools.
///
/// The numbers of `/v1/effects` as CSV, or with `Accept: application/vnd.apache.parquet` as Parquet: a row for each group, and
/// for each dosage in it. The columns: `/v1/exports/data-dictionary`. For the district's program managers.
#[utoipa::path(
    tag = "exports",
    params(EffectsWanted),
    responses(
        (status = 200, description = "The table", content(
            (String = "text/csv", example = "school_year,by,outcome,window,policy,group,dosage,served,compared_with"),
            (String = "application/vnd.apache.parquet", example = "PAR1"),
        )),
        Problems,
    ),
)]
#[get("/exports/effects")]
pub async fn export_effects(
    request: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    wanted: Params<EffectsWanted>,
) -> Result<HttpResponse, Problem> {
    decide_effects(&caller.principal)?;
    let asked = wanted.0.asked(&outcomes, &cases, &caller, None).await?;
    let rows = sheets::effects(&outcomes.worked_out(asked).await?);
    Ok(answer(Form::asked_for(&request), &sheets::EFFECTS, stream::iter([Ok(rows)]))?)
}

/// Export how many students of each school were in which band, month by month.
///
/// A row for each school and month, as CSV, or with `Accept: application/vnd.apache.parquet` as Parquet; it leaves school by
/// school. Numbers below ten are not told, nor what they could be worked out from. The columns:
/// `/v1/exports/data-dictionary`. For the district's program managers.
#[utoipa::path(
    tag = "exports",
    params(YearAtSchool),
    responses(
        (status = 200, description = "The table", content(
            (String = "text/csv", example = "school,policy,as_of,students,on_track,at_risk,chronic,severe,unknown"),
            (String = "application/vnd.apache.parquet", example = "PAR1"),
        )),
        Problems,
    ),
)]
#[get("/exports/school-bands")]
pub async fn export_school_bands(
    request: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    wanted: Params<YearAtSchool>,
) -> Result<HttpResponse, Problem> {
    decide_effects(&caller.principal)?;
    let today = cases.today_of(&caller.principal, None).await?;
    let year = school_year(wanted.0.school_year, today);
    let policy = judged_by(&outcomes, wanted.0.policy, today.min(*year.days().end())).await?;
    let schools = every_school(&reference).await?;
    let outcomes = outcomes.get_ref().clone();
    let rows = stream::iter(schools).then(move |school| {
        let (outcomes, policy) = (outcomes.clone(), policy.clone());
        async move {
            let known = outcomes.enrolled_at(school, year).await?;
            let months = SchoolOutcomes::bands_of(school, year, &known, &policy, false);
            Ok::<_, Error>(sheets::bands(school, &policy.version, &months))
        }
    });
    Ok(answer(Form::asked_for(&request), &sheets::BANDS, rows)?)
}

/// How many schools are read at a time.
const PAGE: u32 = 200;

async fn every_school(reference: &Reference) -> Result<Vec<SchoolId>, Error> {
    let (mut schools, mut after) = (vec![], None);
    loop {
        let page = reference.read.schools(None, &Page { after, limit: PAGE }).await?;
        let full = page.len() == PAGE as usize;
        after = page.last().map(|(_, after)| after.clone()).filter(|_| full);
        schools.extend(page.into_iter().map(|(school, _)| school.id));
        if after.is_none() {
            return Ok(schools);
        }
    }
}
