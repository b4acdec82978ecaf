//! The name of a request: accepted or given on arrival, in every log line, problem and answer.
use std::future::Future;

use actix_web::http::header::{HeaderMap, HeaderName};
use uuid::Uuid;

/// The header that carries it, both ways.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that is being served, if any.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Serves a request under its id.
pub async fn scope<F: Future>(id: String, serving: F) -> F::Output {
    CURRENT.scope(id, serving).await
}

/// The id that the client gave, the trace that the request belongs to, or a new one.
pub fn of(headers: &HeaderMap) -> String {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let given = header(X_REQUEST_ID.as_str()).filter(|id| is_sane(id));
    let trace = || header("traceparent").and_then(|parent| parent.split('-').nth(1)).filter(|id| is_trace(id));
    given.or_else(trace).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}

fn is_sane(id: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(allowed)
}

fn is_trace(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) && id.bytes().any(|byte| byte != b'0')
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn id(name: &'static str, value: &'static str) -> String {
        of(&HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]))
    }

    #[test]
    fn a_sane_id_is_kept() {
        assert_eq!(id("x-request-id", "front-end.7"), "front-end.7");
    }

    #[test]
    fn a_trace_names_its_request() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        assert_eq!(id("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), trace);
    }

    #[test]
    fn anything_else_gets_a_new_one() {
        for (name, value) in [("x-request-id", "a b"), ("x-request-id", ""), ("traceparent", "00-zz-11-01")] {
            assert!(id(name, value).parse::<Uuid>().is_ok());
        }
    }
}
