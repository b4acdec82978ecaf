//! The log in PostgreSQL: events, decision states, view rows and request records in one transaction.
mod append;
mod envelope;
mod fingerprint;
mod journal;
pub(crate) mod replay;
mod rows;

pub use journal::PgJournal;
