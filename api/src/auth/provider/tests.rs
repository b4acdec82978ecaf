use std::sync::Mutex;

use async_trait::async_trait;
use futures::future::join_all;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::*;
use crate::auth::{
    Verifier,
    minted::{AUDIENCE, Minted, PROVIDER, set},
};

const TICK: Duration = Duration::from_millis(200);

/// A provider that a test can change, take away, and ask how often it was asked.
#[derive(Default)]
struct Published(Mutex<State>);

#[derive(Clone, Default)]
struct State {
    keys: Vec<Value>,
    issuer: Option<String>,
    jwks_uri: Option<String>,
    fresh_for: Option<Duration>,
    slow: Duration,
    away: bool,
    discoveries: usize,
    fetches: usize,
    under_way: usize,
    at_once: usize,
}

impl Published {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().expect("a state"));
    }

    fn publish(&self, keys: &[&Minted]) {
        self.change(|state| state.keys = keys.iter().map(|key| key.published(&Value::Null)).collect());
    }

    fn state(&self) -> State {
        self.0.lock().expect("a state").clone()
    }
}

#[async_trait]
impl FetchDocument for Published {
    async fn fetch(&self, address: &str) -> Result<Document, Error> {
        self.change(|state| {
            state.under_way += 1;
            state.at_once = state.at_once.max(state.under_way);
        });
        sleep(self.state().slow).await;
        self.change(|state| {
            state.under_way -= 1;
            if address.ends_with("openid-configuration") { state.discoveries += 1 } else { state.fetches += 1 }
        });
        let state = self.state();
        if state.away {
            return Err(Error::unavailable("nobody answers"));
        }
        let jwks_uri = state.jwks_uri.unwrap_or_else(|| format!("{PROVIDER}/jwks"));
        let body = if address.ends_with("openid-configuration") {
            json!({"issuer": state.issuer.as_deref().unwrap_or(PROVIDER), "jwks_uri": jwks_uri})
                .to_string()
                .into_bytes()
        } else {
            set(&state.keys)
        };
        Ok(Document { body, fresh_for: state.fresh_for })
    }
}

fn pace() -> Pace {
    Pace {
        between: 2 * TICK,
        usual: 100 * TICK,
        bounds: (4 * TICK, 200 * TICK),
        longest_pause: 4 * TICK,
        kept: 600 * TICK,
        patience: 200 * TICK,
    }
}

fn verifying(published: &Arc<Published>, pace: Pace) -> Arc<Verifier> {
    let provider = Provider::new(PROVIDER.parse().expect("an issuer"), published.clone(), pace);
    tokio::spawn(provider.clone().keep_up());
    Arc::new(Verifier::of(provider, AUDIENCE))
}

async fn ready(verifier: &Verifier) {
    for _ in 0..100 {
        if verifier.keys().is_ok() {
            return;
        }
        sleep(TICK / 10).await;
    }
    panic!("no keys");
}

fn mentor() -> Result<String, Refused> {
    Ok("mentor".to_owned())
}

#[tokio::test]
async fn a_new_key_is_good_with_its_first_token() {
    let (published, old, new) = (Arc::<Published>::default(), Minted::ec("old"), Minted::ec("new"));
    published.publish(&[&old]);
    let verifier = verifying(&published, pace());
    ready(&verifier).await;
    assert_eq!(verifier.subject(&old.token(&Value::Null)).await, mentor());
    published.publish(&[&new, &old]);
    let tokens: Vec<_> = (0..200).map(|n| new.token(&json!({"jti": n}))).collect();
    for subject in join_all(tokens.iter().map(|token| verifier.subject(token))).await {
        assert_eq!(subject, mentor());
    }
    assert_eq!(verifier.subject(&old.token(&Value::Null)).await, mentor());
    let state = published.state();
    assert_eq!((state.discoveries, state.fetches, state.at_once), (1, 2, 1), "one look for all who waited");
}

#[tokio::test]
async fn a_token_without_the_name_of_a_key_is_looked_up_too() {
    let (published, old, new) = (Arc::<Published>::default(), Minted::ec("old"), Minted::ec("new"));
    published.publish(&[&old]);
    let verifier = verifying(&published, pace());
    ready(&verifier).await;
    published.publish(&[&new]);
    let nameless = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
    assert_eq!(verifier.subject(&new.token_under(&nameless, &Value::Null)).await, mentor());
}

