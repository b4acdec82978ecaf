//! Who wants case histories and what for, and what the privacy officer says to it.
use actix_web::{
    get, post,
    web::{Data, Path},
};
use application::{
    After, Error,
    access::histories::{decide_histories_decision, decide_histories_request},
    histories::{HistoriesDecision, HistoriesRequest, HistoriesWanted},
};
use uuid::Uuid;

use crate::{
    Body, Caller, Cases, Key, List, Listed, NoFilters, Outcomes, Page, Problem, Problems, Written, cursor,
    outcomes::school_year,
    reference::{Done, Granted},
};

/// Ask for case histories that name nobody.
///
/// With what they are for and who is to work with them. They can be exported once a privacy officer has agreed. For the
/// district's program managers and the privacy officer.
#[utoipa::path(tag = "exports", params(Key), request_body = HistoriesWanted, responses(Granted, Problems))]
#[post("/exports/case-histories")]
pub async fn request_case_histories(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    key: Key,
    body: Body<HistoriesWanted>,
) -> Result<Written, Problem> {
    decide_histories_request(&caller.principal)?;
    let today = cases.today_of(&caller.principal, None).await?;
    let year = school_year(body.0.school_year, today);
    outcomes.histories.ask(key.0, caller.staff.id, &body.0.purpose, year).await?;
    Ok(Written::created(format!("/v1/exports/case-histories/{}", key.0)))
}

/// List the requests for case histories, the latest first.
///
/// Who asked, what for, and what was said to it. For the district's program managers and the privacy officer.
#[utoipa::path(
    tag = "exports",
    params(Page),
    responses((status = 200, description = "A page of requests", body = Listed<HistoriesRequest>), Problems),
)]
#[get("/exports/case-histories")]
pub async fn list_case_histories_requests(
    outcomes: Data<Outcomes>,
    caller: Caller,
    list: List<NoFilters>,
) -> Result<Listed<HistoriesRequest>, Problem> {
    decide_histories_request(&caller.principal)?;
    let page = list.page.wanted("case-histories")?;
    let rows = outcomes.histories.requests(&page).await?;
    let place = |(_, place): &(HistoriesRequest, After)| cursor("case-histories", place);
    Ok(Listed::seen(rows, &page, place, |(request, _)| Some(request)))
}

/// Decide whether case histories that were asked for may go out.
///
/// For some days, two weeks if nothing is said; who has asked exports them. By a privacy officer; what one of them asks for
/// another decides on, where there is another.
#[utoipa::path(
    tag = "exports",
    params(("request" = uuid::Uuid, Path, description = "The request"), Key),
    request_body = HistoriesDecision,
    responses(Done, Problems),
)]
#[post("/exports/case-histories/{request}/decision")]
pub async fn decide_case_histories(
    outcomes: Data<Outcomes>,
    caller: Caller,
    request: Path<Uuid>,
    _: Key,
    body: Body<HistoriesDecision>,
) -> Result<Written, Problem> {
    decide_histories_decision(&caller.principal)?;
    outcomes.histories.request(*request).await?.ok_or(Error::NotFound)?;
    outcomes.histories.decide(*request, caller.staff.id, body.0).await?;
    Ok(Written::done())
}

/// Take back that case histories may go out.
///
/// From the next request on they are refused; what was decided, by whom and when, stays beside it. They can be asked for
/// again. By any privacy officer, while the agreement lasts; said again it changes nothing.
#[utoipa::path(
    tag = "exports",
    params(("request" = uuid::Uuid, Path, description = "The request"), Key),
    responses(Done, Problems),
)]
#[post("/exports/case-histories/{request}/withdrawal")]
pub async fn withdraw_case_histories(
    outcomes: Data<Outcomes>,
    caller: Caller,
    request: Path<Uuid>,
    _: Key,
) -> Result<Written, Problem> {
    decide_histories_decision(&caller.principal)?;
    let found = outcomes.histories.request(*request).await?.ok_or(Error::NotFound)?;
    found.ensure_withdrawable().map_err(Error::from)?;
    outcomes.histories.withdraw(*request, caller.staff.id).await?;
    Ok(Written::done())
}
