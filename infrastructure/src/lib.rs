//! PostgreSQL behind the application's ports.
mod calendars;
mod cases;
pub mod import;
mod log;

pub use calendars::PgCalendars;
pub use cases::PgCases;
pub use log::PgJournal;
