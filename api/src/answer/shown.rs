//! One thing, as it is now.
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder, Responder,
    body::BoxBody,
    http::header::{CACHE_CONTROL, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, VARY},
};
use serde::Serialize;

use crate::headers::{entity_tag_of_look, matches};

/// It may be kept by who got it alone, and shown again only after asking whether it still is theirs to see.
const KEPT: [(HeaderName, HeaderValue); 2] =
    [(CACHE_CONTROL, HeaderValue::from_static("private, no-cache")), (VARY, HeaderValue::from_static("Authorization"))];

/// A view with the version that it shows; a client that has this version already gets 304.
#[derive(Debug)]
pub struct Shown<T> {
    /// Absent where it is known to be the one that the client has.
    view: Option<T>,
    version: Option<u64>,
    look: Option<u64>,
}

impl<T> Shown<T> {
    /// A view without a version.
    pub const fn new(view: T) -> Self {
        Self { view: Some(view), version: None, look: None }
    }

    /// A view of one version as one reader sees it on one day.
    pub const fn seen(view: T, version: u64, look: u64) -> Self {
        Self { view: Some(view), version: Some(version), look: Some(look) }
    }

    /// What the client has already.
    pub const fn unchanged(version: u64, look: u64) -> Self {
        Self { view: None, version: Some(version), look: Some(look) }
    }

    /// A view of one version of a stream.
    pub const fn at(view: T, version: u64) -> Self {
        Self { view: Some(view), version: Some(version), look: None }
    }
}

impl<T: Serialize> Responder for Shown<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Some(version) = self.version else { return HttpResponse::Ok().json(self.view) };
        let tag = (ETAG, entity_tag_of_look(version, self.look));
        let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        if self.view.is_none() || known.is_some_and(|known| matches(known, version, self.look)) {
            return kept(HttpResponse::NotModified()).insert_header(tag).finish();
        }
        kept(HttpResponse::Ok()).insert_header(tag).json(self.view)
    }
}

fn kept(mut answer: HttpResponseBuilder) -> HttpResponseBuilder {
    for header in KEPT {
        answer.append_header(header);
    }
    answer
}
