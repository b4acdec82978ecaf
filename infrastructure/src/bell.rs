//! Wakes readers when something was appended or somebody waits for them, and those who wait when readers have moved on.
//!
//! Whoever has committed rings. A ring reaches the readers of this process at once, and those of others by a
//! notification after the commit, on a connection of its own and not more often than every few milliseconds: inside
//! the transaction it would make all commits wait for each other. A ring that is lost costs the time until a reader
//! looks by itself.
mod wire;

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use tokio::sync::watch;

pub use wire::Wire;

/// A bell that all parts of a process share.
#[derive(Debug, Clone)]
pub struct Bell(Arc<Channels>);

#[derive(Debug)]
struct Channels {
    appended: watch::Sender<()>,
    /// Rung by this process: others want to know.
    to_others: watch::Sender<()>,
    wanted: watch::Sender<()>,
    progress: watch::Sender<()>,
    seen: AtomicU64,
}

impl Default for Bell {
    fn default() -> Self {
        Self(Arc::new(Channels {
            appended: watch::Sender::new(()),
            to_others: watch::Sender::new(()),
            wanted: watch::Sender::new(()),
            progress: watch::Sender::new(()),
            seen: AtomicU64::new(0),
        }))
    }
}

impl Bell {
    /// Events up to `position` were committed here.
    pub fn ring(&self, position: u64) {
        self.see(position);
        self.0.appended.send_replace(());
        self.0.to_others.send_replace(());
    }

    /// Somebody else has rung.
    fn ring_here(&self) {
        self.0.appended.send_replace(());
    }

    /// Is told of rings.
    pub fn listen(&self) -> watch::Receiver<()> {
        self.0.appended.subscribe()
    }

    /// Somebody waits for the readers of this process.
    pub fn want(&self) {
        self.0.wanted.send_replace(());
    }

    /// Is told when somebody waits.
    pub fn listen_to_wants(&self) -> watch::Receiver<()> {
        self.0.wanted.subscribe()
    }

    /// A reader of this process has moved on.
    pub fn progress(&self) {
        self.0.progress.send_replace(());
    }

    /// Is told when readers of this process move on.
    pub fn listen_to_progress(&self) -> watch::Receiver<()> {
        self.0.progress.subscribe()
    }

    /// Whether the log is known to have come to `position`.
    pub fn seen(&self, position: u64) -> bool {
        self.0.seen.load(Ordering::Relaxed) >= position
    }

    /// The log has come to `position`.
    pub fn see(&self, position: u64) {
        self.0.seen.fetch_max(position, Ordering::Relaxed);
    }
}
