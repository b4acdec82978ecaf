//! `GET /problems/{code}`: a page that explains a kind of problem.
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use application::{
    attachments::AttachmentError, histories::HistoriesError, reference::ReferenceError, sharing::SharingError,
};
use domain::{Kind, Reject, case::CaseError, policy::PolicyError};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ALL, Known, NOT_FOUND, Problem, PublicProblems, refusal::status};

/// A kind of problem, explained.
#[derive(Debug, Serialize, ToSchema)]
#[schema(examples(json!({
    "type": "/problems/stale",
    "status": 412,
    "title": "It has changed since the version in If-Match.",
    "meaning": "Read it again, see what changed, and send the request with the new version.",
})))]
pub struct Explanation {
    /// The `type` of such a problem.
    #[serde(rename = "type")]
    kind: String,
    /// The status it comes with.
    status: u16,
    /// One sentence.
    title: String,
    /// What it means and what to do.
    meaning: String,
}

impl From<&Known> for Explanation {
    fn from(known: &Known) -> Self {
        let Known { code, status, title, meaning } = *known;
        let kind = format!("/problems/{code}");
        Self { kind, status: status.as_u16(), title: title.to_owned(), meaning: meaning.to_owned() }
    }
}

impl Explanation {
    fn of_rule(rule: &impl Reject) -> Self {
        let meaning = match rule.kind() {
            Kind::NotFound => "What the request names is not there.",
            _ => "A rule refuses: the request is well-formed, but not as things stand. Nothing was changed.",
        };
        let kind = format!("/problems/{}", rule.code());
        Self { kind, status: status(rule.kind()).as_u16(), title: rule.to_string(), meaning: meaning.to_owned() }
    }
}

/// Every kind of problem: those of HTTP first, then the rules of a case, of attachments, of reference data, of agreements, of policies and of exports.
fn all() -> impl Iterator<Item = Explanation> {
    let of_cases = CaseError::all().map(|rule| Explanation::of_rule(&rule));
    let of_reference = ReferenceError::all().map(|rule| Explanation::of_rule(&rule));
    let of_sharing = SharingError::all().map(|rule| Explanation::of_rule(&rule));
    let of_policies = PolicyError::all().map(|rule| Explanation::of_rule(&rule));
    let of_attachments = AttachmentError::all().map(|rule| Explanation::of_rule(&rule));
    let of_histories = HistoriesError::all().map(|rule| Explanation::of_rule(&rule));
    ALL.iter()
        .map(Explanation::from)
        .chain(of_cases)
        .chain(of_attachments)
        .chain(of_reference)
        .chain(of_sharing)
        .chain(of_policies)
        .chain(of_histories)
}

/// List the kinds of problems.
///
/// Those that come from HTTP itself, and the rules that refuse.
#[utoipa::path(
    tag = "service",
    operation_id = "list_problems",
    security(()),
    responses((status = 200, description = "The kinds of problems", body = [Explanation]), PublicProblems),
)]
#[get("/problems")]
pub async fn list_problems() -> web::Json<Vec<Explanation>> {
    web::Json(all().collect())
}

/// Explain a kind of problem.
///
/// The address is the `type` of the problem. Answers with a page to a browser, with JSON to everybody else.
#[utoipa::path(
    tag = "service",
    operation_id = "show_problem",
    security(()),
    params(("code" = String, Path, description = "The last part of the problem's `type`", example = "stale")),
    responses(
        (status = 200, description = "What it means", content(
            (Explanation = "application/json"),
            (String = "text/html", example = "<!doctype html><title>stale</title>"),
        )),
        PublicProblems,
    ),
)]
#[get("/problems/{code}")]
pub async fn show_problem(request: HttpRequest, code: web::Path<String>) -> Result<HttpResponse, Problem> {
    let address = format!("/problems/{code}");
    let known = all().find(|known| known.kind == address).ok_or(NOT_FOUND)?;
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") {
        return Ok(HttpResponse::Ok().json(known));
    }
    let Explanation { kind, status, title, meaning } = known;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>\
         <h1>{title}</h1><p>{meaning}</p><p>Status {status}, type <code>{kind}</code>.</p>"
    )))
}
