//! What is counted over many cases: figures of schools, and what each member of staff did.
//!
//! A reader follows the log and keeps one small row for each thing on a case that counts, and numbers by cell. A
//! thing that is put right, taken back or moved is taken out of its old cell and put into its new one. What depends
//! on today (overdue, how long something waits) is worked out when the figures are read, from the days in the cells.
mod cell;
mod compartment;
mod counted;
mod fold;
mod read;
mod repair;
mod tally;

pub use cell::{Amount, Cell, Measure, NO_DAY, week_of};
pub use compartment::Compartment;
pub use counted::Counted;
pub use read::{CellRow, Freshness, Progress, ReadFigures, Scope, Views};
pub use tally::{Changes, Key, Tally, named, touches_all};
