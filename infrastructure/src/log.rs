//! The log in PostgreSQL: events, decision states, view rows and request records in one transaction.
mod appender;
pub mod archive;
pub(crate) mod chain;
pub(crate) mod columns;
mod commit;
mod envelope;
mod find;
mod fingerprint;
mod journal;
pub(crate) mod live_views;
mod memory;
pub mod order;
mod partitions;
pub(crate) mod reader;
pub(crate) mod replay;
pub(crate) mod rows;

pub use journal::PgJournal;
pub use partitions::{extend_log, extending_log};

/// The kind of stream that a case is.
pub(crate) const CASE: &str = <domain::case::Case as cqrs_es::Aggregate>::TYPE;
