//! `GET /metrics`: how much was asked and how long it took, by operation; never by whom or about whom.
use std::time::{Duration, Instant};

use actix_web::{
    HttpResponse,
    dev::ServiceRequest,
    get,
    http::{Method, StatusCode},
    web::Data,
};
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::routes::template;
use crate::problem::PublicProblems;

const REQUESTS: &str = "http_requests_total";
const SECONDS: &str = "http_request_duration_seconds";
const UNDER_WAY: &str = "http_requests_in_flight";
const BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

type Gauges = std::sync::Arc<dyn Fn() + Send + Sync>;

/// What `/metrics` shows.
#[derive(Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
    refresh: Gauges,
}

impl Metrics {
    /// Collects the metrics of this process from now on; `refresh` sets gauges that are only worth knowing when
    /// somebody asks, such as those of a connection pool. To be called once.
    pub fn install(refresh: impl Fn() + Send + Sync + 'static) -> Result<Self, BuildError> {
        let handle = builder()?.install_recorder()?;
        describe_counter!(REQUESTS, "Requests answered, by operation, method and class of status.");
        describe_histogram!(SECONDS, "How long answers took, by operation and method.");
        describe_gauge!(UNDER_WAY, "Requests that are being answered.");
        Ok(Self { handle, refresh: std::sync::Arc::new(refresh) })
    }

    /// Metrics that nobody writes to, for tests.
    pub fn unheard() -> Result<Self, BuildError> {
        Ok(Self { handle: builder()?.build_recorder().handle(), refresh: std::sync::Arc::new(|| ()) })
    }

    /// Forgets what is too old to be shown; to be called every few seconds.
    pub async fn keep_up(self) {
        loop {
            tokio::time::sleep(Duration::from_secs(5)).await;
            self.handle.run_upkeep();
        }
    }
}

fn builder() -> Result<PrometheusBuilder, BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)
}

/// Show the metrics in Prometheus' text format.
///
/// Requests by operation, method and class of status, how long they took, and the connections to the database.
#[utoipa::path(
    tag = "service",
    security(()),
    responses(
        (status = 200, description = "The metrics", body = String, content_type = "text/plain",
            example = "http_requests_total{operation=\"/v1/me\",method=\"GET\",status=\"2xx\"} 1"),
        PublicProblems,
    ),
)]
#[get("/metrics")]
pub async fn show_metrics(metrics: Data<Metrics>) -> HttpResponse {
    (metrics.refresh)();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(metrics.handle.render())
}

/// A request that is being answered.
pub struct Observed {
    operation: String,
    method: &'static str,
    since: Instant,
}

impl Observed {
    /// It begins.
    pub fn begin(request: &ServiceRequest) -> Self {
        gauge!(UNDER_WAY).increment(1);
        Self { operation: template(request), method: known_method(request.method()), since: Instant::now() }
    }

    /// It ends.
    pub fn end(&self, status: StatusCode) {
        let labels = [("operation", self.operation.clone()), ("method", self.method.to_owned())];
        let class = format!("{}xx", status.as_u16() / 100);
        histogram!(SECONDS, &labels).record(self.since.elapsed());
        let [operation, method] = labels;
        counter!(REQUESTS, &[operation, method, ("status", class)]).increment(1);
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        gauge!(UNDER_WAY).decrement(1);
    }
}

/// The name of a method; one that nobody knows makes no series of its own, nor a word in a log.
pub fn known_method(method: &Method) -> &'static str {
    let known = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|known| *known == method.as_str()).unwrap_or("OTHER")
}
