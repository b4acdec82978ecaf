//! Keeps the keys of an OpenID provider up to date, without asking it more than it takes.
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use application::{Document, Error, FetchDocument};
use metrics::counter;
use serde::Deserialize;
use tokio::{
    select,
    sync::{Notify, watch},
    time::{Instant, sleep_until, timeout},
};

use super::{Issuer, Keys, Refused};

/// When the provider is asked.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The least from the beginning of one fetch to that of the next, whatever is asked for.
    pub between: Duration,
    /// How soon keys are fetched again, where nothing is said about it.
    pub usual: Duration,
    /// How soon at least, and at most, whatever the provider says.
    pub bounds: (Duration, Duration),
    /// The longest pause after failures, each of which doubles it.
    pub longest_pause: Duration,
    /// How long keys are good while the provider is away.
    pub kept: Duration,
    /// How long a caller waits for a key that is not known yet.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let (second, minute) = (Duration::from_secs(1), Duration::from_secs(60));
        Self {
            between: 3 * second,
            usual: 10 * minute,
            bounds: (minute, 60 * minute),
            longest_pause: minute,
            kept: 24 * 60 * minute,
            patience: 10 * second,
        }
    }
}

/// An OpenID provider, and its keys as they were last seen.
pub struct Provider {
    issuer: Issuer,
    documents: Arc<dyn FetchDocument>,
    pace: Pace,
    known: watch::Sender<Known>,
    /// The number of the fetch that somebody waits for.
    wanted: AtomicU64,
    asked: Notify,
}

/// What is known. Fetches are counted, and one is over before the next begins.
#[derive(Default)]
struct Known {
    keys: Option<Arc<Keys>>,
    until: Option<Instant>,
    begun: u64,
    ended: u64,
    failed: bool,
}

/// Why no keys came.
#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error("{0}")]
    Away(Box<dyn std::error::Error + Send + Sync>),
    #[error("what it publishes about itself cannot be read")]
    NoDiscovery,
    #[error("it calls itself by another name than the one that was configured")]
    AnotherIssuer,
    #[error("its keys are not where they can be trusted: over https, or on loopback where the issuer is")]
    InClear,
    #[error("its keys cannot be read")]
    NoKeys,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

impl Provider {
    /// The provider of that name; nothing is known of it before [`Provider::keep_up`] runs.
    pub fn new(issuer: Issuer, documents: Arc<dyn FetchDocument>, pace: Pace) -> Arc<Self> {
        let known = watch::Sender::new(Known::default());
        Arc::new(Self { issuer, documents, pace, known, wanted: AtomicU64::new(0), asked: Notify::new() })
    }

    /// Its name.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The keys in force; [`Refused::Unknown`] where there are none, or they were seen too long ago.
    pub fn keys(&self) -> Result<Arc<Keys>, Refused> {
        let known = self.known.borrow();
        match &known.keys {
            Some(keys) if known.until > Some(Instant::now()) => Ok(keys.clone()),
            _ => Err(Refused::Unknown),
        }
    }

    /// The keys of a fetch that begins after this was called, or of one before if they are what is `wanted`. However
    /// many wait, there is one fetch.
    pub(super) async fn looked_up(&self, wanted: impl Fn(&Keys) -> bool) -> Result<Arc<Keys>, Refused> {
        let mut seen = self.known.subscribe();
        let (next, is_under_way) = {
            let known = seen.borrow();
            (known.begun + 1, known.ended < known.begun)
        };
        let look = async {
            if is_under_way {
                let failed = seen.wait_for(|known| known.ended + 1 >= next).await.is_ok_and(|known| known.failed);
                if let Some(keys) = self.keys().ok().filter(|keys| !failed && wanted(keys)) {
                    return Ok(keys);
                }
            }
            self.wanted.fetch_max(next, Ordering::Relaxed);
            self.asked.notify_one();
            match seen.wait_for(|known| known.ended >= next).await {
                Ok(known) if !known.failed => {}
                _ => return Err(Refused::Unknown),
            }
            self.keys()
        };
        timeout(self.pace.patience, look).await.unwrap_or(Err(Refused::Unknown))
    }

    /// Fetches keys, again and again.
    pub async fn keep_up(self: Arc<Self>) {
        let (mut due, mut begun, mut pause) = (Instant::now(), None, self.pace.between);
        let mut place = None;
        loop {
            self.wait(due, begun.map_or(due, |begun: Instant| begun + self.pace.between)).await;
            let now = Instant::now();
            begun = Some(now);
            self.known.send_modify(|known| known.begun += 1);
            if due <= now {
                place = None;
            }
            let fetched = self.fetch(&mut place).await;
            counter!("issuer_fetches_total", "outcome" => if fetched.is_ok() { "keys" } else { "failed" }).increment(1);
            match fetched {
                Ok((keys, fresh_for)) => {
                    let (soonest, latest) = self.pace.bounds;
                    due = now + fresh_for.unwrap_or(self.pace.usual).clamp(soonest, latest);
                    pause = self.pace.between;
                    self.publish(keys, now + self.pace.kept);
                }
                Err(cause) => {
                    tracing::warn!(issuer = %self.issuer, %cause, "cannot fetch the issuer's keys");
                    (due, pause, place) = (now + pause, (pause * 2).min(self.pace.longest_pause), None);
                    self.known.send_modify(|known| (known.ended, known.failed) = (known.begun, true));
                }
            }
        }
    }

    /// Waits until keys are due, or wanted; but not before it is `soonest`.
    async fn wait(&self, due: Instant, soonest: Instant) {
        loop {
            let is_wanted = self.wanted.load(Ordering::Relaxed) > self.known.borrow().begun;
            let until = if is_wanted { due.min(soonest) } else { due };
            select! {
                () = sleep_until(until) => return,
                () = self.asked.notified() => {}
            }
        }
    }

    async fn fetch(&self, place: &mut Option<String>) -> Result<(Keys, Option<Duration>), Failed> {
        let address = match place.take() {
            Some(address) => address,
            None => {
                let said = self.document(&self.issuer.discovery()).await?;
                let said: Discovery = serde_json::from_slice(&said.body).map_err(|_| Failed::NoDiscovery)?;
                if said.issuer != self.issuer.as_str() {
                    return Err(Failed::AnotherIssuer);
                }
                if !self.issuer.trusts(&said.jwks_uri) {
                    return Err(Failed::InClear);
                }
                said.jwks_uri
            }
        };
        let document = self.document(&address).await?;
        let (keys, useless) = Keys::read(&document.body).ok_or(Failed::NoKeys)?;
        *place = Some(address);
        if keys.len() == 0 {
            tracing::warn!(issuer = %self.issuer, useless, "the issuer has no key for RS256 or ES256: no token is good");
        }
        Ok((keys, document.fresh_for))
    }

    async fn document(&self, address: &str) -> Result<Document, Failed> {
        self.documents.fetch(address).await.map_err(|error| match error {
            Error::Unavailable(cause) => Failed::Away(cause),
            other => Failed::Away(other.into()),
        })
    }

    fn publish(&self, keys: Keys, until: Instant) {
        self.known.send_modify(|known| {
            (known.ended, known.failed, known.until) = (known.begun, false, Some(until));
            if !known.keys.as_ref().is_some_and(|before| before.are(&keys)) {
                tracing::info!(issuer = %self.issuer, keys = keys.len(), "the issuer's keys");
                known.keys = Some(Arc::new(keys));
            }
        });
    }
}

#[cfg(test)]
mod tests;
