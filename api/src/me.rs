//! `GET /v1/me`
use actix_web::get;
use application::{
    HeldRole,
    access::{Operation, operations},
};
use domain::{StaffId, Text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Caller, Problems, Shown};

/// Who calls, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000011", "name": "Rosa Diaz",
    "roles": [{"role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001"}],
    "operations": ["log_session", "log_contact", "request_follow_up", "add_note"]
}))]
pub struct Me {
    /// The member of staff.
    pub id: StaffId,
    /// The name, as people say it.
    pub name: Text,
    /// The roles in force today.
    pub roles: Vec<HeldRole>,
    /// The operations that these roles allow, on the cases to which they give access.
    pub operations: Vec<Operation>,
}

/// Say who I am and what I may do here.
#[utoipa::path(
    tag = "staff",
    responses((status = 200, description = "Your staff record, with the roles in force", body = Me), Problems),
)]
#[get("/me")]
pub async fn show_me(caller: Caller) -> Shown<Me> {
    let operations = operations(&caller.principal);
    let application::StaffMember { id, name, roles } = caller.staff;
    Shown::new(Me { id, name, roles, operations })
}
