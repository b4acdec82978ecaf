//! The roles that members of staff hold, from which their rights follow.
use actix_web::{
    get, post,
    web::{Data, Path},
};
use application::{
    Error,
    access::reference::decide_role,
    reference::{RoleToKeep, StaffRole},
};
use chrono::NaiveDate;
use domain::StaffId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    Reference,
    answers::{Done, Granted},
};
use crate::{Body, Caller, Cases, Key, Problem, Problems, Shown, Written};

pub fn routes(config: &mut ServiceConfig) {
    config.service(show_role).service(grant_role).service(end_role);
}

/// When a role ends.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"until": "2027-07-01"}))]
pub struct RoleEnd {
    /// The day from which it is held no more.
    pub until: NaiveDate,
}

/// Show a role that somebody holds or held.
#[utoipa::path(
    tag = "staff",
    params(
        ("staff" = uuid::Uuid, Path, description = "The member of staff"),
        ("role" = uuid::Uuid, Path, description = "This holding of the role")
    ),
    responses((status = 200, description = "The role", body = StaffRole), Problems),
)]
#[get("/staff/{staff}/roles/{role}")]
pub async fn show_role(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(StaffId, Uuid)>,
) -> Result<Shown<StaffRole>, Problem> {
    let (staff, role) = path.into_inner();
    let record = reference.colleague(&cases, &caller.principal, staff).await?;
    let found = record.roles.into_iter().find(|held| held.id == role);
    Ok(Shown::new(found.ok_or(Error::NotFound)?))
}

/// Give somebody a role.
///
/// A school's director and principal make others mentors and staff of their school; every other role is a service's to
/// give.
#[utoipa::path(
    tag = "staff",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff"), Key),
    request_body = RoleToKeep,
    responses(Granted, Problems),
)]
#[post("/staff/{staff}/roles")]
pub async fn grant_role(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    staff: Path<StaffId>,
    key: Key,
    body: Body<RoleToKeep>,
) -> Result<Written, Problem> {
    reference.colleague(&cases, &caller.principal, *staff).await?;
    decide_role(&caller.principal, *staff, (body.0.role, body.0.school))?;
    reference.keep.grant_role(*staff, key.0, &body.0).await?;
    Ok(Written::created(format!("/v1/staff/{staff}/roles/{}", key.0)))
}

/// End a role from a day on.
#[utoipa::path(
    tag = "staff",
    params(
        ("staff" = uuid::Uuid, Path, description = "The member of staff"),
        ("role" = uuid::Uuid, Path, description = "This holding of the role"),
        Key
    ),
    request_body = RoleEnd,
    responses(Done, Problems),
)]
#[post("/staff/{staff}/roles/{role}/end")]
pub async fn end_role(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(StaffId, Uuid)>,
    _: Key,
    body: Body<RoleEnd>,
) -> Result<Written, Problem> {
    let (staff, role) = path.into_inner();
    let record = reference.colleague(&cases, &caller.principal, staff).await?;
    let held = record.roles.iter().find(|held| held.id == role).ok_or(Error::NotFound)?;
    decide_role(&caller.principal, staff, (held.role, held.school))?;
    reference.keep.end_role(staff, role, body.0.until).await?;
    Ok(Written::done())
}
