//! What follows the log behind the writers, each event counted once however many servers run.
mod feed;
mod figures;
mod follow;
mod freshness;
mod lag;
mod outbox;
mod step;

pub use crate::log::reader::{PAGE, Page, Recorded};
pub use feed::Feed;
pub use figures::{FiguresFeed, PgFigures};
pub use follow::Readers;
pub use freshness::PgFreshness;
pub use lag::show_lag;
pub use outbox::OutboxFeed;
pub use step::{Stepped, generations, step};
