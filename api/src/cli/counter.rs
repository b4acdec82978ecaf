//! Shows on a terminal how far something has been counted.
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};

const LOOK: &str = "{msg:<24} {bar:32} {human_pos}/{human_len} {per_sec} {eta}";

/// An empty bar of that look on standard error; nothing where that is no terminal.
pub fn bar(look: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template(look) {
        bar.set_style(style);
    }
    bar
}

/// A bar that counts.
pub struct Counter(ProgressBar);

impl Counter {
    /// An empty bar.
    pub fn new() -> Self {
        Self(bar(LOOK))
    }

    /// Begins to count to `all`.
    pub fn begin(&self, what: &str, all: u64) {
        self.0.set_message(what.to_owned());
        self.0.reset();
        self.0.set_length(all);
    }

    /// So many more.
    pub fn more(&self, number: u64) {
        self.0.inc(number);
    }

    /// Prints a line above the bar.
    pub fn say(&self, line: &str) {
        // A reader that has closed the pipe has read enough.
        self.0.suspend(|| drop(writeln!(std::io::stdout(), "{line}")));
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
