//! How fresh an answer must be: what a read may say about what it has and what it has written.
use std::{
    fmt,
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderName, HeaderValue},
};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};

use super::{one, parameter, text};
use crate::{
    Problem,
    problem::{self, Fault},
};

/// The header that a write answers with and a read may carry.
pub const CONSISTENCY_TOKEN: HeaderName = HeaderName::from_static("consistency-token");

/// A position in the log that an answer must have reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsistencyToken(pub u64);

impl fmt::Display for ConsistencyToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", self.0)
    }
}

impl From<ConsistencyToken> for HeaderValue {
    fn from(token: ConsistencyToken) -> Self {
        Self::from_str(&token.to_string()).unwrap_or(Self::from_static("p0"))
    }
}

/// The headers of a read. (`If-None-Match` is answered by [`Shown`](crate::Shown).)
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read {
    /// The answer must show at least this.
    pub at_least: Option<ConsistencyToken>,
}

impl FromRequest for Read {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let at_least = at_least(request).map(|at_least| Self { at_least });
        ready(at_least.map_err(|fault| Problem::from(problem::INVALID_HEADER).errors(vec![fault])))
    }
}

fn at_least(request: &HttpRequest) -> Result<Option<ConsistencyToken>, Fault> {
    let Some(token) = one(request, &CONSISTENCY_TOKEN, "Consistency-Token")? else { return Ok(None) };
    let digits = token.strip_prefix('p').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let position = digits.and_then(|digits| digits.parse().ok()).map(ConsistencyToken);
    position.map(Some).ok_or_else(|| Fault::of("Consistency-Token", "must be as the answer to a write gave it"))
}

impl IntoParams for Read {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let at_least = "As the answer to a write gave it: this answer is at least that fresh.";
        let token = text().pattern(Some("^p[0-9]{1,18}$"));
        let known = "The `ETag` you have: if nothing has changed since, the answer is 304 without a body.";
        vec![
            parameter("Consistency-Token", Required::False, at_least, token, "p1024"),
            parameter("If-None-Match", Required::False, known, text(), "\"7\""),
        ]
    }
}
