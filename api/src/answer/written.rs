//! What a write is answered with: where the thing is, which version it made, and how to read one's own write.
use actix_web::{
    HttpRequest, HttpResponse, Responder,
    body::BoxBody,
    http::{
        StatusCode,
        header::{ETAG, HeaderValue, LOCATION},
    },
};

use crate::headers::{CONSISTENCY_TOKEN, ConsistencyToken, entity_tag};

/// The answer to a write: no body, all in the headers.
#[derive(Debug)]
pub struct Written {
    status: StatusCode,
    location: Option<String>,
    version: Option<u64>,
    position: Option<u64>,
}

impl Written {
    /// Something was created; `location` can be read.
    pub fn created(location: impl Into<String>) -> Self {
        Self { status: StatusCode::CREATED, location: Some(location.into()), ..Self::done() }
    }

    /// It was done.
    pub const fn done() -> Self {
        Self { status: StatusCode::NO_CONTENT, location: None, version: None, position: None }
    }

    /// The version of the stream after it.
    #[must_use]
    pub fn version(self, version: u64) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The place in the log that it took.
    #[must_use]
    pub fn position(self, position: u64) -> Self {
        Self { position: Some(position), ..self }
    }
}

impl Responder for Written {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status);
        if let Some(location) = self.location {
            answer.insert_header((LOCATION, location));
        }
        if let Some(version) = self.version {
            answer.insert_header((ETAG, entity_tag(version)));
        }
        if let Some(position) = self.position {
            answer.insert_header((CONSISTENCY_TOKEN, HeaderValue::from(ConsistencyToken(position))));
        }
        answer.finish()
    }
}
