//! Says in the contract with which problems an operation may answer.
use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Content, Ref, RefOr, Response},
};

use super::MEDIA_TYPE;

const PUBLIC: &[(u16, &str)] = &[
    (400, "The request cannot be understood."),
    (404, "There is nothing here."),
    (405, "Not with this method."),
    (429, "Too many requests in a short time."),
    (500, "Something is wrong with this server."),
    (503, "Not right now; `Retry-After` says when."),
];

const PRIVATE: &[(u16, &str)] = &[
    (400, "The request cannot be understood; `errors` names every place that is wrong."),
    (401, "No valid token."),
    (403, "You may see this, but not do this; `detail` gives the reason."),
    (404, "There is nothing here, or nothing that you may see."),
    (405, "Not with this method."),
    (408, "The body did not arrive in time."),
    (409, "A rule refuses; the type names the rule."),
    (412, "It has changed since the version in `If-Match`."),
    (413, "The body is too large."),
    (415, "The body is not `application/json`."),
    (429, "Too many requests in a short time."),
    (500, "Something is wrong with this server."),
    (503, "Not right now; `Retry-After` says when."),
];

/// The problems of an operation that asks who calls.
pub struct Problems;

/// The problems of an operation that is open to everybody.
pub struct PublicProblems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        responses(PRIVATE)
    }
}

impl IntoResponses for PublicProblems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        responses(PUBLIC)
    }
}

fn responses(of: &[(u16, &str)]) -> BTreeMap<String, RefOr<Response>> {
    of.iter().map(|(status, _)| (status.to_string(), RefOr::Ref(Ref::from_response_name(name(*status))))).collect()
}

fn name(status: u16) -> String {
    format!("Problem{status}")
}

/// The answers that the contract keeps once for all operations.
pub fn shared() -> BTreeMap<String, RefOr<Response>> {
    let problem = || Content::new(Some(Ref::from_schema_name("Problem")));
    PRIVATE
        .iter()
        .map(|(status, description)| {
            let response = Response::builder().description(*description).content(MEDIA_TYPE, problem()).build();
            (name(*status), RefOr::T(response))
        })
        .collect()
}
