//! What of a part of the log one person may be told, written down as every other look at a student.
use std::{collections::HashMap, sync::Arc};

use application::{Error, Principal, access::Ties, changes::Change};
use domain::StudentId;

use super::{place::Only, words};
use crate::Cases;

impl Cases {
    /// Tells `principal` what they may know of those of `changes` that they have asked for.
    pub(super) async fn told(
        &self,
        principal: &Principal,
        only: Only,
        changes: &[Arc<Change>],
    ) -> Result<String, Error> {
        let changes: Vec<_> = changes.iter().filter(|change| only.holds(&change.ties)).collect();
        // Of several changes to one case the last knows its ties best.
        let ties: HashMap<StudentId, Ties> =
            changes.iter().map(|change| (change.student, change.ties.clone())).collect();
        let readers = self.readers(principal, ties.into_values().collect()).await?;
        let opens = |change: &&Arc<Change>| readers.get(&change.student).is_some_and(|reader| change.opens_to(reader));
        let told = changes.iter().copied().filter(opens).map(|change| words::change(change)).collect();
        self.write_all_down(readers.iter().map(|(student, reader)| (*student, reader)), "follow_changes").await?;
        Ok(told)
    }
}
