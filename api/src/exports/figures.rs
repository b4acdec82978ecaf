//! `GET /v1/exports/effects`, `GET /v1/exports/school-bands` and `GET /v1/exports/school-figures`
use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use application::{access::effects::decide_effects, register::DistrictAccess};

use super::{answer::hand_out, form::Form, gathered, table::Table};
use crate::{
    Caller, Cases, Figures, Outcomes, Params, Problem, Problems, ReadBehind, Reference,
    figures::Weeks,
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
    let table = gathered::effects(&outcomes, asked).await?;
    handed_out("export_effects", &request, (&cases, &caller), table).await
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
    let schools = gathered::every_school(reference.read.as_ref()).await?;
    let table = gathered::school_bands(&outcomes, schools, year, policy);
    handed_out("export_school_bands", &request, (&cases, &caller), table).await
}

/// Export what was done and what stands open at each school.
///
/// The numbers of `/v1/schools/{school}/figures`, a row for each: cases and interventions by status and tier, contacts and
/// sessions by week with their minutes, referrals by status and how long they wait, follow-ups by whether they are due. As
/// CSV, or with `Accept: application/vnd.apache.parquet` as Parquet; it leaves school by school. Numbers below ten are not
/// told. The columns: `/v1/exports/data-dictionary`. For the district's program managers.
#[utoipa::path(
    tag = "exports",
    params(Weeks, ReadBehind),
    responses(
        (status = 200, description = "The table", content(
            (String = "text/csv", example = "school,as_of,measure,status,week,tier,waiting,due,number,minutes"),
            (String = "application/vnd.apache.parquet", example = "PAR1"),
        )),
        Problems,
    ),
)]
#[get("/exports/school-figures")]
pub async fn export_school_figures(
    request: HttpRequest,
    figures: Data<Figures>,
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    weeks: Params<Weeks>,
    _: ReadBehind,
) -> Result<HttpResponse, Problem> {
    decide_effects(&caller.principal)?;
    let schools = gathered::every_school(reference.read.as_ref()).await?;
    let when = (weeks.0.weeks, cases.clock.now());
    let table = gathered::school_figures(&figures, cases.calendars.clone(), schools, when);
    handed_out("export_school_figures", &request, (&cases, &caller), table).await
}

/// Figures tell of no few students; that they went out is in the log as it is where the command takes the same tables, so that
/// whoever reads it sees all that left.
async fn handed_out(
    operation: &str,
    request: &HttpRequest,
    (cases, caller): (&Cases, &Caller),
    table: Table,
) -> Result<HttpResponse, Problem> {
    let access = DistrictAccess::of(&caller.principal, operation, cases.clock.now());
    // Nothing stands there but what the operation takes: other parameters are refused.
    let asked = Some(request.query_string()).filter(|asked| !asked.is_empty()).map(str::to_owned);
    Ok(hand_out((Form::asked_for(request), table), cases.register.as_ref(), access, asked).await?)
}
