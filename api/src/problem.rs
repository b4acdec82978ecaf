//! Every failure leaves here, as RFC 9457 problem details.
mod details;
mod known;
mod pages;
mod refusal;
mod responses;

pub use details::{Details, Fault};
pub use known::Known;
pub use known::*;
pub use pages::{list_problems, show_problem};
pub use responses::{Problems, PublicProblems, shared};

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
};
use serde::Serialize;

use crate::request_id;

/// The media type of every failure.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct Problem(Box<Details>);

impl Problem {
    /// A problem with a name, a status and a sentence of its own, as the rules of the domain have them.
    pub fn named(status: StatusCode, code: &str, title: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind: format!("/problems/{code}"),
            title: title.into(),
            status,
            detail: None,
            instance: request_id::current(),
            errors: vec![],
            headers: vec![],
        }))
    }

    /// Says more.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Says everything that is wrong with what was sent.
    #[must_use]
    pub fn errors(mut self, errors: Vec<Fault>) -> Self {
        self.0.errors = errors;
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }
}

impl From<Known> for Problem {
    fn from(known: Known) -> Self {
        Self::named(known.status, known.code, known.title)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.kind)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.0.status);
        for header in &self.0.headers {
            answer.append_header(header.clone());
        }
        answer.content_type(MEDIA_TYPE).body(serde_json::to_string(self).unwrap_or_default())
    }
}
