//! Shows on a terminal how far an import is.
use indicatif::{ProgressBar, ProgressStyle};
use infrastructure::import::Progress;

const LOOK: &str = "{msg:<32} {bar:32} {bytes}/{total_bytes} {eta}";

/// A bar on standard error; nothing where that is no terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// An empty bar.
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(LOOK) {
            bar.set_style(style);
        }
        Self(bar)
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
