//! Decides whether a token is good, and whose it is.
use chrono::Utc;
use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    errors::{Error, ErrorKind},
    jwk::{Jwk, JwkSet, KeyAlgorithm},
};
use quick_cache::sync::Cache;
use serde::Deserialize;
use sha2::{Digest, Sha256};

const LEEWAY: u64 = 60;
const REMEMBERED: usize = 10_000;
const LONGEST: usize = 8_192;

/// Checks tokens of one issuer: signature, algorithm, issuer, audience and times.
pub struct Verifier {
    keys: Vec<Key>,
    good: Cache<[u8; 32], Good>,
}

struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
    validation: Validation,
}

#[derive(Clone)]
struct Good {
    subject: String,
    until: i64,
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
}

/// Why a token is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no issuer to ask.
    #[error("This server has no issuer configured, so that no token is good.")]
    NoIssuer,
    /// It is over.
    #[error("The token has expired.")]
    Expired,
    /// It has not begun.
    #[error("The token is not valid yet.")]
    TooEarly,
    /// It is somebody else's word, or for somebody else.
    #[error("The token is not from this server's issuer, or not for this server.")]
    NotForUs,
    /// It is no token, or a forged one.
    #[error("The token is not valid.")]
    Invalid,
}

impl Verifier {
    /// Checks tokens of `issuer` for `audience`, signed with one of `keys` (those for ES256 and RS256 are used).
    pub fn new(issuer: &str, audience: &str, keys: &JwkSet) -> Result<Self, Error> {
        let keys = keys.keys.iter().filter_map(|jwk| Some((jwk, algorithm(jwk)?)));
        let keys = keys.map(|(jwk, algorithm)| {
            let mut validation = Validation::new(algorithm);
            validation.set_issuer(&[issuer]);
            validation.set_audience(&[audience]);
            validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
            validation.validate_nbf = true;
            validation.leeway = LEEWAY;
            Ok(Key { id: jwk.common.key_id.clone(), algorithm, key: DecodingKey::from_jwk(jwk)?, validation })
        });
        Ok(Self { keys: keys.collect::<Result<_, Error>>()?, good: Cache::new(REMEMBERED) })
    }

    /// The subject of a good token.
    pub fn subject(&self, token: &str) -> Result<String, Refused> {
        if token.len() > LONGEST {
            return Err(Refused::Invalid);
        }
        let digest = <[u8; 32]>::from(Sha256::digest(token));
        let known = self.good.get(&digest).filter(|good| Utc::now().timestamp() < good.until);
        if let Some(good) = known {
            return Ok(good.subject);
        }
        let claims = self.verify(token)?;
        self.good.insert(digest, Good { subject: claims.sub.clone(), until: claims.exp });
        Ok(claims.sub)
    }

    fn verify(&self, token: &str) -> Result<Claims, Refused> {
        let header = decode_header(token).map_err(|_| Refused::Invalid)?;
        let fits = |key: &&Key| key.algorithm == header.alg && (header.kid.is_none() || key.id == header.kid);
        let mut refused = Refused::Invalid;
        for key in self.keys.iter().filter(fits) {
            match decode::<Claims>(token, &key.key, &key.validation) {
                Ok(token) if !token.claims.sub.is_empty() => return Ok(token.claims),
                Ok(_) => {}
                Err(error) => refused = why(&error),
            }
        }
        Err(refused)
    }
}

fn algorithm(jwk: &Jwk) -> Option<Algorithm> {
    match jwk.common.key_algorithm? {
        KeyAlgorithm::ES256 => Some(Algorithm::ES256),
        KeyAlgorithm::RS256 => Some(Algorithm::RS256),
        _ => None,
    }
}

fn why(error: &Error) -> Refused {
    match error.kind() {
        ErrorKind::ExpiredSignature => Refused::Expired,
        ErrorKind::ImmatureSignature => Refused::TooEarly,
        ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => Refused::NotForUs,
        _ => Refused::Invalid,
    }
}

#[cfg(test)]
mod tests;
