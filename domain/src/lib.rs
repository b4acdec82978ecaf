//! What a student's case is and what may happen to it. Knows no web, no database, no clock.
mod decide;
mod evidence;
mod id;
mod minutes;
mod rejection;
mod role;
mod school_calendar;
mod sealing_key;
mod visibility;

pub mod case;
pub mod effect;
pub mod indicator;
pub mod policy;
pub mod progress;
pub mod text;

pub use decide::{Decide, Stamp, Stamped};
pub use evidence::{Evidence, Fingerprint};
pub use id::*;
pub use minutes::Minutes;
pub use rejection::{Kind, Reject};
pub use role::Role;
pub use school_calendar::SchoolCalendar;
pub use sealing_key::SealingKey;
pub use text::Text;
pub use visibility::Visibility;
