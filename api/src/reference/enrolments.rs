//! A student's times at schools.
use actix_web::{
    get, post,
    web::{Data, Path},
};
use application::{
    Error,
    access::reference::{RecordAct, decide_enrolment, decide_student},
    reference::{Enrolment, EnrolmentToKeep},
};
use chrono::NaiveDate;
use domain::StudentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    Reference,
    answers::{Done, Granted},
};
use crate::{Body, Caller, Cases, Key, Problem, Problems, Shown, Written};

pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(show_enrolment).service(enrol_student).service(exit_student);
}

/// When a student left a school.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"last_day": "2027-01-29"}))]
pub struct EnrolmentExit {
    /// The last day.
    pub last_day: NaiveDate,
}

/// Show an enrolment.
#[utoipa::path(
    tag = "students",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("enrolment" = uuid::Uuid, Path, description = "The enrolment")
    ),
    responses((status = 200, description = "The enrolment", body = Enrolment), Problems),
)]
#[get("/enrolments/{enrolment}")]
pub async fn show_enrolment(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(StudentId, Uuid)>,
) -> Result<Shown<Enrolment>, Problem> {
    let (id, enrolment) = path.into_inner();
    let student = reference.read.student(id).await?.ok_or(Error::NotFound)?;
    let ties = reference.ties(&cases, &caller.principal, id, Some(&student)).await?;
    decide_student(&caller.principal, RecordAct::Read, &ties)?;
    let found = student.enrolments.into_iter().find(|one| one.id == enrolment);
    Ok(Shown::new(found.ok_or(Error::NotFound)?))
}

/// Enrol a student at a school.
#[utoipa::path(
    tag = "students",
    params(("student" = uuid::Uuid, Path, description = "The student"), Key),
    request_body = EnrolmentToKeep,
    responses(Granted, Problems),
)]
#[post("/enrolments")]
pub async fn enrol_student(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StudentId>,
    key: Key,
    body: Body<EnrolmentToKeep>,
) -> Result<Written, Problem> {
    let student = reference.read.student(*id).await?.ok_or(Error::NotFound)?;
    let ties = reference.ties(&cases, &caller.principal, *id, Some(&student)).await?;
    decide_enrolment(&caller.principal, &ties, body.0.school)?;
    reference.keep.enrol_student(*id, key.0, &body.0).await?;
    Ok(Written::created(format!("/v1/students/{id}/enrolments/{}", key.0)))
}

/// Say that a student left a school.
#[utoipa::path(
    tag = "students",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("enrolment" = uuid::Uuid, Path, description = "The enrolment"),
        Key
    ),
    request_body = EnrolmentExit,
    responses(Done, Problems),
)]
#[post("/enrolments/{enrolment}/exit")]
pub async fn exit_student(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(StudentId, Uuid)>,
    _: Key,
    body: Body<EnrolmentExit>,
) -> Result<Written, Problem> {
    let (id, enrolment) = path.into_inner();
    let student = reference.read.student(id).await?.ok_or(Error::NotFound)?;
    let ties = reference.ties(&cases, &caller.principal, id, Some(&student)).await?;
    decide_student(&caller.principal, RecordAct::Keep, &ties)?;
    let found = student.enrolments.iter().find(|one| one.id == enrolment).ok_or(Error::NotFound)?;
    decide_enrolment(&caller.principal, &ties, found.school)?;
    reference.keep.exit_student(id, enrolment, body.0.last_day).await?;
    Ok(Written::done())
}
