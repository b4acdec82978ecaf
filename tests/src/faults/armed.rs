//! What the next commits have to expect.
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::proxy::Fault;

/// A fault, and how many commits it is still for.
#[derive(Default)]
pub struct Armed(Mutex<Option<(Fault, u32)>>);

impl Armed {
    /// The next `times` commits meet `fault`.
    pub fn set(&self, fault: Fault, times: u32) {
        *self.lock() = Some((fault, times));
    }

    /// Commits meet nothing any more.
    pub fn clear(&self) {
        *self.lock() = None;
    }

    /// What this commit meets.
    pub fn take(&self) -> Option<Fault> {
        let mut armed = self.lock();
        let (fault, times) = armed.take()?;
        *armed = (times > 1).then_some((fault, times - 1));
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Option<(Fault, u32)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
