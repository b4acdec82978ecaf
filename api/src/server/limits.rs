//! How much the server accepts, and how long it waits.
use serde::{Deserialize, Serialize};

/// The limits; every one of them can be set.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body: usize,
    /// How long a body may take to arrive.
    pub body_seconds: u64,
    /// How long the head of a request may take to arrive.
    pub header_seconds: u64,
    /// How long an answer may take.
    pub request_seconds: u64,
    /// How long a connection is kept without a request.
    pub keep_alive_seconds: u64,
    /// How long requests under way may take when the server stops.
    pub drain_seconds: u64,
    /// The most connections of one worker at a time.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 1024 * 1024,
            body_seconds: 15,
            header_seconds: 5,
            request_seconds: 30,
            keep_alive_seconds: 75,
            drain_seconds: 30,
            connections: 10_000,
        }
    }
}
