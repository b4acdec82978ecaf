//! What is measured.
pub mod caseload;
pub mod commands;
pub mod decisions;
pub mod effects;
pub mod import;
pub mod length;
pub mod memory;
pub mod reads;
pub mod replay;
pub mod stores;
pub mod year;
