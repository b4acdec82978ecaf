//! The first and the last that happens to a request: it gets its id, is counted, and leaves with the house's headers.
use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
};

use super::{guard::as_problem, metrics::Observed};
use crate::request_id::{self, X_REQUEST_ID};

const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";
/// Two years, as browsers ask for; whether other names of the domain have certificates is not ours to say.
const TLS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000");
const THE_PAGE: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                        frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The outermost middleware.
pub async fn arrive(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method() == actix_web::http::Method::HEAD {
        request.head_mut().method = actix_web::http::Method::GET;
    }
    let id = request_id::of(request.headers());
    let shown = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"));
    request.headers_mut().insert(X_REQUEST_ID, shown.clone());
    let policy = if request.path().starts_with("/docs") { THE_PAGE } else { NOTHING };
    let secure = request.app_config().secure();
    let observed = Observed::begin(&request);
    // Within the scope also what happens before the first await: the span is opened there.
    match request_id::scope(id, async move { next.call(request).await }).await {
        Ok(answer) => {
            let mut answer = as_problem(answer.map_into_boxed_body());
            observed.end(answer.status());
            dress(answer.headers_mut(), shown, policy, secure);
            Ok(answer)
        }
        Err(error) => {
            let mut answer = error.error_response();
            observed.end(answer.status());
            dress(answer.headers_mut(), shown, policy, secure);
            Err(InternalError::from_response(error, answer).into())
        }
    }
}

fn dress(headers: &mut HeaderMap, id: HeaderValue, policy: &'static str, secure: bool) {
    headers.insert(X_REQUEST_ID, id);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    if secure {
        headers.insert(STRICT_TRANSPORT_SECURITY, TLS_ONLY);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
