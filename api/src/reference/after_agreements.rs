//! To whom a partner may disclose further, and what becomes of what it held once an agreement has ended.
use actix_web::{
    get, post, put,
    web::{Data, Path},
};
use application::{
    After, Error,
    access::reference::{RecordAct, decide_destructions, decide_sharing},
    sharing::{
        Destruction, DestructionCertificate, DestructionState, DestructionsWanted, DisclosedStudent, OnwardPartyToKeep,
    },
};
use domain::{AgreementId, PartnerId};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use super::{
    Reference,
    answers::{Done, Put, put},
};
use crate::{Body, Caller, Key, List, Listed, NoFilters, Page, Problem, Problems, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(keep_onward_party)
        .service(list_disclosed_students)
        .service(certify_destruction)
        .service(list_destructions);
}

/// Record to whom a partner may disclose further what it is shown under an agreement, and what for.
///
/// By the privacy officer (34 CFR 99.32(b)): subcontractors above all. The register of disclosures names them with every
/// disclosure of their days. Who was named stays named; what is added later is the last day.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        ("party" = uuid::Uuid, Path, description = "The party, by an id of the caller's choosing"),
        Key
    ),
    request_body = OnwardPartyToKeep,
    responses(Put, Problems),
)]
#[put("/partners/{partner}/agreements/{agreement}/onward-parties/{party}")]
pub async fn keep_onward_party(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId, Uuid)>,
    _: Key,
    body: Body<OnwardPartyToKeep>,
) -> Result<Written, Problem> {
    let (partner, agreement, party) = path.into_inner();
    decide_sharing(&caller.principal, RecordAct::Keep, partner)?;
    let kept = reference.agreements.keep_onward(partner, agreement, (party, &body.0), caller.staff.id).await?;
    Ok(put(kept, format!("/v1/partners/{partner}/agreements/{agreement}")))
}

/// List the students of whom something was disclosed to a partner under an agreement.
///
/// By their id, with the kinds of data, and how much the partner's staff wrote themselves: what the partner has to do away
/// with, once the agreement has ended. For the privacy officer.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Page
    ),
    responses((status = 200, description = "A page of students", body = Listed<DisclosedStudent>), Problems),
)]
#[get("/partners/{partner}/agreements/{agreement}/students")]
pub async fn list_disclosed_students(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    list: List<NoFilters>,
) -> Result<Listed<DisclosedStudent>, Problem> {
    let (partner, agreement) = path.into_inner();
    decide_destructions(&caller.principal)?;
    reference.agreements.agreement(partner, agreement).await?.ok_or(Error::NotFound)?;
    let page = list.page.wanted("disclosed-students")?;
    let rows = reference.destructions.disclosed(partner, agreement, &page).await?;
    let place = |(_, place): &(DisclosedStudent, After)| cursor("disclosed-students", place);
    Ok(Listed::seen(rows, &page, place, |(student, _)| Some(student)))
}

/// Record what a partner certifies: that it holds nothing any more of what it had under an agreement.
///
/// Once the agreement has ended; by the privacy officer.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Key
    ),
    request_body = DestructionCertificate,
    responses(Done, Problems),
)]
#[post("/partners/{partner}/agreements/{agreement}/destruction")]
pub async fn certify_destruction(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    _: Key,
    body: Body<DestructionCertificate>,
) -> Result<Written, Problem> {
    let (partner, agreement) = path.into_inner();
    decide_sharing(&caller.principal, RecordAct::Keep, partner)?;
    reference.destructions.certify(partner, agreement, &body.0, caller.staff.id).await?;
    Ok(Written::done())
}

/// Which agreements.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// That stand there only; those without a certificate, if nothing is said.
    #[serde(default)]
    #[param(inline, required = false)]
    pub state: Option<DestructionState>,
}

/// List the agreements that have ended, and what their partners have to certify, the longest ago first.
///
/// For the privacy officer. A partner has the days after the end that the server is set to, 60 if nothing is said.
#[utoipa::path(
    tag = "partners",
    params(Filters, Page),
    responses((status = 200, description = "A page of agreements", body = Listed<Destruction>), Problems),
)]
#[get("/destructions")]
pub async fn list_destructions(
    reference: Data<Reference>,
    caller: Caller,
    list: List<Filters>,
) -> Result<Listed<Destruction>, Problem> {
    decide_destructions(&caller.principal)?;
    let page = list.page.wanted("destructions")?;
    let wanted = DestructionsWanted { state: list.filters.state, days: reference.destruction_days };
    let rows = reference.destructions.destructions(&wanted, &page).await?;
    let place = |(_, place): &(Destruction, After)| cursor("destructions", place);
    Ok(Listed::seen(rows, &page, place, |(destruction, _)| Some(destruction)))
}
