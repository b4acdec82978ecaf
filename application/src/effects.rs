//! What changed after support began, worked out of who is served and of what the district's systems tell.
mod asked;
mod facts;
mod gather;
mod groups;
mod suppress;

pub use asked::{By, EffectsAsked, WindowLength};
pub use facts::Facts;
pub use groups::{EffectOfDosage, EffectOfGroup};

use std::sync::Arc;

use crate::{
    Error,
    answer::Effects,
    indicators::ReadIndicators,
    served::{ReadServed, ServedSoFar},
};

/// Works out what is asked, of all that is known so far.
///
/// # Errors
/// Those of the ports.
pub async fn effects(
    asked: EffectsAsked,
    so_far: ServedSoFar,
    read: Arc<dyn ReadIndicators>,
    served: Arc<dyn ReadServed>,
) -> Result<Effects, Error> {
    let facts = Facts::read(&asked, read.as_ref(), served.as_ref()).await?;
    // Thousands of comparisons: not where requests are answered.
    let worked_out = tokio::task::spawn_blocking(move || {
        let groups = suppress::suppress(gather::gather(&asked, &facts).into_iter().map(groups::compared).collect());
        Effects::of(&asked, so_far, groups)
    });
    worked_out.await.map_err(Error::unavailable)
}
