//! What changed after support began, beside students of whom nobody took care yet: counted, compared, never explained.
//!
//! The windows before and after the start are equally long in school days. Who was served is compared with students who
//! had no support yet, were in the same grade and band and had been away as often in the window before; the difference
//! between what changed for the one and for the other is the estimate, with an interval from resampling the students.
//! Without the comparison the figure would be false: support begins when things are at their worst, and from there they
//! change for the better by themselves (regression to the mean).
mod balance;
mod compare;
mod difference;
mod dosage;
mod matching;
mod trace;
mod windows;

#[cfg(test)]
mod given;
#[cfg(test)]
mod planted;

pub use balance::{Balance, standardised};
pub use compare::{Comparison, FEWEST, compare};
pub use difference::{Difference, Interval};
pub use dosage::DosageBand;
pub use matching::{Likeness, Matched, Observation, Stratum, match_up};
pub use trace::{Outcome, Trace};
pub use windows::Windows;
