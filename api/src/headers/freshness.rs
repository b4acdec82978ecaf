//! How fresh an answer must be: what a read may say about what it has and what it has written.
use std::fmt;

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderName, HeaderValue, IF_NONE_MATCH},
    web::Data,
};
use application::figures::Views;
use futures::{FutureExt, future::LocalBoxFuture};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};

use super::{one, parameter, text};
use crate::{
    Figures, Problem,
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

/// The headers of a read of single cases, whose views change with the events. (`If-None-Match` is answered by
/// [`Shown`](crate::Shown).) It is there once what it asks for can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The answer shows at least this.
    pub at_least: Option<ConsistencyToken>,
    /// The tags of what the caller has already, as they were sent.
    pub known: Option<String>,
}

/// The headers of a read of what is counted behind the events. It is there once what it asks for is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadBehind {
    /// The answer counts at least this.
    pub at_least: Option<ConsistencyToken>,
}

impl FromRequest for Read {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = request.headers().get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).map(str::to_owned);
        wait(request, Views::Cases).map(|at_least| Ok(Self { at_least: at_least?, known })).boxed_local()
    }
}

impl FromRequest for ReadBehind {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        wait(request, Views::Figures).map(|at_least| Ok(Self { at_least: at_least? })).boxed_local()
    }
}

/// Waits until `views` show what the request asks for.
fn wait(
    request: &HttpRequest,
    views: Views,
) -> impl Future<Output = Result<Option<ConsistencyToken>, Problem>> + use<> {
    let at_least = at_least(request);
    let freshness = request.app_data::<Data<Figures>>().map(|figures| figures.freshness.clone());
    async move {
        let at_least = at_least.map_err(|fault| Problem::from(problem::INVALID_HEADER).errors(vec![fault]))?;
        if let Some(ConsistencyToken(position)) = at_least {
            freshness.ok_or(problem::UNAVAILABLE)?.wait_for(views, position).await?;
        }
        Ok(at_least)
    }
}

fn at_least(request: &HttpRequest) -> Result<Option<ConsistencyToken>, Fault> {
    let Some(token) = one(request, &CONSISTENCY_TOKEN, "Consistency-Token")? else { return Ok(None) };
    let digits = token
        .strip_prefix('p')
        .filter(|digits| (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let position = digits.and_then(|digits| digits.parse().ok()).map(ConsistencyToken);
    position.map(Some).ok_or_else(|| Fault::of("Consistency-Token", "must be as the answer to a write gave it"))
}

impl IntoParams for Read {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let known = "The `ETag` you have: if nothing has changed since, the answer is 304 without a body.";
        vec![token(), parameter("If-None-Match", Required::False, known, text(), "\"7\"")]
    }
}

impl IntoParams for ReadBehind {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![token()]
    }
}

fn token() -> Parameter {
    let at_least = "As the answer to a write gave it: this answer is at least that fresh, or a 503 with `Retry-After`.";
    parameter("Consistency-Token", Required::False, at_least, text().pattern(Some("^p[0-9]{1,18}$")), "p1024")
}
