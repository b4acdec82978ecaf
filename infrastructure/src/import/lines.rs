//! A reader that knows the line it is on, and that no single token may grow without end.
use std::{
    io::{self, BufRead, Read},
    sync::Arc,
};

use super::Progress;

/// A token longer than this is not data but an attack or an accident.
const LONGEST_TOKEN: usize = 1 << 20;

/// Counts lines and bytes as they are consumed.
pub(crate) struct Lines<R> {
    inner: R,
    pub(crate) line: u64,
    token: usize,
    untold: usize,
    progress: Arc<dyn Progress>,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(inner: R, progress: Arc<dyn Progress>) -> Self {
        Self { inner, line: 1, token: 0, untold: 0, progress }
    }

    /// The next token begins.
    pub(crate) fn token(&mut self) {
        self.token = 0;
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.token > LONGEST_TOKEN {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a single text or tag is longer than a mebibyte"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // What was looked at stays in the buffer until it is consumed: this looks at it once more.
        if let Ok(buffer) = self.inner.fill_buf() {
            self.line += buffer[..amount.min(buffer.len())].iter().filter(|&&b| b == b'\n').count() as u64;
        }
        self.token += amount;
        self.untold += amount;
        if self.untold > 1 << 16 {
            self.progress.read(self.untold as u64);
            self.untold = 0;
        }
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let taken = self.fill_buf()?.read(out)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl<R> Drop for Lines<R> {
    fn drop(&mut self) {
        self.progress.read(self.untold as u64);
    }
}
