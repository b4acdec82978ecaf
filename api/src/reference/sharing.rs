//! Agreements with partners on which data may be shared.
use actix_web::{
    get, post, put,
    web::{Data, Path},
};
use application::{
    After, Error,
    access::reference::{RecordAct, decide_sharing},
    sharing::{Renewal, SharingAgreement, SharingReason, SharingStepToTake, SharingTerms},
};
use domain::{AgreementId, PartnerId};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Done, Put, put},
};
use crate::{Body, Caller, Key, List, Listed, NoFilters, Page, Problem, Problems, Shown, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_agreements)
        .service(show_agreement)
        .service(sign_agreement)
        .service(renew_agreement)
        .service(suspend_agreement)
        .service(reinstate_agreement);
}

/// List the agreements with a partner, the latest to end first.
#[utoipa::path(
    tag = "partners",
    params(("partner" = uuid::Uuid, Path, description = "The partner"), Page),
    responses((status = 200, description = "A page of agreements", body = Listed<SharingAgreement>), Problems),
)]
#[get("/partners/{partner}/agreements")]
pub async fn list_agreements(
    reference: Data<Reference>,
    caller: Caller,
    partner: Path<PartnerId>,
    list: List<NoFilters>,
) -> Result<Listed<SharingAgreement>, Problem> {
    reference.read.partner(*partner).await?.ok_or(Error::NotFound)?;
    decide_sharing(&caller.principal, RecordAct::Read, *partner)?;
    let page = list.page.wanted("agreements")?;
    let rows = reference.agreements.agreements(*partner, &page).await?;
    let place = |(_, place): &(SharingAgreement, After)| cursor("agreements", place);
    Ok(Listed::seen(rows, &page, place, |(agreement, _)| Some(agreement)))
}

/// Show an agreement with a partner: its terms, how it stands, and what happened to it.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement")
    ),
    responses((status = 200, description = "The agreement", body = SharingAgreement), Problems),
)]
#[get("/partners/{partner}/agreements/{agreement}")]
pub async fn show_agreement(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
) -> Result<Shown<SharingAgreement>, Problem> {
    let (partner, agreement) = path.into_inner();
    decide_sharing(&caller.principal, RecordAct::Read, partner)?;
    Ok(Shown::new(reference.agreements.agreement(partner, agreement).await?.ok_or(Error::NotFound)?))
}

/// Record an agreement that was signed with a partner.
///
/// By the privacy officer. Its terms stay as they were signed; what changes later is its end and whether it is
/// suspended. A partner's staff see of a student what an agreement and the family's consent both cover, from the first
/// day to the last.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Key
    ),
    request_body = SharingTerms,
    responses(Put, Problems),
)]
#[put("/partners/{partner}/agreements/{agreement}")]
pub async fn sign_agreement(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    _: Key,
    body: Body<SharingTerms>,
) -> Result<Written, Problem> {
    let (partner, agreement) = path.into_inner();
    decide_sharing(&caller.principal, RecordAct::Keep, partner)?;
    let kept = reference.agreements.sign(partner, agreement, &body.0, caller.staff.id).await?;
    Ok(put(kept, format!("/v1/partners/{partner}/agreements/{agreement}")))
}

/// Renew an agreement: give it a later end.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Key
    ),
    request_body = Renewal,
    responses(Done, Problems),
)]
#[post("/partners/{partner}/agreements/{agreement}/renewal")]
pub async fn renew_agreement(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    _: Key,
    body: Body<Renewal>,
) -> Result<Written, Problem> {
    reference.change(&caller, path.into_inner(), SharingStepToTake::Renew(body.0)).await
}

/// Suspend an agreement: from the next request on nothing is shared under it.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Key
    ),
    request_body = SharingReason,
    responses(Done, Problems),
)]
#[post("/partners/{partner}/agreements/{agreement}/suspension")]
pub async fn suspend_agreement(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    _: Key,
    body: Body<SharingReason>,
) -> Result<Written, Problem> {
    reference.change(&caller, path.into_inner(), SharingStepToTake::Suspend(body.0.reason)).await
}

/// Put a suspended agreement in force again.
#[utoipa::path(
    tag = "partners",
    params(
        ("partner" = uuid::Uuid, Path, description = "The partner"),
        ("agreement" = uuid::Uuid, Path, description = "The agreement"),
        Key
    ),
    request_body = SharingReason,
    responses(Done, Problems),
)]
#[post("/partners/{partner}/agreements/{agreement}/reinstatement")]
pub async fn reinstate_agreement(
    reference: Data<Reference>,
    caller: Caller,
    path: Path<(PartnerId, AgreementId)>,
    _: Key,
    body: Body<SharingReason>,
) -> Result<Written, Problem> {
    reference.change(&caller, path.into_inner(), SharingStepToTake::Reinstate(body.0.reason)).await
}

impl Reference {
    async fn change(
        &self,
        caller: &Caller,
        (partner, agreement): (PartnerId, AgreementId),
        step: SharingStepToTake,
    ) -> Result<Written, Problem> {
        decide_sharing(&caller.principal, RecordAct::Keep, partner)?;
        self.agreements.change(partner, agreement, &step, caller.staff.id).await?;
        Ok(Written::done())
    }
}
