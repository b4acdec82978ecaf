//! Decides whether a token is good, and whose it is.
use std::sync::Arc;

use chrono::Utc;
use jsonwebtoken::{
    Algorithm, Header, Validation,
    dangerous::insecure_decode_claims,
    decode, decode_header,
    errors::{Error, ErrorKind},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Keys, Provider,
    keys::{Good, Key},
};

const LEEWAY: u32 = 60;
const LONGEST: usize = 8_192;
/// Kinds of tokens that say who calls (RFC 7519, RFC 9068); others, such as those of a logout, do not.
const TYPES: &[&str] = &["jwt", "at+jwt", "application/at+jwt"];

/// Checks tokens of one issuer: signature, algorithm, kind, issuer, audience and times.
pub struct Verifier {
    keys: Source,
    issuer: String,
    audience: String,
    rs256: Validation,
    es256: Validation,
}

/// Where keys come from.
enum Source {
    Fixed(Arc<Keys>),
    Provider(Arc<Provider>),
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: f64,
    iat: Option<f64>,
}

/// What a token says that may be anybody's.
#[derive(Deserialize)]
struct Promises {
    iss: String,
    aud: Audience,
    exp: f64,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Why a token is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no issuer to ask.
    #[error("This server has no issuer configured, so that no token is good.")]
    NoIssuer,
    /// The issuer's keys are not known, so that nobody can say.
    #[error("The keys of the identity provider cannot be fetched right now.")]
    Unknown,
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
    /// Checks tokens of `issuer` for `audience`, signed with one of `keys`.
    pub fn fixed(issuer: &str, audience: &str, keys: Keys) -> Self {
        Self::new(Source::Fixed(Arc::new(keys)), issuer, audience)
    }

    /// Checks tokens of `provider` for `audience`, signed with a key that it has then.
    pub fn of(provider: Arc<Provider>, audience: &str) -> Self {
        let issuer = provider.issuer().to_string();
        Self::new(Source::Provider(provider), &issuer, audience)
    }

    fn new(keys: Source, issuer: &str, audience: &str) -> Self {
        let validation = |algorithm| {
            let mut validation = Validation::new(algorithm);
            validation.set_issuer(&[issuer]);
            validation.set_audience(&[audience]);
            validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
            validation.validate_nbf = true;
            validation.leeway = LEEWAY.into();
            validation
        };
        let (rs256, es256) = (validation(Algorithm::RS256), validation(Algorithm::ES256));
        Self { keys, issuer: issuer.to_owned(), audience: audience.to_owned(), rs256, es256 }
    }

    /// The keys of this moment; [`Refused::Unknown`] where nobody can say which are good.
    pub fn keys(&self) -> Result<Arc<Keys>, Refused> {
        match &self.keys {
            Source::Fixed(keys) => Ok(keys.clone()),
            Source::Provider(provider) => provider.keys(),
        }
    }

    /// The subject of a token that was found good before and still is; nothing of one that has to be looked at.
    pub fn remembered(&self, token: &str) -> Option<String> {
        if token.len() > LONGEST {
            return None;
        }
        let good = self.keys().ok()?.good.get(&digest(token));
        good.filter(|good| now() < good.until).map(|good| good.subject)
    }

    /// The subject of a good token.
    pub async fn subject(&self, token: &str) -> Result<String, Refused> {
        if token.len() > LONGEST {
            return Err(Refused::Invalid);
        }
        if let Some(subject) = self.remembered(token) {
            return Ok(subject);
        }
        let mut keys = self.keys()?;
        let header = header(token)?;
        let mut verified = self.verified(token, &header, &keys);
        if let (Err(Refused::Invalid), Source::Provider(provider)) = (&verified, &self.keys)
            && (header.kid.is_none() || keys.fitting(&header).next().is_none())
        {
            // Perhaps a key that is new. Who could not come in with any key does not have the provider asked.
            self.promises(token)?;
            let may_be_its = |keys: &Keys| header.kid.is_some() && keys.fitting(&header).next().is_some();
            keys = provider.looked_up(may_be_its).await?;
            verified = self.verified(token, &header, &keys);
        }
        let Claims { sub, exp, .. } = verified?;
        keys.good.insert(digest(token), Good { subject: sub.clone(), until: exp });
        Ok(sub)
    }

    fn verified(&self, token: &str, header: &Header, keys: &Keys) -> Result<Claims, Refused> {
        let mut tried = keys.fitting(header).map(|key| self.verified_with(token, header, key));
        tried.find(|tried| !matches!(tried, Err(Refused::Invalid))).unwrap_or(Err(Refused::Invalid))
    }

    fn verified_with(&self, token: &str, header: &Header, key: &Key) -> Result<Claims, Refused> {
        let validation = if header.alg == Algorithm::RS256 { &self.rs256 } else { &self.es256 };
        let claims = decode::<Claims>(token, &key.key, validation).map_err(|error| why(&error))?.claims;
        if claims.iss != self.issuer || claims.sub.is_empty() {
            return Err(Refused::Invalid);
        }
        if claims.iat.is_some_and(|iat| iat > now() + f64::from(LEEWAY)) {
            return Err(Refused::TooEarly);
        }
        Ok(claims)
    }

    /// Whether a token whose signature nobody has checked would be for us.
    fn promises(&self, token: &str) -> Result<(), Refused> {
        let Promises { iss, aud, exp } = insecure_decode_claims(token).map_err(|_| Refused::Invalid)?;
        let for_us = match aud {
            Audience::One(one) => one == self.audience,
            Audience::Several(several) => several.contains(&self.audience),
        };
        match iss == self.issuer && for_us {
            false => Err(Refused::NotForUs),
            true if exp + f64::from(LEEWAY) < now() => Err(Refused::Expired),
            true => Ok(()),
        }
    }
}

/// The header of a token that could be good: signed with a public key, of a kind that says who calls, without
/// extensions that must be understood.
fn header(token: &str) -> Result<Header, Refused> {
    let header = decode_header(token).map_err(|_| Refused::Invalid)?;
    let signed = matches!(header.alg, Algorithm::RS256 | Algorithm::ES256);
    let kind = header.typ.as_ref().is_none_or(|typ| TYPES.iter().any(|known| typ.eq_ignore_ascii_case(known)));
    if signed && kind && header.crit.is_none() { Ok(header) } else { Err(Refused::Invalid) }
}

#[expect(clippy::cast_precision_loss, reason = "seconds since 1970, which tokens may give in fractions")]
fn now() -> f64 {
    Utc::now().timestamp_millis() as f64 / 1000.0
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
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
