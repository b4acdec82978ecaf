//! Where the keys of students are.
use std::sync::Arc;

use async_trait::async_trait;
use domain::StudentId;

use super::StudentKeys;
use crate::Error;

/// The port behind which the keys of students are kept.
#[async_trait]
pub trait Keyring: Send + Sync {
    /// The keys of a student; nothing where none were made yet, or where they were destroyed.
    async fn of(&self, student: StudentId) -> Result<Option<Arc<StudentKeys>>, Error>;

    /// The keys of a student, made now where there are none; [`Error::NotFound`] where the student was erased.
    async fn make(&self, student: StudentId) -> Result<Arc<StudentKeys>, Error>;
}
