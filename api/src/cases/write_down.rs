//! Writing down who was shown what, before the answer leaves.
use application::{Error, answer::Reader, register::Access};
use domain::StudentId;

use super::Cases;

impl Cases {
    /// Writes down what `reader` was shown of `student` by `operation`, where that is to be written down.
    pub async fn write_down(&self, reader: &Reader, student: StudentId, operation: &'static str) -> Result<(), Error> {
        self.write_all_down([(student, reader)], operation).await
    }

    /// The same for a page about several students.
    pub async fn write_all_down(
        &self,
        shown: impl IntoIterator<Item = (StudentId, &Reader)>,
        operation: &'static str,
    ) -> Result<(), Error> {
        let now = self.clock.now();
        let down = shown.into_iter().filter_map(|(student, reader)| reader.to_write_down(student, operation, now));
        let accesses: Vec<Access> = down.collect();
        if accesses.is_empty() { Ok(()) } else { self.register.write_down(accesses).await }
    }
}
