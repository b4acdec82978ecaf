//! What every write says beside its body: the name of the command, and which version it is meant for.
use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{HeaderName, IF_MATCH},
};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};
use uuid::Uuid;

use super::{entity_tag::version, one, parameter, text, uuid};
use crate::{
    Problem,
    problem::{self, Fault},
};

/// The header that names a write.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The headers of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Write {
    /// Names the command, and the one thing that it creates.
    pub key: Uuid,
    /// Which version the write is meant for; without it the server settles lost races itself.
    pub expected: Option<Expected>,
}

/// The version that a write is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Any, as long as there is one.
    Any,
    /// This one.
    Version(u64),
}

impl FromRequest for Write {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match (key(request), expected(request)) {
            (Ok(key), Ok(expected)) => Ok(Self { key, expected }),
            (key, expected) => {
                let faults = [key.err(), expected.err()].into_iter().flatten().collect();
                Err(Problem::from(problem::INVALID_HEADER).errors(faults))
            }
        })
    }
}

pub(super) fn key(request: &HttpRequest) -> Result<Uuid, Fault> {
    let fault = || Fault::of("Idempotency-Key", "must be a UUID, best a new one of version 7 for each command");
    let key = one(request, &IDEMPOTENCY_KEY, "Idempotency-Key")?.filter(|key| key.len() == 36);
    key.and_then(|key| key.parse().ok()).ok_or_else(fault)
}

fn expected(request: &HttpRequest) -> Result<Option<Expected>, Fault> {
    let fault = || Fault::of("If-Match", "must be one strong entity tag as an ETag gave it, or *");
    match one(request, &IF_MATCH, "If-Match")? {
        None => Ok(None),
        Some("*") => Ok(Some(Expected::Any)),
        Some(tag) => version(tag).map(|version| Some(Expected::Version(version))).ok_or_else(fault),
    }
}

impl IntoParams for Write {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let key = "Names this command, and what it creates; a repetition under the same key has no second effect.";
        let expected = "The `ETag` this is meant for; if it has changed since, nothing is done (412).";
        let tag = text().pattern(Some(r#"^(\*|"[0-9]{1,18}(-[0-9a-f]{1,16})?")$"#));
        vec![
            parameter("Idempotency-Key", Required::True, key, uuid(), "0199c8a4-3b52-7c11-8f0e-1f6d2b9c7a10"),
            parameter("If-Match", Required::False, expected, tag, "\"7\""),
        ]
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    async fn write(headers: &[(&'static str, &'static str)]) -> Result<Write, Vec<String>> {
        let request = headers.iter().fold(TestRequest::post(), |request, header| request.append_header(*header));
        Write::extract(&request.to_http_request()).await.map_err(|problem| {
            let problem = serde_json::to_value(problem).expect("JSON");
            let errors = problem["errors"].as_array().expect("errors").clone();
            errors.iter().map(|error| error["parameter"].as_str().unwrap_or_default().to_owned()).collect()
        })
    }

    #[actix_web::test]
    async fn a_key_is_enough() {
        let key = "0199c8a4-3b52-7c11-8f0e-1f6d2b9c7a10";
        assert_eq!(write(&[("idempotency-key", key)]).await.expect("a write").key.to_string(), key);
        let conditional = write(&[("idempotency-key", key), ("if-match", "\"7\"")]).await.expect("a write");
        assert_eq!(conditional.expected, Some(Expected::Version(7)));
    }

    #[actix_web::test]
    async fn what_is_wrong_is_named_all_at_once() {
        assert_eq!(write(&[]).await, Err(vec!["Idempotency-Key".to_owned()]));
        let both = Err(vec!["Idempotency-Key".to_owned(), "If-Match".to_owned()]);
        for tag in ["W/\"7\"", "\"7\", \"8\"", "7", ""] {
            assert_eq!(write(&[("idempotency-key", "7"), ("if-match", tag)]).await, both, "{tag}");
        }
        let twice = [("idempotency-key", "a"), ("idempotency-key", "b")];
        assert_eq!(write(&twice).await, Err(vec!["Idempotency-Key".to_owned()]));
    }
}
