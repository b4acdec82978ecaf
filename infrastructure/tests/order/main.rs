//! The log is read in its order: nothing skipped, nothing twice, nobody stalled by who appends nothing.
mod appender;
mod bell;
mod log;
mod model;
mod search;
mod support;
mod trace;
mod writers;
