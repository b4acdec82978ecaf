use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{EncodingKey, encode};
use serde_json::{Value, json};

use super::*;
use crate::auth::{
    DevIssuer,
    dev_issuer::fresh_key,
    minted::{AUDIENCE, Minted, PROVIDER, claimed, set},
};

fn verifier(keys: &[Value]) -> Verifier {
    Verifier::fixed(PROVIDER, AUDIENCE, Keys::read(&set(keys)).expect("a set").0)
}

async fn said(key: &Minted, claims: &Value) -> Result<String, Refused> {
    verifier(&[key.published(&Value::Null)]).subject(&key.token(claims)).await
}

fn mentor() -> Result<String, Refused> {
    Ok("mentor".to_owned())
}

#[tokio::test]
async fn a_good_token_names_its_subject_every_time() {
    for key in [Minted::ec("a"), Minted::rsa("a", 2048)] {
        let (verifier, token) = (verifier(&[key.published(&Value::Null)]), key.token(&Value::Null));
        for _ in 0..2 {
            assert_eq!(verifier.subject(&token).await, mentor());
        }
    }
}

#[tokio::test]
async fn the_development_issuer_believes_itself() {
    let issuer = DevIssuer::with_key(&fresh_key().expect("a key")).expect("an issuer");
    let token = issuer.token("mentor", Duration::from_secs(60)).expect("a token");
    assert_eq!(issuer.verifier().subject(&token).await, mentor());
}

#[tokio::test]
async fn times_count_with_a_minute_of_grace() {
    let (key, now) = (Minted::ec("a"), Utc::now().timestamp());
    assert_eq!(said(&key, &json!({"exp": now - 30, "nbf": now + 30, "iat": now + 30})).await, mentor());
    assert_eq!(said(&key, &json!({"exp": now - 90})).await, Err(Refused::Expired));
    assert_eq!(said(&key, &json!({"nbf": now + 90})).await, Err(Refused::TooEarly));
    assert_eq!(said(&key, &json!({"iat": now + 90})).await, Err(Refused::TooEarly));
    assert_eq!(said(&key, &json!({"iat": null})).await, mentor());
    assert_eq!(said(&key, &json!({"exp": now as f64 + 60.5, "iat": now as f64 - 0.5})).await, mentor());
    assert!(said(&key, &json!({"exp": "tomorrow"})).await.is_err());
}

#[tokio::test]
async fn issuer_audience_and_subject_must_be_there_and_right() {
    let key = Minted::ec("a");
    for iss in ["https://elsewhere.example", "https://login.example.org/district/"] {
        assert_eq!(said(&key, &json!({"iss": iss})).await, Err(Refused::NotForUs));
    }
    assert!(said(&key, &json!({"iss": [PROVIDER, "https://elsewhere.example"]})).await.is_err());
    assert_eq!(said(&key, &json!({"aud": "another"})).await, Err(Refused::NotForUs));
    assert_eq!(said(&key, &json!({"aud": ["another", AUDIENCE]})).await, mentor());
    for absent in ["iss", "aud", "sub", "exp"] {
        assert!(said(&key, &json!({absent: null})).await.is_err(), "{absent}");
    }
    assert_eq!(said(&key, &json!({"sub": ""})).await, Err(Refused::Invalid));
}

#[tokio::test]
async fn a_token_is_of_a_kind_that_says_who_calls() {
    let key = Minted::ec("a");
    let verifier = verifier(&[key.published(&Value::Null)]);
    let under = |change: &dyn Fn(&mut Header)| {
        let mut header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::ES256) };
        change(&mut header);
        key.token_under(&header, &Value::Null)
    };
    for typ in [None, Some("JWT"), Some("at+jwt"), Some("application/AT+JWT")] {
        let token = under(&|header| header.typ = typ.map(str::to_owned));
        assert_eq!(verifier.subject(&token).await, mentor(), "{typ:?}");
    }
    let logout = under(&|header| header.typ = Some("logout+jwt".to_owned()));
    let critical = under(&|header| header.crit = Some(vec!["b64".to_owned()]));
    for token in [logout, critical] {
        assert_eq!(verifier.subject(&token).await, Err(Refused::Invalid));
    }
}

#[tokio::test]
async fn many_providers_do_not_say_what_a_key_is_for() {
    for key in [Minted::ec("a"), Minted::rsa("a", 2048)] {
        let bare = key.published(&json!({"alg": null, "use": null, "key_ops": null}));
        assert_eq!(verifier(&[bare]).subject(&key.token(&Value::Null)).await, mentor());
        let verify = key.published(&json!({"key_ops": ["verify"]}));
        assert_eq!(verifier(&[verify]).subject(&key.token(&Value::Null)).await, mentor());
    }
}

