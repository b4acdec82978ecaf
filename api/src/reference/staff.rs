//! Members of staff.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    After, Error, Principal,
    access::{
        Basis,
        reference::{RecordAct, SchoolAct, decide_agreement, decide_school, decide_staff},
    },
    reference::{StaffRecord, StaffToKeep},
};
use domain::{SchoolId, StaffId};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Reference,
    answers::{Put, put},
};
use crate::{Body, Caller, Cases, Key, List, Listed, NoFilters, Page, Problem, Problems, Shown, Written, cursor};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_staff).service(show_staff_member).service(keep_staff_member);
}

/// List who works at a school today, by family name, with the roles held there.
///
/// Who keeps the school's records also sees with which subject each signs in, and how it stands with their
/// confidentiality agreements.
#[utoipa::path(
    tag = "staff",
    params(("school" = uuid::Uuid, Path, description = "The school"), Page),
    responses((status = 200, description = "A page of staff", body = Listed<StaffRecord>), Problems),
)]
#[get("/schools/{school}/staff")]
pub async fn list_staff(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    school: Path<SchoolId>,
    list: List<NoFilters>,
) -> Result<Listed<StaffRecord>, Problem> {
    decide_school(&caller.principal, SchoolAct::ListStaff, *school)?;
    let page = list.page.wanted("staff")?;
    let today = cases.today_at(*school).await?;
    let rows = reference.read.staff_of(*school, today, &page).await?;
    let keeps = decide_school(&caller.principal, SchoolAct::Keep, *school).is_ok();
    Ok(Listed::seen(
        rows,
        &page,
        |(_, place): &(StaffRecord, After)| cursor("staff", place),
        |(mut record, _)| {
            let own = record.id == caller.principal.staff;
            record.subject = record.subject.filter(|_| keeps || own);
            let agreement = decide_agreement(&caller.principal, RecordAct::Read, (record.id, &record.roles), today);
            record.agreement = record.agreement.filter(|_| agreement.is_ok());
            Some(record)
        },
    ))
}

/// Show a member of staff.
///
/// Who keeps the record sees with which subject the person signs in, who records confidentiality agreements how it stands
/// with that one; others do not.
#[utoipa::path(
    tag = "staff",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff")),
    responses((status = 200, description = "The member of staff", body = StaffRecord), Problems),
)]
#[get("/staff/{staff}")]
pub async fn show_staff_member(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StaffId>,
) -> Result<Shown<StaffRecord>, Problem> {
    let mut record = reference.colleague(&cases, &caller.principal, *id).await?;
    let keeps = may_keep(&cases, &caller.principal, *id, &record).is_ok();
    record.subject = record.subject.filter(|_| keeps || *id == caller.principal.staff);
    let today = cases.clock.now().date_naive();
    let records = decide_agreement(&caller.principal, RecordAct::Read, (*id, &record.roles), today).is_ok();
    record.agreement = record.agreement.filter(|_| records);
    Ok(Shown::new(record))
}

/// Keep a member of staff: the name, and the subject with which the person signs in.
#[utoipa::path(
    tag = "staff",
    params(("staff" = uuid::Uuid, Path, description = "The member of staff"), Key),
    request_body = StaffToKeep,
    responses(Put, Problems),
)]
#[put("/staff/{staff}")]
pub async fn keep_staff_member(
    cases: Data<Cases>,
    reference: Data<Reference>,
    caller: Caller,
    id: Path<StaffId>,
    _: Key,
    body: Body<StaffToKeep>,
) -> Result<Written, Problem> {
    match reference.read.staff_member(*id).await? {
        Some(record) => may_keep(&cases, &caller.principal, *id, &record)?,
        None => {
            let nobody = (*id, [].as_slice());
            decide_staff(&caller.principal, RecordAct::Keep, nobody, cases.clock.now().date_naive())?
        }
    };
    let kept = reference.keep.put_staff(*id, &body.0).await?;
    Ok(put(kept, format!("/v1/staff/{id}")))
}

fn may_keep(cases: &Cases, principal: &Principal, id: StaffId, record: &StaffRecord) -> Result<Basis, Error> {
    decide_staff(principal, RecordAct::Keep, (id, &record.roles), cases.clock.now().date_naive())
}
