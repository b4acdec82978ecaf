//! The days of a school.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    Error,
    access::reference::{SchoolAct, decide_school},
    reference::{SchoolCalendarDays, SchoolDay},
};
use chrono::{Days, NaiveDate};
use domain::SchoolId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{Reference, answers::Done};
use crate::{Body, Caller, Key, Params, Problem, Problems, Shown, Written};

/// The longest stretch of days in one answer, from first to last.
const LONGEST: Days = Days::new(399);

pub fn routes(config: &mut ServiceConfig) {
    config.service(show_school_calendar).service(keep_school_days);
}

/// Which days.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stretch {
    /// The first day.
    #[param(value_type = String, format = Date, example = "2026-09-01")]
    pub from: NaiveDate,
    /// The last day; the 400th from the first on, if this is later.
    #[param(value_type = String, format = Date, example = "2027-06-30")]
    pub to: NaiveDate,
}

/// Days of a school on which it teaches, or does not, against the rule of the week.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"days": [
    {"day": "2026-11-26", "instructional": false}, {"day": "2026-11-28", "instructional": true}
]}))]
pub struct DaysToKeep {
    /// What is said of single days; of a day that is named twice the last word counts.
    #[schema(min_items = 1, max_items = 400)]
    pub days: Vec<SchoolDay>,
}

/// Show a school's days and terms over a stretch of time, at most 400 days.
#[utoipa::path(
    tag = "schools",
    params(("school" = uuid::Uuid, Path, description = "The school"), Stretch),
    responses((status = 200, description = "What is known of the days", body = SchoolCalendarDays), Problems),
)]
#[get("/schools/{school}/calendar")]
pub async fn show_school_calendar(
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    stretch: Params<Stretch>,
) -> Result<Shown<SchoolCalendarDays>, Problem> {
    decide_school(&caller.principal, SchoolAct::Know, *school)?;
    let Stretch { from, to } = stretch.0;
    let to = from.checked_add_days(LONGEST).map_or(to, |last| to.min(last));
    Ok(Shown::new(reference.read.school_days(*school, from, to).await?.ok_or(Error::NotFound)?))
}

/// Say of single days whether the school teaches; other days stay as they are.
///
/// It counts at once for what this server decides, and within five seconds for other servers on the same database.
#[utoipa::path(
    tag = "schools",
    params(("school" = uuid::Uuid, Path, description = "The school"), Key),
    request_body = DaysToKeep,
    responses(Done, Problems),
)]
#[put("/schools/{school}/calendar")]
pub async fn keep_school_days(
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    _: Key,
    body: Body<DaysToKeep>,
) -> Result<Written, Problem> {
    decide_school(&caller.principal, SchoolAct::Keep, *school)?;
    reference.keep.put_school_days(*school, &body.0.days).await?;
    Ok(Written::done())
}
