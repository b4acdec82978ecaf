//! The tables that can be exported, and their rows.
mod bands;
mod effects;
mod figures;
mod histories;

use super::Sheet;

pub use bands::{BANDS, bands};
pub use effects::{EFFECTS, effects};
pub use figures::{FIGURES, figures};
pub use histories::{CASE_HISTORIES, histories};

/// All of them.
pub const SHEETS: [&Sheet; 4] = [&EFFECTS, &BANDS, &FIGURES, &CASE_HISTORIES];
