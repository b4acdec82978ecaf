//! What is kept of a request's body: a keyed hash, so that a short text cannot be guessed from it.
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Makes fingerprints with this installation's key.
#[derive(Clone)]
pub struct Fingerprints(Hmac<Sha256>);

impl Fingerprints {
    /// Fingerprints under `key`.
    pub fn under(key: &[u8]) -> Self {
        // HMAC takes a key of any length: the error cannot occur, an unkeyed hash is never the fallback.
        Self(Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// The fingerprint of a request with that mark.
    pub fn of(&self, request: &[u8]) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(request);
        mac.finalize().into_bytes().to_vec()
    }
}
