//! Tokens, as the development issuer signs them, and as others would like to.
use std::time::Duration;

use chrono::Utc;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use p256::{SecretKey, elliptic_curve::rand_core::OsRng, pkcs8::EncodePrivateKey};
use serde_json::json;

/// A private key in PKCS #8.
#[derive(Clone)]
pub struct Key(pub Vec<u8>);

impl Key {
    /// Nobody's key.
    ///
    /// # Panics
    /// Where there is no chance.
    #[must_use]
    pub fn of_nobody() -> Self {
        Self(SecretKey::random(&mut OsRng).to_pkcs8_der().expect("a key").as_bytes().to_vec())
    }

    /// A token for `subject`, good for a while from now.
    #[must_use]
    pub fn token(&self, subject: &str, valid_for: Duration) -> String {
        self.token_until(subject, Utc::now().timestamp().saturating_add_unsigned(valid_for.as_secs()))
    }

    /// A token for `subject` that expires at that time, in seconds since 1970.
    ///
    /// # Panics
    /// Where the key is none.
    #[must_use]
    pub fn token_until(&self, subject: &str, expires: i64) -> String {
        self.signed(None, ("http://127.0.0.1:8080/dev", "throughline", subject), expires)
    }

    /// A token such as `issuer` would sign it for `audience` with the key of that name.
    #[must_use]
    pub fn token_of(&self, issuer: &str, audience: &str, subject: &str, key: &str) -> String {
        self.signed(Some(key.to_owned()), (issuer, audience, subject), Utc::now().timestamp() + 60)
    }

    fn signed(&self, kid: Option<String>, (iss, aud, sub): (&str, &str, &str), exp: i64) -> String {
        let iat = Utc::now().timestamp().min(exp - 60);
        let claims = json!({"iss": iss, "aud": aud, "sub": sub, "iat": iat, "exp": exp});
        let header = Header { kid, ..Header::new(Algorithm::ES256) };
        encode(&header, &claims, &EncodingKey::from_ec_der(&self.0)).expect("a token")
    }
}
