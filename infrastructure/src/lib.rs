//! PostgreSQL behind the application's ports.
mod calendars;
mod cases;
mod database;
pub mod import;
mod log;
mod migrate;
pub mod private_postgres;

pub use calendars::PgCalendars;
pub use cases::PgCases;
pub use database::{Database, DatabaseError, Limits, OpenError, Source};
pub use log::PgJournal;
pub use migrate::{MigrateError, migrate};
pub use private_postgres::PrivatePostgres;
