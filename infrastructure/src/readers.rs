//! What follows the log behind the writers, each event counted once however many servers run.
mod feed;
mod figures;
mod follow;
mod freshness;
pub(crate) mod generation;
mod lag;
mod outbox;
mod served;
pub(crate) mod step;

pub use crate::log::reader::{PAGE, Page, Recorded};
pub use feed::Feed;
pub use figures::{FiguresFeed, PgFigures};
pub use follow::Readers;
pub use freshness::PgFreshness;
pub use generation::generation;
pub use lag::show_lag;
pub use outbox::{OUTBOX_DAYS, OutboxFeed, trim_outbox, trimming_outbox};
pub use served::{PgServed, ServedFeed};
pub use step::{Stepped, step};
