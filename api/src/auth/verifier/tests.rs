use std::time::Duration;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::*;
use crate::auth::{AUDIENCE, DevIssuer, ISSUER, dev_issuer::fresh_key};

struct Case {
    key: Vec<u8>,
    issuer: DevIssuer,
    verifier: Verifier,
}

fn case() -> Case {
    let key = fresh_key().expect("a key");
    let issuer = DevIssuer::with_key(&key).expect("an issuer");
    let verifier = issuer.verifier().expect("a verifier");
    Case { key, issuer, verifier }
}

fn claims() -> Value {
    let now = Utc::now().timestamp();
    json!({"iss": ISSUER, "aud": AUDIENCE, "sub": "mentor", "exp": now + 600})
}

impl Case {
    fn signed(&self, changed: &Value) -> Result<String, Refused> {
        let mut claims = claims();
        for (name, value) in changed.as_object().expect("claims") {
            claims[name] = value.clone();
        }
        let key = EncodingKey::from_ec_der(&self.key);
        self.verifier.subject(&encode(&Header::new(Algorithm::ES256), &claims, &key).expect("a token"))
    }
}

#[test]
fn a_good_token_names_its_subject_every_time() {
    let case = case();
    let token = case.issuer.token("mentor", Duration::from_secs(60)).expect("a token");
    for _ in 0..2 {
        assert_eq!(case.verifier.subject(&token), Ok("mentor".to_owned()));
    }
}

#[test]
fn times_count_with_a_minute_of_grace() {
    let (case, now) = (case(), Utc::now().timestamp());
    assert_eq!(case.signed(&json!({"exp": now - 30, "nbf": now + 30})), Ok("mentor".to_owned()));
    assert_eq!(case.signed(&json!({"exp": now - 90})), Err(Refused::Expired));
    assert_eq!(case.signed(&json!({"nbf": now + 90})), Err(Refused::TooEarly));
}

#[test]
fn issuer_audience_and_subject_must_be_there_and_right() {
    let case = case();
    assert_eq!(case.signed(&json!({"iss": "http://elsewhere"})), Err(Refused::NotForUs));
    assert_eq!(case.signed(&json!({"aud": "another"})), Err(Refused::NotForUs));
    for absent in ["iss", "aud", "sub", "exp"] {
        assert!(case.signed(&json!({absent: null})).is_err(), "{absent}");
    }
    assert_eq!(case.signed(&json!({"sub": ""})), Err(Refused::Invalid));
}

#[test]
fn another_key_is_another_issuer() {
    let stranger = case().issuer.token("mentor", Duration::from_secs(60)).expect("a token");
    assert_eq!(case().verifier.subject(&stranger), Err(Refused::Invalid));
}

#[test]
fn a_token_that_nobody_signed_is_worth_nothing() {
    let case = case();
    for header in [json!({"alg": "none"}), json!({"alg": "none", "typ": "JWT"}), json!({"alg": "None"})] {
        let part = |json: &Value| BASE64.encode(json.to_string());
        let unsigned = format!("{}.{}.", part(&header), part(&claims()));
        assert_eq!(case.verifier.subject(&unsigned), Err(Refused::Invalid));
    }
}

#[test]
fn the_public_key_is_no_shared_secret() {
    let case = case();
    let published = serde_json::to_string(&case.issuer.keys()).expect("JSON");
    let point = |name: &str| {
        let keys: Value = serde_json::from_str(&published).expect("JSON");
        BASE64.decode(keys["keys"][0][name].as_str().expect("a coordinate")).expect("base64")
    };
    for secret in [published.clone().into_bytes(), point("x"), [vec![4], point("x"), point("y")].concat()] {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = case.issuer.keys().keys[0].common.key_id.clone();
        let confused = encode(&header, &claims(), &EncodingKey::from_secret(&secret)).expect("a token");
        assert_eq!(case.verifier.subject(&confused), Err(Refused::Invalid));
    }
}

#[test]
fn a_changed_or_overlong_token_is_refused() {
    let case = case();
    let token = case.issuer.token("mentor", Duration::from_secs(60)).expect("a token");
    let (head, rest) = token.split_once('.').expect("parts");
    let (_, signature) = rest.split_once('.').expect("parts");
    let mut other = claims();
    other["sub"] = "principal".into();
    let changed = format!("{head}.{}.{signature}", BASE64.encode(other.to_string()));
    assert_eq!(case.verifier.subject(&changed), Err(Refused::Invalid));
    assert_eq!(case.verifier.subject(&"a".repeat(LONGEST + 1)), Err(Refused::Invalid));
}
