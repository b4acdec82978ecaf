//! How much one caller may ask in a minute, and how often one address may try tokens that nobody knows yet.
use std::{
    hash::{BuildHasher, Hash, RandomState},
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, MonotonicClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};

use crate::{Problem, problem};

type Limiter = RateLimiter<u64, DashMapStateStore<u64>, MonotonicClock, NoOpMiddleware<std::time::Instant>>;

/// How many addresses are told apart: those that fall together are counted together, so that made-up ones take no room.
const ADDRESSES: u64 = 65_536;
/// How often those are forgotten who have asked for nothing in a while.
const FORGET: Duration = Duration::from_secs(60);

/// The rates of this process, counted in one place for all workers.
#[derive(Clone)]
pub struct Rates(Arc<Counts>);

struct Counts {
    requests: Option<Limiter>,
    attempts: Option<Limiter>,
    clock: MonotonicClock,
    /// Whom a number stands for cannot be said without it.
    hash: RandomState,
}

impl Rates {
    /// So many requests of one subject, and attempts of one address, in a minute; 0 is any number.
    pub fn per_minute(requests: u32, attempts: u32) -> Self {
        let limiter = |number| {
            let quota = Quota::per_minute(NonZeroU32::new(number)?);
            Some(RateLimiter::new(quota, DashMapStateStore::default(), MonotonicClock))
        };
        let (requests, attempts) = (limiter(requests), limiter(attempts));
        Self(Arc::new(Counts { requests, attempts, clock: MonotonicClock, hash: RandomState::new() }))
    }

    /// Counts a request of `subject`.
    pub fn request(&self, subject: &str) -> Result<(), Problem> {
        self.count(self.0.requests.as_ref(), self.number(subject))
    }

    /// Counts an attempt from `address` to come in without a token that is known to be good.
    pub fn attempt(&self, address: Option<SocketAddr>) -> Result<(), Problem> {
        let network = address.map(|address| network(address.ip()));
        self.count(self.0.attempts.as_ref(), self.number(network) % ADDRESSES)
    }

    /// Forgets, as long as it is asked to, who has asked for nothing in a while.
    pub async fn keep_up(self) {
        loop {
            tokio::time::sleep(FORGET).await;
            for limiter in [&self.0.requests, &self.0.attempts].into_iter().flatten() {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }

    fn count(&self, limiter: Option<&Limiter>, key: u64) -> Result<(), Problem> {
        let Some(limiter) = limiter else { return Ok(()) };
        limiter.check_key(&key).map_err(|until| {
            let wait = until.wait_time_from(self.0.clock.now());
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Problem::from(problem::TOO_MANY_REQUESTS).header(RETRY_AFTER, HeaderValue::from(seconds.max(1)))
        })
    }

    fn number(&self, of: impl Hash) -> u64 {
        self.0.hash.hash_one(of)
    }
}

/// Who has one address of version 6 has all those that share its first half.
fn network(address: IpAddr) -> [u8; 8] {
    let mut network = [0; 8];
    match address {
        IpAddr::V4(address) => network[..4].copy_from_slice(&address.octets()),
        IpAddr::V6(address) => network.copy_from_slice(&address.octets()[..8]),
    }
    network
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError;

    use super::*;

    fn address(text: &str) -> Option<SocketAddr> {
        Some(SocketAddr::new(text.parse().expect("an address"), 1))
    }

    #[test]
    fn who_asks_too_much_waits_and_nobody_else() {
        let rates = Rates::per_minute(2, 1);
        assert!(rates.request("a").is_ok() && rates.request("a").is_ok() && rates.request("b").is_ok());
        let answer = rates.request("a").expect_err("a refusal").error_response();
        assert_eq!((answer.status().as_u16(), answer.headers().get(RETRY_AFTER)), (429, Some(&HeaderValue::from(30))));
    }

    #[test]
    fn an_address_is_a_network_where_one_has_a_whole_one() {
        let rates = Rates::per_minute(1, 1);
        assert!(rates.attempt(address("2001:db8::1")).is_ok() && rates.attempt(address("10.0.0.1")).is_ok());
        assert!(rates.attempt(address("2001:db8::2")).is_err() && rates.attempt(address("10.0.0.1")).is_err());
    }

    #[test]
    fn nothing_is_any_number() {
        let rates = Rates::per_minute(0, 0);
        assert!((0..1000).all(|_| rates.request("a").is_ok() && rates.attempt(None).is_ok()));
    }
}