#[tokio::test]
async fn a_key_for_something_else_verifies_nothing() {
    for key in [Minted::ec("a"), Minted::rsa("a", 2048)] {
        for other in [
            json!({"use": "enc"}),
            json!({"use": "other"}),
            json!({"key_ops": ["encrypt"]}),
            json!({"alg": "PS256"}),
            json!({"alg": "RSA-OAEP"}),
            json!({"alg": "HS256"}),
            json!({"alg": "something new"}),
            json!({"kid": "b"}),
        ] {
            let refused = verifier(&[key.published(&other)]).subject(&key.token(&Value::Null)).await;
            assert_eq!(refused, Err(Refused::Invalid), "{other}");
        }
    }
}

#[tokio::test]
async fn a_short_rsa_key_verifies_nothing() {
    assert_eq!(said(&Minted::rsa("a", 1024), &Value::Null).await, Err(Refused::Invalid));
}

#[tokio::test]
async fn a_key_that_nobody_knows_is_no_harm_to_the_others() {
    let key = Minted::ec("a");
    let strange = [
        json!({"kty": "OKP", "crv": "Ed448", "x": "AA", "kid": "o"}),
        json!({"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA", "kid": "k"}),
        json!({"kty": "oct", "k": "c2VjcmV0", "kid": "s"}),
        json!("a key"),
    ];
    let keys = [&strange[..], &[key.published(&Value::Null)]].concat();
    let (read, useless) = Keys::read(&set(&keys)).expect("a set");
    assert_eq!((read.len(), useless), (1, 4));
    assert_eq!(verifier(&keys).subject(&key.token(&Value::Null)).await, mentor());
    assert!(Keys::read(b"{}").is_none() && Keys::read(b"<html>").is_none());
}

#[tokio::test]
async fn another_key_is_another_issuer() {
    let (ours, strange) = (Minted::ec("a"), Minted::ec("a"));
    let verifier = verifier(&[ours.published(&Value::Null)]);
    assert_eq!(verifier.subject(&strange.token(&Value::Null)).await, Err(Refused::Invalid));
}

#[tokio::test]
async fn a_token_that_names_no_key_may_be_of_any() {
    let (one, other) = (Minted::ec("a"), Minted::ec("b"));
    let verifier = verifier(&[one.published(&Value::Null), other.published(&Value::Null)]);
    for key in [one, other] {
        assert_eq!(verifier.subject(&key.token_under(&Header::new(Algorithm::ES256), &Value::Null)).await, mentor());
        let old = json!({"exp": Utc::now().timestamp() - 90});
        let expired = key.token_under(&Header::new(Algorithm::ES256), &old);
        assert_eq!(verifier.subject(&expired).await, Err(Refused::Expired));
    }
}

#[tokio::test]
async fn a_token_that_nobody_signed_is_worth_nothing() {
    let verifier = verifier(&[Minted::ec("a").published(&Value::Null)]);
    for header in [json!({"alg": "none"}), json!({"alg": "none", "typ": "JWT"}), json!({"alg": "None", "kid": "a"})] {
        let part = |json: &Value| BASE64.encode(json.to_string());
        let unsigned = format!("{}.{}.", part(&header), part(&claimed(&Value::Null)));
        assert_eq!(verifier.subject(&unsigned).await, Err(Refused::Invalid));
    }
}

#[tokio::test]
async fn a_public_key_is_no_shared_secret() {
    for key in [Minted::ec("a"), Minted::rsa("a", 2048)] {
        let published = key.published(&json!({"alg": null}));
        let number = |name: &str| published[name].as_str().map(|text| BASE64.decode(text).expect("base64"));
        let point = number("x").zip(number("y")).map(|(x, y)| [vec![4], x, y].concat());
        let secrets = [Some(published.to_string().into_bytes()), number("n"), number("x"), point];
        for secret in secrets.into_iter().flatten() {
            let header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::HS256) };
            let signed = encode(&header, &claimed(&Value::Null), &EncodingKey::from_secret(&secret));
            let refused = verifier(std::slice::from_ref(&published)).subject(&signed.expect("a token")).await;
            assert_eq!(refused, Err(Refused::Invalid));
        }
    }
}

#[tokio::test]
async fn a_changed_or_overlong_token_is_refused() {
    let key = Minted::ec("a");
    let (verifier, token) = (verifier(&[key.published(&Value::Null)]), key.token(&Value::Null));
    let (head, rest) = token.split_once('.').expect("parts");
    let (_, signature) = rest.split_once('.').expect("parts");
    let other = claimed(&json!({"sub": "principal"})).to_string();
    let changed = format!("{head}.{}.{signature}", BASE64.encode(other));
    assert_eq!(verifier.subject(&changed).await, Err(Refused::Invalid));
    assert_eq!(verifier.subject(&"a".repeat(LONGEST + 1)).await, Err(Refused::Invalid));
}
