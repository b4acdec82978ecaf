//! Shows on a terminal how far an import is.
use indicatif::ProgressBar;
use infrastructure::import::Progress;

use crate::cli::counter::bar;

const LOOK: &str = "{msg:<32} {bar:32} {bytes}/{total_bytes} {eta}";

/// A bar that counts bytes.
pub struct Bar(ProgressBar);

impl Bar {
    /// An empty bar.
    pub fn new() -> Self {
        Self(bar(LOOK))
    }
}

impl Progress for Bar {
    fn begins(&self, bytes: u64) {
        self.0.set_length(bytes);
    }

    fn read(&self, bytes: u64) {
        self.0.inc(bytes);
    }

    fn now(&self, what: &str) {
        self.0.set_message(what.to_owned());
    }
}
