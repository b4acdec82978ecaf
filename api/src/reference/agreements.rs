//! Confidentiality agreements: everybody signs one a year, on the screen or on paper.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    Error,
    access::reference::{RecordAct, decide_agreement},
    reference::{AgreementToRecord, AgreementToSign, ConfidentialityAgreement, district_day},
};
use domain::StaffId;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Put, put},
};
use crate::{Body, Caller, Cases, Key, Problem, Problems, Shown, Written};

const OWN: &str = "/v1/me/confidentiality-agreement";

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(show_own_confidentiality_agreement)
        .service(sign_confidentiality_agreement)
        .service(show_confidentiality_agreement)
        .service(record_confidentiality_agreement);
}

/// Show my confidentiality agreement: whether it is in force, and when it lapses.
#[utoipa::path(
    tag = "staff",
    responses((status = 200, description = "How it stands with it", body = ConfidentialityAgreement), Problems),
)]
#[get("/me/confidentiality-agreement")]
pub async fn show_own_confidentiality_agreement(caller: Caller) -> Shown<ConfidentialityAgreement> {
    Shown::new(caller.staff.agreement)
}

/// Sign my confidentiality agreement, as of today.
///
/// It is in force for a year. Until it is, nothing but this and `GET /v1/me` is open.
#[utoipa::path(
    tag = "staff",
    params(Key),
    request_body = AgreementToSign,
    responses(Put, Problems),
)]
#[put("/me/confidentiality-agreement")]
pub async fn sign_confidentiality_agreement(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    _: Key,
    body: Body<AgreementToSign>,
) -> Result<Written, Problem> {
    let signed = AgreementToRecord { text_version: body.0.text_version, signed_on: district_day(cases.clock.now()) };
    let me = caller.staff.id;
    Ok(put(reference.keep.put_agreement(me, &signed, me).await?, OWN.to_owned()))
}

/// Show a colleague's confidentiality agreement.
///
/// To who records it: the director and principal of a school where the person works, and the privacy officer.
#[utoipa::path(
    tag = "staff",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "How it stands with it", body = ConfidentialityAgreement), Problems),
)]
#[get("/staff/{staff}/confidentiality-agreement")]
pub async fn show_confidentiality_agreement(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StaffId>,
) -> Result<Shown<ConfidentialityAgreement>, Problem> {
    reference.agreement(&cases, &caller, RecordAct::Read, *id).await?;
    Ok(Shown::new(reference.read.agreement(*id).await?.ok_or(Error::NotFound)?))
}

/// Record a confidentiality agreement that a colleague has signed on paper.
///
/// By the director and principal of a school where the person works, or the privacy officer. It is in force for a year
/// from the day on which it was signed.
#[utoipa::path(
    tag = "staff",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff"), Key),
    request_body = AgreementToRecord,
    responses(Put, Problems),
)]
#[put("/staff/{staff}/confidentiality-agreement")]
pub async fn record_confidentiality_agreement(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StaffId>,
    _: Key,
    body: Body<AgreementToRecord>,
) -> Result<Written, Problem> {
    reference.agreement(&cases, &caller, RecordAct::Keep, *id).await?;
    let kept = reference.keep.put_agreement(*id, &body.0, caller.staff.id).await?;
    Ok(put(kept, format!("/v1/staff/{id}/confidentiality-agreement")))
}

impl Reference {
    /// Whether the caller may do that about somebody's agreement.
    async fn agreement(&self, cases: &Cases, caller: &Caller, act: RecordAct, id: StaffId) -> Result<(), Error> {
        let record = self.colleague(cases, &caller.principal, id).await?;
        let today = cases.clock.now().date_naive();
        decide_agreement(&caller.principal, act, (id, &record.roles), today).map(|_| ())
    }
}
