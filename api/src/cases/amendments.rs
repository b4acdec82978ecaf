//! The family's requests for amendment, from asking to the statement beside the entry (34 CFR 99.20 to 99.22).
mod decisions;
mod lists;

use actix_web::{post, web::Path};
use application::{Error, Task, access::Operation, view::Content};
use domain::{
    AmendmentId, EntryId, StudentId,
    case::{
        AgreeToAmendment, AmendmentAgreement, AmendmentRepair, AmendmentRequest, Hearing, RecordHearing,
        RequestAmendment,
    },
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{
    Cases,
    change::{Change, written},
    declare,
};
use crate::{Body, Problem, Problems, Write, Written};

pub fn routes(config: &mut ServiceConfig) {
    config.service(lists::list_amendments);
}

pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(request_amendment).service(agree_to_amendment).service(record_hearing);
    decisions::routes(config);
}

/// Write down that the family asks for an entry to be amended.
///
/// Because it holds it to be inaccurate, misleading or a breach of the student's privacy (34 CFR 99.20). It is to be
/// decided within a reasonable time: the days that the server is set to, 45 if nothing is said. Who reads the entry reads
/// what is asked about it.
#[utoipa::path(
    tag = "amendments",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("entry" = uuid::Uuid, Path, description = "The entry that is to be amended"),
        Write
    ),
    request_body = AmendmentRequest,
    responses(declare::Created, Problems),
)]
#[post("/entries/{entry}/amendments")]
pub async fn request_amendment(
    change: Change,
    path: Path<(StudentId, EntryId)>,
    body: Body<AmendmentRequest>,
) -> Result<Written, Problem> {
    let (student, about) = path.into_inner();
    let cases = change.cases();
    let look = cases.look(&change.principal, student, None).await?;
    let record = cases.read.entry(student, about).await?.filter(|record| look.reader.opens(record));
    let visibility = record.ok_or(Error::NotFound)?.visibility;
    let command = RequestAmendment { about, visibility, request: body.0.clone(), days: cases.amendment_days };
    let receipt = change.carry_out(Operation::RequestAmendment, (student, None), &body.0, command).await?;
    Ok(change.created(student, receipt))
}

/// Agree to what the family asks for.
///
/// The entry is corrected or taken back with the same stroke, by the rules of every repair. What has an operation of its
/// own, such as a goal or a referral, is put right by that first, and then agreed to as done.
#[utoipa::path(
    tag = "amendments",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("amendment" = uuid::Uuid, Path, description = "The request"),
        Write
    ),
    request_body = AmendmentAgreement,
    responses(declare::Changed, Problems),
)]
#[post("/amendments/{amendment}/agreement")]
pub async fn agree_to_amendment(
    change: Change,
    path: Path<(StudentId, AmendmentId)>,
    body: Body<AmendmentAgreement>,
) -> Result<Written, Problem> {
    let (student, amendment) = path.into_inner();
    let agreement = body.0.clone();
    let about = match agreement.repair {
        AmendmentRepair::Done => None,
        AmendmentRepair::Correct { .. } | AmendmentRepair::Retract => {
            asked(change.cases(), student, amendment).await?.map(|(about, _)| about)
        }
    };
    let agree = move |was| AgreeToAmendment { amendment, was, agreement: agreement.clone() };
    let task = match about {
        Some(about) => Task::repair(about, move |was| agree(Some(was))),
        None => agree(None).into(),
    };
    let entry = Some(amendment.uuid().into());
    let receipt = change.carry_out(Operation::AgreeToAmendment, (student, entry), &body.0, task).await?;
    Ok(written(Written::done(), receipt))
}

/// Write down what a hearing about a refusal came to.
///
/// By the privacy officer, for whoever presided: somebody without an interest in the outcome (34 CFR 99.22). Where the
/// entry is to be amended, the school agrees then, and puts it right.
#[utoipa::path(
    tag = "amendments",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("amendment" = uuid::Uuid, Path, description = "The request"),
        Write
    ),
    request_body = Hearing,
    responses(declare::Changed, Problems),
)]
#[post("/amendments/{amendment}/hearing")]
pub async fn record_hearing(
    change: Change,
    path: Path<(StudentId, AmendmentId)>,
    body: Body<Hearing>,
) -> Result<Written, Problem> {
    let (student, amendment) = path.into_inner();
    // The officer does not read the case: what was found is sealed for those who read the entry.
    let visibility = asked(change.cases(), student, amendment).await?.map(|(_, visibility)| visibility);
    let visibility = visibility.unwrap_or_default();
    let command = RecordHearing { amendment, hearing: body.0.clone(), visibility };
    let receipt = change.carry_out(Operation::RecordHearing, (student, None), &body.0, command).await?;
    Ok(written(Written::done(), receipt))
}

/// The entry that a request is about, and who may read both; nothing where there is no such request.
async fn asked(
    cases: &Cases,
    student: StudentId,
    amendment: AmendmentId,
) -> Result<Option<(EntryId, domain::Visibility)>, Error> {
    let record = cases.read.entry(student, amendment.uuid().into()).await?;
    Ok(record.and_then(|record| match record.content {
        Content::Amendment(asked) => Some((asked.about, record.visibility)),
        _ => None,
    }))
}
