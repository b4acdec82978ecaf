//! How long one thing took, each time that it was done.
use std::time::{Duration, Instant};

/// The times.
#[derive(Debug, Default)]
pub struct Laps(Vec<Duration>);

impl Laps {
    /// Does it once more.
    pub async fn take<T>(&mut self, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
        let begin = Instant::now();
        let done = work.await?;
        self.0.push(begin.elapsed());
        Ok(done)
    }

    /// How many of `number` that is a second, by the middle of the times.
    pub fn rate(&self, number: u64) -> f64 {
        let mut times = self.0.clone();
        times.sort();
        times.get(times.len() / 2).map_or(f64::NAN, |time| number as f64 / time.as_secs_f64())
    }
}
