//! An issuer of our own, for development and the demo: it believes everybody, so it stays on this machine.
use std::time::Duration;

use anyhow::Context;
use application::KeepSigningKey;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Utc;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet, PublicKeyUse, ThumbprintHash},
};
use p256::{SecretKey, elliptic_curve::rand_core::OsRng, pkcs8::EncodePrivateKey};
use serde::Serialize;
use uuid::Uuid;

use super::Verifier;

/// Where the issuer is found, below the server's own address.
pub const PATH: &str = "/dev";
/// Its name in tokens, whatever the port.
pub const ISSUER: &str = "http://127.0.0.1:8080/dev";
/// For whom its tokens are.
pub const AUDIENCE: &str = "throughline";

/// Signs tokens that name a subject and nothing else.
pub struct DevIssuer {
    key: EncodingKey,
    public: Jwk,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
}

impl DevIssuer {
    /// The issuer with the key that `keys` keeps, or a new one for the first time.
    pub async fn open(keys: &dyn KeepSigningKey) -> anyhow::Result<Self> {
        Self::with_key(&keys.keep_unless_kept(fresh_key()?).await?)
    }

    /// The issuer with a key in PKCS #8 DER.
    pub fn with_key(pkcs8: &[u8]) -> anyhow::Result<Self> {
        let key = EncodingKey::from_ec_der(pkcs8);
        let mut public = Jwk::from_encoding_key(&key, Algorithm::ES256).context("the issuer's key is unusable")?;
        public.common.key_id = Some(public.thumbprint(ThumbprintHash::SHA256)?);
        public.common.public_key_use = Some(PublicKeyUse::Signature);
        Ok(Self { key, public })
    }

    /// A token for `subject`, good for `valid_for`.
    pub fn token(&self, subject: &str, valid_for: Duration) -> anyhow::Result<String> {
        let iat = Utc::now().timestamp();
        let exp = iat.saturating_add_unsigned(valid_for.as_secs());
        let jti = BASE64_URL_SAFE_NO_PAD.encode(Uuid::new_v4());
        let header = Header { kid: self.public.common.key_id.clone(), ..Header::new(Algorithm::ES256) };
        Ok(encode(&header, &Claims { iss: ISSUER, aud: AUDIENCE, sub: subject, iat, exp, jti }, &self.key)?)
    }

    /// Its public key, as any issuer publishes it.
    pub fn keys(&self) -> JwkSet {
        JwkSet { keys: vec![self.public.clone()] }
    }

    /// Checks its tokens.
    pub fn verifier(&self) -> Verifier {
        Verifier::fixed(ISSUER, AUDIENCE, self.keys().into())
    }
}

/// A new private key in PKCS #8 DER.
pub fn fresh_key() -> anyhow::Result<Vec<u8>> {
    let key = SecretKey::random(&mut OsRng).to_pkcs8_der().context("cannot make a signing key")?;
    Ok(key.as_bytes().to_vec())
}
