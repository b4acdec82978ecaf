//! Load in a closed loop: so many clients, each of which asks again as soon as it is answered.
mod contact;
pub mod rival;

use std::{
    future::Future,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};

pub use contact::contact;

/// Somebody who asks for one thing after the other.
pub trait Client: Send + 'static {
    /// Asks once and checks the answer.
    fn once(&mut self) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// How long a run takes.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    /// What comes first does not count.
    pub warm_up: Duration,
    /// What counts.
    pub time: Duration,
}

impl Span {
    /// So many seconds, after a fifth of them to warm up.
    #[must_use]
    pub fn seconds(seconds: f64) -> Self {
        Self { warm_up: Duration::from_secs_f64(seconds / 5.0), time: Duration::from_secs_f64(seconds) }
    }
}

/// What came of a run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Answers that were right, those while it warmed up among them.
    pub acknowledged: u64,
    /// Answers a second.
    pub rate: f64,
    /// The time that half of the answers took at most, in milliseconds.
    pub p50: f64,
    /// The same of 99 of a hundred.
    pub p99: f64,
}

/// Lets `clients` ask for that long. The first wrong answer ends it: figures of a run with failures say nothing.
pub async fn run(clients: Vec<impl Client>, span: Span) -> anyhow::Result<Tally> {
    let begin = Instant::now() + span.warm_up;
    let tasks: Vec<_> = clients.into_iter().map(|client| tokio::spawn(ask(client, begin, begin + span.time))).collect();
    let (mut acknowledged, mut micros) = (0, vec![]);
    for task in tasks {
        let asked = task.await??;
        acknowledged += asked.acknowledged;
        micros.extend(asked.micros);
    }
    micros.sort_unstable();
    let rate = micros.len() as f64 / span.time.as_secs_f64();
    Ok(Tally { acknowledged, rate, p50: quantile(&micros, 0.50), p99: quantile(&micros, 0.99) })
}

struct Asked {
    acknowledged: u64,
    micros: Vec<u32>,
}

async fn ask(mut client: impl Client, begin: Instant, end: Instant) -> anyhow::Result<Asked> {
    let mut asked = Asked { acknowledged: 0, micros: vec![] };
    let mut now = Instant::now();
    while now < end {
        client.once().await?;
        let answered = Instant::now();
        asked.acknowledged += 1;
        if now >= begin && answered < end {
            asked.micros.push(u32::try_from((answered - now).as_micros()).unwrap_or(u32::MAX));
        }
        now = answered;
    }
    Ok(asked)
}

/// In milliseconds, of sorted microseconds.
fn quantile(micros: &[u32], part: f64) -> f64 {
    let place = (micros.len() as f64 * part) as usize;
    micros.get(place.min(micros.len().saturating_sub(1))).map_or(0.0, |&micros| f64::from(micros) / 1000.0)
}
