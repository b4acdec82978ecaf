//! The tables that can be exported, and their rows.
mod bands;
mod effects;
mod histories;

use super::Sheet;

pub use bands::{BANDS, bands};
pub use effects::{EFFECTS, effects};
pub use histories::{CASE_HISTORIES, histories};

/// All of them.
pub const SHEETS: [&Sheet; 3] = [&EFFECTS, &BANDS, &CASE_HISTORIES];
