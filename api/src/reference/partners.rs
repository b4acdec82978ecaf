//! Partner organisations.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    After, Error,
    access::reference::decide_partner,
    reference::{Partner, PartnerToKeep},
};
use domain::PartnerId;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Put, put},
};
use crate::{Body, Caller, Key, List, Listed, NoFilters, Page, Problem, Problems, Shown, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_partners).service(show_partner).service(keep_partner);
}

/// List the partners, by name.
#[utoipa::path(
    tag = "partners",
    params(Page),
    responses((status = 200, description = "A page of partners", body = Listed<Partner>), Problems),
)]
#[get("/partners")]
pub async fn list_partners(
    reference: Data<Reference>,
    _: Caller,
    list: List<NoFilters>,
) -> Result<Listed<Partner>, Problem> {
    let page = list.page.wanted("partners")?;
    let rows = reference.read.partners(&page).await?;
    let place = |(_, place): &(Partner, After)| cursor("partners", place);
    Ok(Listed::seen(rows, &page, place, |(partner, _)| Some(partner)))
}

/// Show a partner.
#[utoipa::path(
    tag = "partners",
    params(("partner" = uuid::Uuid, Path, description = "The partner")),
    responses((status = 200, description = "The partner", body = Partner), Problems),
)]
#[get("/partners/{partner}")]
pub async fn show_partner(
    reference: Data<Reference>,
    _: Caller,
    partner: Path<PartnerId>,
) -> Result<Shown<Partner>, Problem> {
    Ok(Shown::new(reference.read.partner(*partner).await?.ok_or(Error::NotFound)?))
}

/// Keep a partner.
#[utoipa::path(
    tag = "partners",
    params(("partner" = uuid::Uuid, Path, description = "The partner"), Key),
    request_body = PartnerToKeep,
    responses(Put, Problems),
)]
#[put("/partners/{partner}")]
pub async fn keep_partner(
    reference: Data<Reference>,
    caller: Caller,
    partner: Path<PartnerId>,
    _: Key,
    body: Body<PartnerToKeep>,
) -> Result<Written, Problem> {
    decide_partner(&caller.principal)?;
    let kept = reference.keep.put_partner(*partner, &body.0).await?;
    Ok(put(kept, format!("/v1/partners/{partner}")))
}
