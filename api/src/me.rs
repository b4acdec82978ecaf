//! `GET /v1/me`
use actix_web::get;
use application::StaffMember;

use crate::{Caller, Problems, Shown};

/// Say who I am and what I am here.
///
/// The token names the subject only; name and roles come from the staff record, as it is at this moment.
#[utoipa::path(
    tag = "staff",
    responses((status = 200, description = "Your staff record, with the roles in force", body = StaffMember), Problems),
)]
#[get("/me")]
pub async fn show_me(caller: Caller) -> Shown<StaffMember> {
    Shown::new(caller.staff)
}
