//! Whether a student gets where a goal is to lead: fidelity first, then the rules of progress monitoring.
//!
//! The rules are those of curriculum-based measurement as MTSS teams use them: the four-point rule and the trend line
//! against the aimline (S. Deno, D. Fuchs; National Center on Intensive Intervention), and the median of the last three
//! points, which one bad day does not move.
mod advice;
mod point;
mod trend;

pub use advice::{Advice, Basis, FIDELITY_PERCENT, Rule, advise};
pub use point::{Point, ToldYears};
pub use trend::{Trend, median, theil_sen};
