//! `GET /v1/exports/case-histories`
use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use application::{access::effects::decide_case_histories, histories::histories};
use futures::StreamExt;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{answer::answer, form::Form, sheets, table::Table};
use crate::{Caller, Cases, Outcomes, Params, Problem, Problems, outcomes::school_year};

/// Of which year.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfYear {
    /// The school year in which support began, by the year in which it ends; the present one, if nothing is said.
    #[serde(default)]
    #[param(value_type = u16, required = false, minimum = 1900, maximum = 2999, example = 2026)]
    pub school_year: Option<i16>,
}

/// Export case histories that name nobody.
///
/// For researchers: what was done and how it went, of each student whose support began in the year, in school days from the
/// first support, under an id that is drawn for this export. No words, names, days of the calendar, schools or partners.
/// What fewer than ten students have in common is not told; of fewer than ten students nothing is. As CSV, or with
/// `Accept: application/vnd.apache.parquet` as Parquet. The columns: `/v1/exports/data-dictionary`. For the privacy
/// officer, who decides to whom it goes.
#[utoipa::path(
    tag = "exports",
    params(OfYear),
    responses(
        (status = 200, description = "The histories", content(
            (String = "text/csv", example = "subject,grades,school_day,what,code,number,of"),
            (String = "application/vnd.apache.parquet", example = "PAR1"),
        )),
        Problems,
    ),
)]
#[get("/exports/case-histories")]
pub async fn export_case_histories(
    request: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    year: Params<OfYear>,
) -> Result<HttpResponse, Problem> {
    decide_case_histories(&caller.principal)?;
    let today = cases.today_of(&caller.principal, None).await?;
    let year = school_year(year.0.school_year, today);
    let all = histories(year, outcomes.read.clone(), outcomes.served.clone()).await?;
    tracing::info!(%year, "case histories are exported");
    let rows = all.map(|page| page.map(|page| sheets::histories(&page)));
    Ok(answer(Form::asked_for(&request), Table::new(&sheets::CASE_HISTORIES, rows))?)
}
