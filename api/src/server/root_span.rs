//! The trace of a request: which operation, under which id, how it ended; nothing about a person.
use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header::HeaderMap},
};
use opentelemetry::{global, propagation::Extractor};
use tracing::{Span, field::Empty};
use tracing_actix_web::RootSpanBuilder;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{metrics::known_method, routes::template};
use crate::request_id;

/// Opens and closes the span of a request. The address is shown as its template only, without its query.
pub struct RootSpan;

impl RootSpanBuilder for RootSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let route = template(request);
        let method = known_method(request.method());
        let span = tracing::info_span!(
            "request",
            http.request.method = method,
            http.route = route,
            http.response.status_code = Empty,
            request_id = request_id::current(),
            otel.name = format!("{method} {route}"),
            otel.kind = "server",
            otel.status_code = Empty,
        );
        let parent = global::get_text_map_propagator(|propagator| propagator.extract(&Headers(request.headers())));
        // Without OpenTelemetry there is nothing to be a child of.
        let _ = span.set_parent(parent);
        span
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(answer) => answer.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.record("http.response.status_code", status.as_u16());
        span.record("otel.status_code", if status.is_server_error() { "ERROR" } else { "OK" });
        span.in_scope(|| told(status));
    }
}

fn told(status: StatusCode) {
    let status = status.as_u16();
    match status {
        500.. => tracing::error!(status, "failed"),
        400.. => tracing::info!(status, "refused"),
        _ => tracing::debug!(status, "answered"),
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(|name| name.as_str()).collect()
    }
}
