//! The public keys with which an issuer's tokens are verified.
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, Header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, KeyOperations, PublicKeyUse},
};
use quick_cache::sync::Cache;
use serde::Deserialize;
use serde_json::Value;

const REMEMBERED: usize = 10_000;
/// Shorter RSA keys can be broken (NIST SP 800-131A); longer ones are more than the library verifies with.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The keys of one moment, and the tokens that were found good with them. When a key goes, so does what it vouched for.
pub struct Keys {
    keys: Vec<Key>,
    pub(super) good: Cache<[u8; 32], Good>,
}

/// One key, and what it is for.
pub struct Key {
    jwk: Jwk,
    algorithm: Algorithm,
    pub(super) key: DecodingKey,
}

/// A token that was verified.
#[derive(Clone)]
pub struct Good {
    pub subject: String,
    pub until: f64,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

impl Keys {
    /// The keys of a published set (RFC 7517), and how many of them are of no use here; nothing where it is no set.
    pub fn read(document: &[u8]) -> Option<(Self, usize)> {
        let published: Published = serde_json::from_slice(document).ok()?;
        let all = published.keys.len();
        // One by one: what one key has that nobody knows says nothing about the others.
        let keys = Self::of(published.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()));
        let useless = all.saturating_sub(keys.len());
        Some((keys, useless))
    }

    fn of(keys: impl Iterator<Item = Jwk>) -> Self {
        Self { keys: keys.filter_map(Key::of).collect(), good: Cache::new(REMEMBERED) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether these are the same keys.
    pub fn are(&self, others: &Self) -> bool {
        self.keys.iter().map(|key| &key.jwk).eq(others.keys.iter().map(|key| &key.jwk))
    }

    /// The keys that a token with this header may have been signed with: the named one, or any where it names none.
    pub fn fitting(&self, header: &Header) -> impl Iterator<Item = &Key> {
        let named = |key: &&Key| header.kid.is_none() || key.jwk.common.key_id == header.kid;
        self.keys.iter().filter(|key| key.algorithm == header.alg).filter(named)
    }
}

impl From<JwkSet> for Keys {
    fn from(set: JwkSet) -> Self {
        Self::of(set.keys.into_iter())
    }
}

impl Key {
    /// The key, if it is one for RS256 or ES256 signatures. Many providers leave out what a key is for.
    fn of(jwk: Jwk) -> Option<Self> {
        let common = &jwk.common;
        let signs = common.public_key_use.as_ref().is_none_or(|of| *of == PublicKeyUse::Signature);
        let verifies = common.key_operations.as_ref().is_none_or(|of| of.contains(&KeyOperations::Verify));
        let algorithm = match &jwk.algorithm {
            AlgorithmParameters::RSA(key) if RSA_BITS.contains(&bits(&key.n)) => Algorithm::RS256,
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => Algorithm::ES256,
            _ => return None,
        };
        let meant = common.key_algorithm.is_none_or(|named| named == KeyAlgorithm::from(algorithm));
        let key = (signs && verifies && meant).then(|| DecodingKey::from_jwk(&jwk).ok())??;
        Some(Self { jwk, algorithm, key })
    }
}

/// The length of a number in base64url.
fn bits(number: &str) -> usize {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(number).unwrap_or_default();
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
    let zeros = bytes.get(first).map_or(0, |byte| byte.leading_zeros() as usize);
    (bytes.len() - first) * 8 - zeros
}