#[tokio::test]
async fn made_up_keys_do_not_hammer_the_provider_and_keep_nobody_out() {
    let (published, old, new) = (Arc::<Published>::default(), Minted::ec("old"), Minted::ec("new"));
    published.publish(&[&old]);
    published.change(|state| state.slow = TICK / 4);
    let verifier = verifying(&published, pace());
    ready(&verifier).await;
    let made_up = (0..100).map(|n| new.named(&format!("made up {n}")).token(&Value::Null));
    let flood = made_up.collect::<Vec<_>>().into_iter().enumerate().map(|(n, token)| {
        let (verifier, pause) = (verifier.clone(), TICK / 10 * u32::try_from(n).expect("few"));
        async move {
            sleep(pause).await;
            verifier.subject(&token).await
        }
    });
    let begun = Instant::now();
    let rotation = async {
        for n in 0..10 {
            sleep(TICK).await;
            if n == 3 {
                published.publish(&[&new, &old]);
            }
            assert_eq!(verifier.subject(&old.token(&json!({"jti": n}))).await, mentor());
            if n >= 3 {
                assert_eq!(verifier.subject(&new.token(&json!({"jti": n}))).await, mentor());
            }
        }
    };
    let (refused, ()) = tokio::join!(join_all(flood), rotation);
    assert!(refused.iter().all(|refused| *refused == Err(Refused::Invalid)), "{refused:?}");
    let (state, most) = (published.state(), begun.elapsed().div_duration_f64(2 * TICK).ceil());
    assert!(state.fetches as f64 <= most + 1.0, "{} fetches, at most {most}", state.fetches);
    assert_eq!(state.at_once, 1);
}

#[tokio::test]
async fn for_a_token_that_is_not_for_us_nobody_is_asked() {
    let (published, key) = (Arc::<Published>::default(), Minted::ec("a"));
    published.publish(&[&key]);
    let verifier = verifying(&published, pace());
    ready(&verifier).await;
    let made_up = Minted::ec("made up");
    let before = published.state().fetches;
    for (claims, why) in [
        (json!({"iss": "https://elsewhere.example"}), Refused::NotForUs),
        (json!({"aud": ["another"]}), Refused::NotForUs),
        (json!({"exp": 1}), Refused::Expired),
        (json!({"exp": null}), Refused::Invalid),
    ] {
        assert_eq!(verifier.subject(&made_up.token(&claims)).await, Err(why));
    }
    assert_eq!(published.state().fetches, before);
}

#[tokio::test]
async fn before_the_provider_was_reached_nobody_can_say() {
    let (published, key) = (Arc::<Published>::default(), Minted::ec("a"));
    published.change(|state| state.away = true);
    published.publish(&[&key]);
    let verifier = verifying(&published, pace());
    sleep(15 * TICK).await;
    assert_eq!(verifier.subject(&key.token(&Value::Null)).await, Err(Refused::Unknown));
    let tried = published.state().discoveries;
    assert!((2..=6).contains(&tried), "tried {tried} times, ever more slowly");
    published.change(|state| state.away = false);
    ready(&verifier).await;
    assert_eq!(verifier.subject(&key.token(&Value::Null)).await, mentor());
}

#[tokio::test]
async fn known_keys_go_on_being_good_while_the_provider_is_away_but_not_for_ever() {
    let (published, old, new) = (Arc::<Published>::default(), Minted::ec("old"), Minted::ec("new"));
    published.publish(&[&old]);
    let verifier = verifying(&published, Pace { kept: 12 * TICK, ..pace() });
    ready(&verifier).await;
    published.change(|state| state.away = true);
    sleep(6 * TICK).await;
    assert_eq!(verifier.subject(&old.token(&Value::Null)).await, mentor());
    // Whether a key is new or made up cannot be said now.
    assert_eq!(verifier.subject(&new.token(&Value::Null)).await, Err(Refused::Unknown));
    sleep(8 * TICK).await;
    assert_eq!(verifier.subject(&old.token(&Value::Null)).await, Err(Refused::Unknown));
}

#[tokio::test]
async fn a_withdrawn_key_is_no_good_once_its_time_has_passed() {
    let (published, old, new) = (Arc::<Published>::default(), Minted::ec("old"), Minted::ec("new"));
    published.publish(&[&old]);
    // Shorter than the least, so that the least counts.
    published.change(|state| state.fresh_for = Some(TICK));
    let verifier = verifying(&published, pace());
    ready(&verifier).await;
    let token = old.token(&Value::Null);
    published.publish(&[&new]);
    sleep(TICK).await;
    assert_eq!(verifier.subject(&token).await, mentor());
    sleep(6 * TICK).await;
    assert_eq!(verifier.subject(&token).await, Err(Refused::Invalid), "and what it vouched for is forgotten");
    assert_eq!(verifier.subject(&new.token(&Value::Null)).await, mentor());
}

#[tokio::test]
async fn keys_are_kept_as_long_as_the_provider_says() {
    let (published, key) = (Arc::<Published>::default(), Minted::ec("a"));
    published.publish(&[&key]);
    published.change(|state| state.fresh_for = Some(8 * TICK));
    ready(&verifying(&published, pace())).await;
    sleep(4 * TICK).await;
    assert_eq!(published.state().fetches, 1);
    sleep(8 * TICK).await;
    assert!((2..=3).contains(&published.state().fetches));
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_believed() {
    for change in [
        |state: &mut State| state.issuer = Some(format!("{PROVIDER}/")),
        |state: &mut State| state.issuer = Some("https://elsewhere.example".to_owned()),
        |state: &mut State| state.jwks_uri = Some("http://login.example.org/jwks".to_owned()),
    ] {
        let published = Arc::<Published>::default();
        published.change(change);
        let verifier = verifying(&published, pace());
        sleep(3 * TICK).await;
        assert_eq!(verifier.subject(&Minted::ec("a").token(&Value::Null)).await, Err(Refused::Unknown));
        assert_eq!(published.state().fetches, 0);
    }
}
