//! `GET /v1/exports/case-histories/{request}`
use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use application::{
    Error,
    access::histories::{decide_histories_export, decide_histories_request},
    histories::histories,
    register::DistrictAccess,
};
use futures::StreamExt;
use uuid::Uuid;

use super::{answer::hand_out, form::Form, sheets, table::Table};
use crate::{Caller, Cases, Outcomes, Problem, Problems};

/// Export case histories that name nobody.
///
/// For researchers: what was done and how it went, of each student whose support began in the year, in school days from the
/// first support, under an id that is drawn for this export. No words, names, days of the calendar, schools or partners.
/// What fewer than ten students have in common is not told; of fewer than ten students nothing is. As CSV, or with
/// `Accept: application/vnd.apache.parquet` as Parquet. The columns: `/v1/exports/data-dictionary`. For who has asked for
/// them, while the privacy officer's agreement lasts and was not taken back, and for the privacy officer; each export is written down
/// (`/v1/accesses`).
#[utoipa::path(
    tag = "exports",
    params(("request" = uuid::Uuid, Path, description = "The request on which the privacy officer has agreed")),
    responses(
        (status = 200, description = "The histories", content(
            (String = "text/csv", example = "subject,grades,school_day,what,code,number,of"),
            (String = "application/vnd.apache.parquet", example = "PAR1"),
        )),
        Problems,
    ),
)]
#[get("/exports/case-histories/{request}")]
pub async fn export_case_histories(
    http: HttpRequest,
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    request: Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    decide_histories_request(&caller.principal)?;
    let request = outcomes.histories.request(*request).await?.ok_or(Error::NotFound)?;
    decide_histories_export(&caller.principal, request.requested_by)?;
    request.ensure_open().map_err(Error::from)?;
    let all = histories(request.school_year.into(), outcomes.read.clone(), outcomes.served.clone()).await?;
    let access = DistrictAccess {
        request: Some(request.request),
        school_year: Some(request.school_year),
        ..DistrictAccess::of(&caller.principal, "export_case_histories", cases.clock.now())
    };
    let rows = all.map(|page| page.map(|page| sheets::histories(&page)));
    let table = Table::new(&sheets::CASE_HISTORIES, rows);
    Ok(hand_out((Form::asked_for(&http), table), cases.register.as_ref(), access, None).await?)
}
