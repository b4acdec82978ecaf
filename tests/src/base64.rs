//! Bytes as base64, to look for what was encoded so.
use base64::{Engine, prelude::BASE64_STANDARD};

/// The digits of `bytes`, filled up.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}
