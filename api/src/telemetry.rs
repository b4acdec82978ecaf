//! What the server says about itself: readable or JSON lines, and traces where a collector is named.
use std::{
    io::{self, IsTerminal},
    panic,
};

use clap::ValueEnum;
use opentelemetry::{global, trace::TracerProvider};
use opentelemetry_otlp::SpanExporter;
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use serde::{Deserialize, Serialize};
use tracing::{Level, Metadata};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
const OURS: [&str; 5] = ["throughline", "api", "application", "domain", "infrastructure"];
const USUAL: &str = "info,actix_server=warn,refinery_core=warn,tokio_postgres=warn";

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

/// Logs and traces of this process; what is still on its way leaves when it is dropped.
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Begins to log to standard error as `RUST_LOG` says, and to send traces if a collector is named.
    pub fn begin(format: LogFormat) -> anyhow::Result<Self> {
        let traces = if ENDPOINTS.iter().any(|name| std::env::var_os(name).is_some()) { Some(traces()?) } else { None };
        let sent = traces.as_ref().map(|traces| {
            let layer = tracing_opentelemetry::layer().with_tracer(traces.tracer("throughline"));
            layer.with_filter(filter_fn(|line| *line.level() <= Level::INFO))
        });
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal())
            .with_target(false);
        let lines = match format {
            LogFormat::Text => lines.boxed(),
            LogFormat::Json => lines.json().flatten_event(true).boxed(),
        };
        tracing_subscriber::registry()
            .with(sent)
            .with(lines.with_filter(filter.and(filter_fn(is_discreet))))
            .try_init()?;
        quiet_panics();
        Ok(Self(traces))
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(Err(error)) = self.0.as_ref().map(SdkTracerProvider::shutdown) {
            tracing::warn!(%error, "the last traces were lost");
        }
    }
}

/// Libraries tell in their finer lines what they were handed: a statement's values, a request's body. Whatever
/// `RUST_LOG` asks for, such lines are ours alone.
fn is_discreet(line: &Metadata<'_>) -> bool {
    let name = line.target().split("::").next().unwrap_or_default();
    *line.level() <= Level::INFO || OURS.contains(&name)
}

fn traces() -> anyhow::Result<SdkTracerProvider> {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let exporter = SpanExporter::builder().with_http().build()?;
    let resource = Resource::builder().with_service_name("throughline").build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}

/// A panic's message can hold anything, also what somebody sent; its place is enough to find it.
fn quiet_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panicked");
    }));
}
