//! Shows on a terminal how many events have been gone through.
use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};

const LOOK: &str = "{msg:<24} {bar:32} {human_pos}/{human_len} {per_sec} {eta}";

/// A bar on standard error; nothing where that is no terminal.
pub struct Events(ProgressBar);

impl Events {
    /// An empty bar.
    pub fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(LOOK) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Begins to count to `events`.
    pub fn begin(&self, what: &str, events: u64) {
        self.0.set_message(what.to_owned());
        self.0.reset();
        self.0.set_length(events);
    }

    /// So many more.
    pub fn more(&self, events: u64) {
        self.0.inc(events);
    }

    /// Prints a line above the bar.
    pub fn say(&self, line: &str) {
        // A reader that has closed the pipe has read enough.
        self.0.suspend(|| drop(writeln!(std::io::stdout(), "{line}")));
    }
}

impl Drop for Events {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
