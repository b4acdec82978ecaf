//! A key that seals: what it sealed opens with it alone, and only where it belongs.
use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 256 bits for XChaCha20-Poly1305. It prints nothing, and is wiped from memory with its last owner.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey(Zeroizing<[u8; 32]>);

/// The length of a nonce, in bytes.
const NONCE: usize = 24;

impl SealingKey {
    /// A new key, by the chance of the operating system.
    pub fn generate() -> Self {
        Self(Zeroizing::new(chacha20poly1305::Key::generate().into()))
    }

    /// The key of these bytes; nothing unless there are 32 of them.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// The bytes themselves, for whoever wraps the key or keeps it in a file.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals `clear`, another way each time; `place` says where it belongs, and is needed to open it.
    pub fn seal(&self, place: &[u8], clear: &[u8]) -> Vec<u8> {
        self.seal_under(&XNonce::generate(), place, clear)
    }

    /// Seals `clear`, the same way each time: whoever sees both sees that the same was sealed twice.
    pub fn seal_alike(&self, place: &[u8], clear: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&self.fingerprint(clear)[..NONCE]);
        self.seal_under(&nonce.into(), place, clear)
    }

    fn seal_under(&self, nonce: &XNonce, place: &[u8], clear: &[u8]) -> Vec<u8> {
        let sealed = self.cipher().encrypt(nonce, Payload { msg: clear, aad: place });
        // It fails on more than can be held in memory.
        [nonce.as_slice(), &sealed.expect("no more is sealed than can be")].concat()
    }

    /// What was sealed; nothing where it was sealed by another key, for another place, or changed since.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let clear = self.cipher().decrypt(&(*nonce).into(), Payload { msg: sealed, aad: place });
        clear.ok().map(Zeroizing::new)
    }

    /// A mark of `said`, which tells who has not the key nothing of it.
    pub fn fingerprint(&self, said: &[u8]) -> [u8; 32] {
        // The key seals; what marks is derived from it.
        let derived = self.mac(&self.0, b"fingerprint");
        self.mac(&derived, said)
    }

    fn mac(&self, key: &[u8; 32], said: &[u8]) -> [u8; 32] {
        // HMAC fills a shorter key up with zeros.
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&block.into());
        mac.update(said);
        mac.finalize().into_bytes().into()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.bytes().into())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_with_its_key_at_its_place_alone() {
        let (key, other) = (SealingKey::generate(), SealingKey::generate());
        let sealed = key.seal(b"here", b"lives with an aunt");
        assert_eq!(key.open(b"here", &sealed).as_deref().map(Vec::as_slice), Some(&b"lives with an aunt"[..]));
        assert!(other.open(b"here", &sealed).is_none());
        assert!(key.open(b"there", &sealed).is_none());
        let mut changed = sealed.clone();
        changed[30] ^= 1;
        assert!(key.open(b"here", &changed).is_none());
        assert!(key.open(b"here", &[]).is_none());
    }

    #[test]
    fn nobody_sees_that_the_same_was_sealed_twice_unless_it_was_to_be_seen() {
        let key = SealingKey::generate();
        assert_ne!(key.seal(b"", b"said"), key.seal(b"", b"said"));
        assert_eq!(key.seal_alike(b"", b"said"), key.seal_alike(b"", b"said"));
        assert_ne!(key.seal_alike(b"", b"said"), key.seal_alike(b"", b"says"));
    }

    #[test]
    fn a_key_does_not_print_itself() {
        assert_eq!(format!("{:?}", SealingKey::generate()), "SealingKey(..)");
        assert!(SealingKey::from_bytes(&[1; 31]).is_none());
    }
}
