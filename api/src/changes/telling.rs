//! What of a part of the log one person may be told, written down as every other look at a student.
use std::{collections::HashMap, sync::Arc};

use application::{
    Error, Principal,
    access::{Ties, decide_read},
    answer::Reader,
    changes::Change,
};
use domain::StudentId;

use super::words;
use crate::Cases;

impl Cases {
    /// Tells `principal` what they may know of `changes`.
    pub(super) async fn told(&self, principal: &Principal, changes: &[Arc<Change>]) -> Result<String, Error> {
        let readers = self.readers(principal, changes).await?;
        let opens = |change: &&Arc<Change>| readers.get(&change.student).is_some_and(|reader| change.opens_to(reader));
        let told = changes.iter().filter(opens).map(|change| words::change(change)).collect();
        self.write_all_down(readers.iter().map(|(student, reader)| (*student, reader)), "follow_changes").await?;
        Ok(told)
    }

    /// `principal` as a reader of each of the cases that changed and that they may read.
    async fn readers(
        &self,
        principal: &Principal,
        changes: &[Arc<Change>],
    ) -> Result<HashMap<StudentId, Reader>, Error> {
        let mut ties: HashMap<StudentId, Ties> =
            changes.iter().map(|change| (change.student, change.ties.clone())).collect();
        self.share(principal, &mut ties.values_mut().collect::<Vec<_>>()).await?;
        let (mut readers, mut calendars) = (HashMap::new(), HashMap::new());
        for (student, ties) in ties {
            if decide_read(principal, &ties).is_ok() {
                readers.insert(student, self.reader(principal, &ties, &mut calendars).await?);
            }
        }
        Ok(readers)
    }
}
