//! `GET /v1/reviews`
use std::collections::HashMap;

use actix_web::{get, web::Data};
use application::{
    Error,
    access::{self, Act},
    review::{ReviewQuery, ReviewReason, ReviewRow, ToReview},
};
use domain::SchoolId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Caller, List, Listed, Page, Problem, Problems, Read, cases::Cases, cursor};

/// Of which school.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// This school only; all of the caller's, if nothing is said.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub school: Option<SchoolId>,
}

/// List the cases to review, what waits longest first.
///
/// For School Mental Health Managers: plans that await approval, new referrals in the compartment, students in the severe
/// band of a policy, open needs of mental health, and plans whose review is overdue. A case that waits for several
/// reasons has several lines.
#[utoipa::path(
    tag = "lists",
    params(Filters, Page, Read),
    responses((status = 200, description = "A page of what waits", body = Listed<ToReview>), Problems),
)]
#[get("/reviews")]
pub async fn list_reviews(
    cases: Data<Cases>,
    caller: Caller,
    list: List<Filters>,
    _: Read,
) -> Result<Listed<ToReview>, Problem> {
    let principal = &caller.principal;
    let mut schools = access::schools_where(principal, Act::ApprovePlan);
    if schools.is_empty() {
        return Err(Error::Forbidden { reason: "only School Mental Health Managers review cases" }.into());
    }
    schools.retain(|school| list.filters.school.is_none_or(|only| only == *school));
    let today = cases.today_of(principal, schools.first().copied()).await?;
    if schools.is_empty() {
        return Err(Error::NotFound.into());
    }
    let page = list.page.wanted("reviews")?;
    let rows = cases.read.reviews(&ReviewQuery { schools, today }, &page).await?;
    let (mut readers, mut calendars) = (HashMap::new(), HashMap::new());
    for ReviewRow { line, ties, .. } in &rows {
        if access::decide_read(principal, ties).is_ok() {
            let reader = cases.reader(principal, ties, &mut calendars).await?;
            if line.reason == ReviewReason::NewReferral {
                reader.saw_compartment();
            }
            readers.insert((line.student, line.entry), reader);
        }
    }
    let place = |row: &ReviewRow| cursor("reviews", &row.place);
    let seen = Listed::seen(rows, &page, place, |row| {
        readers.contains_key(&(row.line.student, row.line.entry)).then_some(row.line)
    });
    cases.write_all_down(readers.iter().map(|((student, _), reader)| (*student, reader)), "list_reviews").await?;
    Ok(seen)
}
