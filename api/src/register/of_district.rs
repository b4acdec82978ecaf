//! `GET /v1/accesses`
use actix_web::{get, web::Data};
use application::{After, access::reference::decide_register, register::DistrictAccess};
use domain::StaffId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{Caller, Cases, List, Listed, Page, Problem, Problems, cursor};

/// By whom.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// By this member of staff only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    pub staff: Option<StaffId>,
}

/// List what was read of more than one student, as far as it is written down, the latest first.
///
/// What was asked through somebody else's eyes (`Throughline-View-As`), whatever it was, and every table that went out: case
/// histories, figures, and what `throughline export` wrote on the server's machine, with the user of the operating system.
/// What was shown of one student is at `/v1/students/{student}/accesses`. For the privacy officer.
#[utoipa::path(
    tag = "access",
    params(Filters, Page),
    responses((status = 200, description = "A page of the log", body = Listed<DistrictAccess>), Problems),
)]
#[get("/accesses")]
pub async fn list_district_accesses(
    cases: Data<Cases>,
    caller: Caller,
    list: List<Filters>,
) -> Result<Listed<DistrictAccess>, Problem> {
    decide_register(&caller.principal)?;
    let page = list.page.wanted("district-accesses")?;
    let rows = cases.register.of_district(list.filters.staff, &page).await?;
    let place = |(_, place): &(DistrictAccess, After)| cursor("district-accesses", place);
    Ok(Listed::seen(rows, &page, place, |(access, _)| Some(access)))
}
