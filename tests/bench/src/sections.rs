//! What is measured.
pub mod commands;
pub mod length;
pub mod memory;
pub mod reads;
pub mod stores;
