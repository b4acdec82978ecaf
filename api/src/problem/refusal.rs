//! What a failed use case means to HTTP: the one place where that is decided.
use actix_web::http::{
    StatusCode,
    header::{ETAG, HeaderValue, RETRY_AFTER},
};
use application::Error;
use domain::Kind;

use super::{BEHIND, CONFLICT, FORBIDDEN, INVALID_CURSOR, KEY_REUSED, NOT_FOUND, Problem, STALE, UNAVAILABLE};
use crate::headers::entity_tag;

const SOON: HeaderValue = HeaderValue::from_static("1");

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected { kind, code, message } => Self::named(status(kind), code, message),
            Error::NotFound => NOT_FOUND.into(),
            Error::Forbidden { reason } => Self::from(FORBIDDEN).detail(reason),
            Error::Conflict => CONFLICT.into(),
            Error::Stale { current } => Self::from(STALE).header(ETAG, entity_tag(current)),
            Error::KeyReused => KEY_REUSED.into(),
            Error::Behind => Self::from(BEHIND).header(RETRY_AFTER, SOON),
            Error::BadCursor => INVALID_CURSOR.into(),
            Error::Busy => {
                Self::from(UNAVAILABLE).detail("Too much is waiting to be written.").header(RETRY_AFTER, SOON)
            }
            Error::Unavailable(cause) => {
                tracing::error!(%cause, "cannot serve a request");
                Self::from(UNAVAILABLE).header(RETRY_AFTER, SOON)
            }
        }
    }
}

/// The status of a kind of refusal.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Invalid | Kind::Conflict => StatusCode::CONFLICT,
        Kind::Forbidden => StatusCode::FORBIDDEN,
    }
}
