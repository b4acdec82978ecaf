//! How much the server accepts, and how long it waits.
use clap::Args;

/// The limits; every one of them can be set.
#[derive(Debug, Clone, Copy, PartialEq, Args)]
pub struct Limits {
    /// The largest body, in bytes
    #[arg(long = "max-body", env = "THROUGHLINE_MAX_BODY", default_value_t = USUAL.body, value_name = "BYTES")]
    pub body: usize,
    /// The largest file that may be attached, in bytes
    #[arg(
        long = "max-attachment", env = "THROUGHLINE_MAX_ATTACHMENT", default_value_t = USUAL.attachment, value_name = "BYTES"
    )]
    pub attachment: usize,
    /// How long a body may take to arrive, in seconds
    #[arg(long = "body-time", env = "THROUGHLINE_BODY_TIME", default_value_t = USUAL.body_seconds, value_name = "SECONDS")]
    pub body_seconds: u64,
    /// How long the head of a request may take to arrive, in seconds
    #[arg(long = "head-time", env = "THROUGHLINE_HEAD_TIME", default_value_t = USUAL.header_seconds, value_name = "SECONDS")]
    pub header_seconds: u64,
    /// How long an answer may take, in seconds
    #[arg(
        long = "answer-time", env = "THROUGHLINE_ANSWER_TIME", default_value_t = USUAL.request_seconds, value_name = "SECONDS"
    )]
    pub request_seconds: u64,
    /// How long a connection is kept without a request, in seconds
    #[arg(
        long = "keep-alive", env = "THROUGHLINE_KEEP_ALIVE", default_value_t = USUAL.keep_alive_seconds, value_name = "SECONDS"
    )]
    pub keep_alive_seconds: u64,
    /// How long requests under way may take when the server stops, in seconds
    #[arg(long = "drain-time", env = "THROUGHLINE_DRAIN_TIME", default_value_t = USUAL.drain_seconds, value_name = "SECONDS")]
    pub drain_seconds: u64,
    /// How long a client may take no more of an answer, in seconds
    #[arg(long = "stall-time", env = "THROUGHLINE_STALL_TIME", default_value_t = USUAL.stall_seconds, value_name = "SECONDS")]
    pub stall_seconds: u32,
    /// How many requests one caller may send in a minute; 0 is any number
    #[arg(
        long = "requests-per-minute", env = "THROUGHLINE_REQUESTS_PER_MINUTE", default_value_t = USUAL.requests,
        value_name = "NUMBER"
    )]
    pub requests: u32,
    /// How often one address may try, in a minute, a token that is not known to be good; 0 is any number
    #[arg(
        long = "attempts-per-minute", env = "THROUGHLINE_ATTEMPTS_PER_MINUTE", default_value_t = USUAL.attempts,
        value_name = "NUMBER"
    )]
    pub attempts: u32,
    /// How many streams of changes one caller may have open at a time
    #[arg(long = "max-streams", env = "THROUGHLINE_MAX_STREAMS", default_value_t = USUAL.streams, value_name = "NUMBER")]
    pub streams: usize,
    /// The most connections of one worker at a time
    #[arg(
        long = "max-connections", env = "THROUGHLINE_MAX_CONNECTIONS", default_value_t = USUAL.connections, value_name = "NUMBER"
    )]
    pub connections: usize,
}

const USUAL: Limits = Limits {
    body: 1024 * 1024,
    attachment: 5 * 1024 * 1024,
    body_seconds: 15,
    header_seconds: 5,
    request_seconds: 30,
    keep_alive_seconds: 75,
    stall_seconds: 30,
    requests: 6_000,
    attempts: 600,
    streams: 10,
    drain_seconds: 30,
    connections: 10_000,
};

impl Default for Limits {
    fn default() -> Self {
        USUAL
    }
}
