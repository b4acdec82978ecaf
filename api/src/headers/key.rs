//! What a write of a record without versions says beside its body: the name of the command.
use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::IF_MATCH};
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};
use uuid::Uuid;

use super::{parameter, uuid, write::key};
use crate::{
    Problem,
    problem::{self, Fault},
};

/// The key of a write to a record that has no versions: it names the command, and what the command grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub Uuid);

impl FromRequest for Key {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A condition that cannot be checked must not be passed over.
        let condition = request.headers().contains_key(IF_MATCH);
        let fault = condition.then(|| Fault::of("If-Match", "is not known here: these records have no versions"));
        ready(match (key(request), fault) {
            (Ok(key), None) => Ok(Self(key)),
            (key, fault) => {
                let faults = [key.err(), fault].into_iter().flatten().collect();
                Err(Problem::from(problem::INVALID_HEADER).errors(faults))
            }
        })
    }
}

impl IntoParams for Key {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let key = "Names this command, and what it grants; a repetition under the same key has no second effect.";
        vec![parameter("Idempotency-Key", Required::True, key, uuid(), "0199c8a4-3b52-7c11-8f0e-1f6d2b9c7a10")]
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const KEY: (&str, &str) = ("idempotency-key", "0199c8a4-3b52-7c11-8f0e-1f6d2b9c7a10");

    #[actix_web::test]
    async fn a_condition_is_refused_where_there_is_no_version() {
        let request = TestRequest::put().append_header(KEY).to_http_request();
        assert_eq!(Key::extract(&request).await.expect("a key").0.to_string(), KEY.1);
        let conditional = TestRequest::put().append_header(KEY).append_header(("if-match", "\"7\"")).to_http_request();
        let problem = Key::extract(&conditional).await.expect_err("a problem");
        assert_eq!(problem.to_string(), "/problems/invalid-header");
    }
}
