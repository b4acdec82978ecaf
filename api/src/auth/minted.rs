//! Keys and tokens for tests, such as a provider makes them.
use std::sync::OnceLock;

use chrono::Utc;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use rsa::{RsaPrivateKey, pkcs1::EncodeRsaPrivateKey, rand_core::OsRng};
use serde_json::{Value, json};

use super::dev_issuer::fresh_key;

pub const PROVIDER: &str = "https://login.example.org/district";
pub const AUDIENCE: &str = "throughline";

/// A key that a provider signs with.
#[derive(Clone)]
pub struct Minted {
    pub id: String,
    algorithm: Algorithm,
    key: EncodingKey,
}

impl Minted {
    pub fn ec(id: &str) -> Self {
        let key = EncodingKey::from_ec_der(&fresh_key().expect("a key"));
        Self { id: id.to_owned(), algorithm: Algorithm::ES256, key }
    }

    /// An RSA key of so many bits; one of a kind, as it takes a while to find one.
    pub fn rsa(id: &str, bits: usize) -> Self {
        static FOUND: [OnceLock<Vec<u8>>; 2] = [const { OnceLock::new() }; 2];
        let found = FOUND[usize::from(bits < 2048)].get_or_init(|| {
            let key = RsaPrivateKey::new(&mut OsRng, bits).expect("a key");
            key.to_pkcs1_der().expect("DER").as_bytes().to_vec()
        });
        Self { id: id.to_owned(), algorithm: Algorithm::RS256, key: EncodingKey::from_rsa_der(found) }
    }

    /// The same key by another name.
    pub fn named(&self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self.clone() }
    }

    /// The public key, published with these parameters besides; null takes one away.
    pub fn published(&self, parameters: &Value) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = json!(self.id);
        changed(&mut jwk, parameters);
        jwk
    }

    /// A token with these claims besides, or without those that are null.
    pub fn token(&self, claims: &Value) -> String {
        self.token_under(&Header { kid: Some(self.id.clone()), ..Header::new(self.algorithm) }, claims)
    }

    /// The same under a header of one's own.
    pub fn token_under(&self, header: &Header, claims: &Value) -> String {
        encode(header, &claimed(claims), &self.key).expect("a token")
    }
}

/// The claims of a good token, with these besides.
pub fn claimed(besides: &Value) -> Value {
    let now = Utc::now().timestamp();
    let mut claims = json!({"iss": PROVIDER, "aud": AUDIENCE, "sub": "mentor", "iat": now, "exp": now + 600});
    changed(&mut claims, besides);
    claims
}

/// A key set, as it is published.
pub fn set(keys: &[Value]) -> Vec<u8> {
    json!({ "keys": keys }).to_string().into_bytes()
}

fn changed(members: &mut Value, besides: &Value) {
    let members = members.as_object_mut().expect("an object");
    for (name, value) in besides.as_object().into_iter().flatten() {
        members.insert(name.clone(), value.clone());
        members.retain(|_, value| !value.is_null());
    }
}
