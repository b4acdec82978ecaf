//! Attachments: forms that a family has signed, brought as they were scanned or photographed, and read again.
mod file;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH, LOCATION, VARY},
    post,
    web::{Data, Path, block},
};
use application::{
    Error,
    access::{self, Act},
    attachments::{Attachment, Parts},
    register::Access,
};
use domain::{AttachmentId, Fingerprint, Role, StudentId, Visibility};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::Cases;
use crate::{Caller, Params, Problem, Problems, Write, headers::names};
use file::File;

pub fn routes(config: &mut ServiceConfig) {
    config.service(attach_file).service(show_attachment);
}

/// For whom.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct For {
    /// Who may read it, of those who may read evidence; as the consent that it is to be evidence of.
    #[serde(default)]
    #[param(inline, required = false)]
    pub visibility: Visibility,
}

/// Attach a form that the family has signed.
///
/// The body is the file itself: PDF, PNG or JPEG, and nothing that only looks like one. It is sealed under the student's
/// key; its name is not taken. A consent, a refusal or a withdrawal names it as `evidence`, by the id and the digest of the
/// answer; what none names within a day is let go of. Who keeps consents attaches their evidence.
#[utoipa::path(
    tag = "consents",
    params(("student" = uuid::Uuid, Path, description = "The student"), For, Write),
    request_body(content(
        (File = "application/pdf", example = "%PDF-1.7 …"),
        (File = "image/png", example = "\u{89}PNG …"),
        (File = "image/jpeg", example = "ÿØÿà …"),
    )),
    responses((status = 201, description = "It is kept, or had been under the same key", body = Attachment), Problems),
)]
#[post("/attachments")]
pub async fn attach_file(
    cases: Data<Cases>,
    caller: Caller,
    student: Path<StudentId>,
    query: Params<For>,
    write: Write,
    file: File,
) -> Result<HttpResponse, Problem> {
    let (student, visibility) = (*student, query.0.visibility);
    let (mut ties, _) = cases.read.ties(student).await?.ok_or(Error::NotFound)?;
    cases.share(&caller.principal, &mut [&mut ties]).await?;
    let basis = access::decide(&caller.principal, Act::Refer, &ties, visibility)?;
    let keys = cases.keyring.of(student).await?.ok_or(Error::NotFound)?;
    let id = AttachmentId::from(write.key);
    // Looking through it and sealing it take their time: other requests do not wait for them.
    let (media_type, size, sha256, parts) = block(move || {
        file.media_type.check(&file.bytes)?;
        let parts = Parts::seal(&keys, id, &file.bytes, visibility);
        let size = u32::try_from(file.bytes.len()).map_err(Error::unavailable)?;
        Ok::<_, Error>((file.media_type, size, Fingerprint::of(&file.bytes), parts))
    })
    .await
    .map_err(Error::unavailable)??;
    let attachment = Attachment {
        attachment: id,
        student,
        media_type,
        size,
        visibility,
        sha256,
        attached_by: caller.principal.staff,
        attached_as: basis.role,
        attached_at: cases.clock.now(),
    };
    cases.attachments.keep(&attachment, &parts).await?;
    let kept = cases.attachments.find(student, id).await?.ok_or(Error::NotFound)?;
    let place = format!("/v1/students/{student}/attachments/{id}");
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(kept))
}

/// Read an attachment again, to the byte as it was brought.
///
/// For the staff of the school who may read what it is evidence of, and for the privacy officer; what is in the
/// mental-health compartment, for School Mental Health Managers alone. It comes as a file to keep, not to be shown in a page.
#[utoipa::path(
    tag = "consents",
    params(
        ("student" = uuid::Uuid, Path, description = "The student"),
        ("attachment" = uuid::Uuid, Path, description = "The attachment"),
    ),
    responses(
        (status = 200, description = "The file", content(
            (File = "application/pdf", example = "%PDF-1.7 …"),
            (File = "image/png", example = "\u{89}PNG …"),
            (File = "image/jpeg", example = "ÿØÿà …"),
        )),
        (status = 304, description = "Unchanged"),
        Problems
    ),
)]
#[get("/attachments/{attachment}")]
pub async fn show_attachment(
    request: HttpRequest,
    cases: Data<Cases>,
    caller: Caller,
    path: Path<(StudentId, AttachmentId)>,
) -> Result<HttpResponse, Problem> {
    let (student, id) = path.into_inner();
    let principal = &caller.principal;
    let (mut ties, _) = cases.read.ties(student).await?.ok_or(Error::NotFound)?;
    cases.share(principal, &mut [&mut ties]).await?;
    let basis = access::decide(principal, Act::ReadEvidence, &ties, Visibility::default())?;
    let found = cases.attachments.find(student, id).await?.ok_or(Error::NotFound)?;
    let reader = cases.reader(principal, &ties, &mut Default::default()).await?;
    let officer = principal.is(Role::PrivacyOfficer) && found.visibility != Visibility::MentalHealth;
    match reader.opens_evidence(&found) {
        true => cases.write_down(&reader, student, "show_attachment").await?,
        false if officer => {
            let now = cases.clock.now();
            let access = Access::of_evidence(principal, basis, student, "show_attachment", now);
            cases.register.write_down(vec![access]).await?;
        }
        false => return Err(Error::NotFound.into()),
    }
    let tag = format!("\"{}\"", found.sha256.as_str());
    let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let kept = [(CACHE_CONTROL, "private, no-cache"), (VARY, "Authorization")];
    if known.is_some_and(|known| names(known, &tag)) {
        let mut answer = HttpResponse::NotModified();
        kept.into_iter().for_each(|header| _ = answer.insert_header(header));
        return Ok(answer.insert_header((ETAG, tag)).finish());
    }
    let opening = cases.opening(&reader, student).await?;
    let parts = cases.attachments.parts(student, id).await?;
    let digest = found.sha256.clone();
    let bytes = block(move || parts.open(&opening, id, &digest)).await.map_err(Error::unavailable)??;
    let name = format!("attachment; filename=\"evidence-{id}.{}\"", found.media_type.extension());
    let mut answer = HttpResponse::Ok();
    kept.into_iter().for_each(|header| _ = answer.insert_header(header));
    Ok(answer
        .content_type(<&str>::from(found.media_type))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((ETAG, tag))
        .body(bytes.to_vec()))
}
