//! The log in PostgreSQL: events, decision states, view rows and request records in one transaction.
mod appender;
mod commit;
mod envelope;
mod fingerprint;
mod journal;
mod memory;
pub mod order;
mod partitions;
pub(crate) mod reader;
pub(crate) mod replay;
mod rows;

pub use journal::PgJournal;
pub use partitions::{extend_log, keep_log_extended};
