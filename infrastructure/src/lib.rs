//! PostgreSQL behind the application's ports.
mod calendars;
mod cases;
mod connections;
mod database;
mod demo;
pub mod import;
mod log;
mod migrate;
pub mod private_postgres;
mod ready;
mod reference;
mod signing_key;
mod staff;

pub use calendars::PgCalendars;
pub use cases::PgCases;
pub use connections::show_connections;
pub use database::{Database, DatabaseError, Limits, OpenError, Source};
pub use deadpool_postgres::Pool;
pub use demo::PgDemo;
pub use log::PgJournal;
pub use migrate::{MigrateError, migrate};
pub use private_postgres::PrivatePostgres;
pub use ready::PgReady;
pub use reference::PgReference;
pub use signing_key::PgKeepSigningKey;
pub use staff::{NewStaff, PgStaff, Place};
