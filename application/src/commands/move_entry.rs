//! Moving an entry from the wrong student to the right one: both streams say so, all or nothing.
use domain::{
    EntryId, Stamp, Visibility,
    case::{Case, EntryMove, MoveEntry},
};

use super::{
    Order,
    compartment::seal_as_they_leave,
    executor::{Executor, part},
};
use crate::{
    Error, Journal, Loaded, Metadata, Part, access::Ties, error::rejected, reference::district_day,
    sealing::StudentKeys,
};

/// The wish to move an entry.
#[derive(Debug, Clone)]
pub struct Move {
    /// The entry, on the case that the order names.
    pub entry: EntryId,
    /// To whom, and why.
    pub relocation: EntryMove,
}

impl<J: Journal<Case>> Executor<J> {
    /// Decides over both cases; the caller needs rights on both. What was said is sealed anew for the one that it goes to.
    pub(super) async fn move_entry(
        &self,
        order: &Order,
        wish: &Move,
        ties: &Ties,
        (source, keys): (Loaded<Case>, &StudentKeys),
        stamp: Stamp,
        metadata: Metadata,
    ) -> Result<Vec<Part<Case>>, Error> {
        let was = self.entry(order, ties, &source, wish.entry, keys).await?;
        let target = self.journal.load_aggregate(&wish.relocation.to.to_string()).await?;
        let ties = Ties::of(&target.aggregate, wish.relocation.to, district_day(stamp.at));
        let granted = self.grant(order, ties, None, Visibility::default()).await?;
        let (there, stamp) = granted.circumstances(order, stamp.at);
        let command = MoveEntry { was, from: order.student, relocation: wish.relocation.clone() };
        let (away, here) =
            command.decide(&source.aggregate, &target.aggregate, &stamp).map_err(|breach| rejected(&breach))?;
        let their_keys = self.keyring.of(wish.relocation.to).await?.ok_or(Error::NotFound)?;
        let away = seal_as_they_leave(keys, &source, away, &metadata)?;
        let here = seal_as_they_leave(&their_keys, &target, here, &there)?;
        Ok(vec![part(source, away, &metadata), part(target, here, &there)])
    }
}
