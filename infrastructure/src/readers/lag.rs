//! How far readers are behind, as metrics.
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use metrics::{counter, gauge};

const EVENTS: &str = "throughline_reader_lag_events";
const SECONDS: &str = "throughline_reader_lag_seconds";
const FAILURES: &str = "throughline_reader_failures_total";

/// How a reader was found.
#[derive(Debug, Clone, Copy)]
struct Found {
    behind: u64,
    /// When it was last found to have everything; when it was first found, where it never had.
    complete_at: Instant,
}

static FOUND: Mutex<BTreeMap<&'static str, Found>> = Mutex::new(BTreeMap::new());

/// Notes how many positions a reader is behind the last one drawn.
pub fn found(reader: &'static str, behind: u64) {
    let now = Instant::now();
    let mut all = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let found = all.entry(reader).or_insert(Found { behind, complete_at: now });
    found.behind = behind;
    if behind == 0 {
        found.complete_at = now;
    }
}

/// Notes that a reader failed; it will be tried again.
pub fn failed(reader: &'static str) {
    counter!(FAILURES, "reader" => reader).increment(1);
    let mut all = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    // It may have everything: nobody knows until it is tried again.
    let found = all.entry(reader).or_insert(Found { behind: 1, complete_at: Instant::now() });
    found.behind = found.behind.max(1);
}

/// Sets the gauges: how many positions each reader is behind, and for how long it has not had everything.
pub fn show_lag() {
    for (reader, found) in FOUND.lock().unwrap_or_else(PoisonError::into_inner).iter() {
        let seconds = if found.behind == 0 { 0.0 } else { found.complete_at.elapsed().as_secs_f64() };
        gauge!(EVENTS, "reader" => *reader).set(found.behind as f64);
        gauge!(SECONDS, "reader" => *reader).set(seconds);
    }
}
