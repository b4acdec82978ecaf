//! `GET /v1/me`
use actix_web::get;
use application::{
    HeldRole, Personal,
    access::{Operation, operations},
    reference::ConfidentialityAgreement,
};
use domain::StaffId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Caller, Problems, Shown};

/// Who calls, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000011", "name": "Rosa Diaz",
    "roles": [{"role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001"}],
    "agreement": {"state": "in_force", "signed": {
        "signed_on": "2026-09-01", "lapses_on": "2027-09-01", "text_version": "2026-27",
        "recorded_by": "0192a000-0000-7000-8000-000000000011"
    }},
    "operations": ["log_session", "log_contact", "request_follow_up", "add_note"]
}))]
pub struct Me {
    /// The member of staff.
    pub id: StaffId,
    /// The name, as people say it.
    pub name: Personal,
    /// The roles in force today.
    pub roles: Vec<HeldRole>,
    /// How it stands with your confidentiality agreement: unless it is in force, nothing but this and signing it is open.
    pub agreement: ConfidentialityAgreement,
    /// The operations that these roles allow, on the cases to which they give access; none while you read as another.
    pub operations: Vec<Operation>,
    /// Who you really are, where you read as this person sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub viewed_by: Option<ViewedBy>,
}

/// Who reads as somebody else sees it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"id": "0192a000-0000-7000-8000-000000000015", "name": "Noor Haddad"}))]
pub struct ViewedBy {
    /// The member of staff.
    pub id: StaffId,
    /// The name, as people say it.
    pub name: Personal,
}

/// Say who I am and what I may do here.
#[utoipa::path(
    tag = "staff",
    responses((status = 200, description = "Your staff record, with the roles in force", body = Me), Problems),
)]
#[get("/me")]
pub async fn show_me(caller: Caller) -> Shown<Me> {
    let operations = operations(&caller.principal);
    let application::StaffMember { id, name, roles, agreement, sharing: _, overrides: _ } = caller.staff;
    let viewed_by = caller.behind.map(|behind| ViewedBy { id: behind.id, name: behind.name });
    Shown::new(Me { id, name, roles, agreement, operations, viewed_by })
}
