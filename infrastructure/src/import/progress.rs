//! How an import tells how far it is.

/// Someone who watches an import; called from the thread that reads.
pub trait Progress: Send + Sync {
    /// Reading begins: so many bytes are to be read.
    fn begins(&self, bytes: u64);
    /// So many more bytes have been read.
    fn read(&self, bytes: u64);
    /// A new stretch of work, in words.
    fn now(&self, what: &str);
}

/// Nobody watches.
#[derive(Debug)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begins(&self, _: u64) {}
    fn read(&self, _: u64) {}
    fn now(&self, _: &str) {}
}
