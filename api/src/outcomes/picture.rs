//! Outcomes above, what was done below, on one axis of time: as pictures, which name nobody.
mod panel;
mod school;
mod student;

use std::fmt::Display;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{ACCEPT, VARY},
};
use serde::Serialize;

pub use school::school_picture;
pub use student::student_picture;

use crate::{Problem, problem::INTERNAL};

/// What is shown as JSON, or drawn for who asks for a picture.
pub fn shown_or_drawn<T: Serialize, E: Display>(
    request: &HttpRequest,
    shown: &T,
    draw: impl Fn(&T) -> Result<String, E>,
) -> Result<HttpResponse, Problem> {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut answer = HttpResponse::Ok();
    answer.insert_header((VARY, "accept"));
    if !accept.contains("image/svg+xml") {
        return Ok(answer.json(shown));
    }
    let drawn = draw(shown).map_err(|cause| {
        tracing::error!(%cause, "a picture cannot be drawn");
        INTERNAL
    })?;
    Ok(answer.content_type("image/svg+xml").body(drawn))
}
