//! HTTP in, commands and questions out.
mod answer;
mod auth;
mod body;
mod cases;
mod changes;
mod contract;
mod docs;
pub mod exports;
mod figures;
mod headers;
mod me;
mod outcomes;
mod page;
mod params;
mod problem;
mod reference;
mod register;
mod request_id;
mod server;
mod telemetry;

pub use answer::{Listed, Shown, Written};
pub use auth::{
    AUDIENCE, Caller, DevIssuer, Gate, ISSUER, Issuer, NoIssuer, NotLoopback, Pace, Provider, Rates, Refused, Verifier,
    only_on_loopback,
};
pub use body::Body;
pub use cases::Cases;
pub use changes::Changes;
pub use contract::openapi;
pub use figures::Figures;
pub use headers::{ConsistencyToken, Expected, Key, Read, ReadBehind, Write};
pub use outcomes::{Outcomes, WorkedOut};
pub use page::{Page, cursor};
pub use params::{List, NoFilters, Params};
pub use problem::{Fault, Problem, Problems, PublicProblems};
pub use reference::Reference;
pub use server::{Certificate, CertificateFiles, Limits, Metrics, Origins, Server};
pub use telemetry::{LogFormat, Telemetry};
