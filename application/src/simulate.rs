//! A district made up by chance, of any size: its schools and staff, its students, and years of support for some.
//!
//! For measuring and for trying things out. Everything follows from the seed, student by student, so that any part of
//! the district can be told again alone. What is decided is decided by the rules, as for anybody.
mod luck;
mod place;
mod refer;
mod shares;
mod story;
mod tell;
mod term;

pub use place::{Place, SimulatedSchool, SimulatedStudent};
pub use shares::Shares;
pub use story::story;
pub use tell::{KeepDistrict, Simulation, Told};

use chrono::NaiveDate;

/// What is to be made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct District {
    /// How many students there are.
    pub students: u64,
    /// Over how many school years they are supported.
    pub years: u32,
    /// What chance falls by.
    pub seed: u64,
    /// The day before which everything has happened.
    pub today: NaiveDate,
}

#[cfg(test)]
mod tests;
