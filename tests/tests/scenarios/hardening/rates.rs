//! How much one caller may ask.
use std::time::Duration;

use tests::School;
use uuid::Uuid;

use super::server;

#[tokio::test]
async fn who_asks_too_much_is_told_when_to_ask_again_and_nobody_else_waits() {
    let school = School::found().await;
    let server = server(&["--requests-per-minute", "5"]).await;
    let (csd, mentor) = (school.csd().await.at(&server.address), school.mentor().await.at(&server.address));
    for _ in 0..5 {
        csd.get("/v1/me").await.expect(200);
    }
    let refused = csd.get("/v1/me").await.refused(429, "too-many-requests");
    let seconds: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=12).contains(&seconds), "{seconds}");
    mentor.get("/v1/me").await.expect(200);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    csd.get("/v1/me").await.expect(200);
}

#[tokio::test]
async fn who_tries_tokens_is_stopped_and_who_has_come_in_goes_on() {
    let school = School::found().await;
    let server = server(&["--attempts-per-minute", "3"]).await;
    let csd = school.csd().await.at(&server.address);
    csd.get("/v1/me").await.expect(200);
    let guess = school.with_token(Uuid::nil(), "x.y.z").at(&server.address);
    for _ in 0..2 {
        guess.get("/v1/me").await.refused(401, "unauthenticated");
    }
    assert!(!guess.get("/v1/me").await.refused(429, "too-many-requests").header("retry-after").is_empty());
    for _ in 0..5 {
        csd.get("/v1/me").await.expect(200);
    }
}
