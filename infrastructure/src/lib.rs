//! PostgreSQL behind the application's ports.
pub mod import;
