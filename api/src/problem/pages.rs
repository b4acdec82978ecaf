//! `GET /problems/{code}`: a page that explains a kind of problem.
use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ALL, Known, NOT_FOUND, Problem, PublicProblems};

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
    title: &'static str,
    /// What it means and what to do.
    meaning: &'static str,
}

impl From<&Known> for Explanation {
    fn from(known: &Known) -> Self {
        let Known { code, status, title, meaning } = *known;
        Self { kind: format!("/problems/{code}"), status: status.as_u16(), title, meaning }
    }
}

/// List the kinds of problems.
///
/// Those that come from HTTP itself. A rule that refuses brings a name of its own, with status 409.
#[utoipa::path(
    tag = "service",
    operation_id = "list_problems",
    security(()),
    responses((status = 200, description = "The kinds of problems", body = [Explanation]), PublicProblems),
)]
#[get("/problems")]
pub async fn list_problems() -> web::Json<Vec<Explanation>> {
    web::Json(ALL.iter().map(Explanation::from).collect())
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
    let known = ALL.iter().find(|known| known.code == *code).ok_or(NOT_FOUND)?;
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/html") {
        return Ok(HttpResponse::Ok().json(Explanation::from(known)));
    }
    let Known { code, status, title, meaning } = known;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{code}</title>\
         <h1>{title}</h1><p>{meaning}</p><p>Status {status}, type <code>/problems/{code}</code>.</p>"
    )))
}
