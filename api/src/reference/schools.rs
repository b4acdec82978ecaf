//! Schools.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    After, Error,
    access::reference::{SchoolAct, decide_school, schools},
    reference::{School, SchoolToKeep},
};
use domain::SchoolId;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Put, put},
};
use crate::{Body, Caller, Key, List, Listed, NoFilters, Page, Problem, Problems, Shown, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_schools).service(show_school).service(keep_school);
}

/// List the schools that I have to do with, by name.
///
/// Those at which you hold a role; all of them for who works across schools.
#[utoipa::path(
    tag = "schools",
    params(Page),
    responses((status = 200, description = "A page of schools", body = Listed<School>), Problems),
)]
#[get("/schools")]
pub async fn list_schools(
    reference: Data<Reference>,
    caller: Caller,
    list: List<NoFilters>,
) -> Result<Listed<School>, Problem> {
    let among = schools(&caller.principal);
    let page = list.page.wanted("schools")?;
    let rows = reference.read.schools(among.as_deref(), &page).await?;
    Ok(Listed::seen(rows, &page, |(_, place): &(School, After)| cursor("schools", place), |(school, _)| Some(school)))
}

/// Show a school.
#[utoipa::path(
    tag = "schools",
    params(("school" = uuid::Uuid, Path, description = "The school")),
    responses((status = 200, description = "The school", body = School), Problems),
)]
#[get("/schools/{school}")]
pub async fn show_school(
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
) -> Result<Shown<School>, Problem> {
    decide_school(&caller.principal, SchoolAct::Know, *school)?;
    Ok(Shown::new(reference.read.school(*school).await?.ok_or(Error::NotFound)?))
}

/// Keep a school: what it is called, and in which time zone its days are judged.
///
/// New schools are a service's to enter; the director and the principal keep their own.
#[utoipa::path(
    tag = "schools",
    params(("school" = uuid::Uuid, Path, description = "The school"), Key),
    request_body = SchoolToKeep,
    responses(Put, Problems),
)]
#[put("/schools/{school}")]
pub async fn keep_school(
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    _: Key,
    body: Body<SchoolToKeep>,
) -> Result<Written, Problem> {
    decide_school(&caller.principal, SchoolAct::Keep, *school)?;
    let kept = reference.keep.put_school(*school, &body.0).await?;
    Ok(put(kept, format!("/v1/schools/{school}")))
}
