//! Whoever calls says who they are; everybody else gets 401 and is told how.
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tests::{Key, School, Student};
use uuid::Uuid;

#[tokio::test]
async fn who_has_no_good_token_is_asked_for_one() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let good = school.token("somebody", Duration::from_secs(60));
    let (head, signature) = good.rsplit_once('.').expect("a token");
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    let unsigned = format!("eyJhbGciOiJub25lIn0.{}.", head.split_once('.').expect("a token").1);
    let others = Key::of_nobody().token("somebody", Duration::from_secs(60));
    for token in [String::new(), "x".into(), forged, unsigned, others] {
        let nobody = school.with_token(Uuid::nil(), &token);
        for call in [nobody.get(student.to("case")), nobody.get("/v1/me"), nobody.get("/v1/nowhere")] {
            let refused = call.await.refused(401, "unauthenticated");
            assert!(refused.header("www-authenticate").starts_with("Bearer"), "{token}");
        }
        nobody.post(student.to("notes"), json!({"text": "x"})).await.refused(401, "unauthenticated");
        nobody.call(Method::DELETE, student.to("case")).await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_token_that_has_expired_says_so() {
    let school = School::found().await;
    // Further back than the leeway for clocks that differ.
    let expired = school.district().key.token_until("somebody", chrono::Utc::now().timestamp() - 120);
    let refused = school.with_token(Uuid::nil(), &expired).get("/v1/me").await.refused(401, "unauthenticated");
    assert_eq!(refused.body["detail"], "The token has expired.");
    assert!(refused.header("www-authenticate").contains("invalid_token"));
}

#[tokio::test]
async fn a_good_token_of_nobody_on_the_staff_is_forbidden() {
    let school = School::found().await;
    let token = school.token(&Uuid::now_v7().to_string(), Duration::from_secs(60));
    school.with_token(Uuid::nil(), &token).get("/v1/me").await.refused(403, "no-staff-record");
}

#[tokio::test]
async fn everybody_can_ask_who_they_are() {
    let school = School::found().await;
    let mentor = school.mentor().await;
    let me = mentor.see("/v1/me").await;
    assert_eq!(me["id"], json!(mentor.id));
    assert_eq!(me["roles"], json!([{"role": "success_mentor", "school": school.id}]));
    let stranger = school.stranger().await;
    assert_eq!(stranger.see("/v1/me").await["roles"], json!([]));
    stranger.get(Student(Uuid::now_v7()).to("case")).await.refused(404, "not-found");
}

#[tokio::test]
async fn what_is_for_everybody_needs_no_token() {
    let school = School::found().await;
    let nobody = school.with_token(Uuid::nil(), "");
    for place in ["/livez", "/readyz", "/metrics", "/openapi.json", "/problems", "/docs/"] {
        nobody.get(place).await.expect(200);
    }
    assert_eq!(nobody.see("/openapi.json").await["openapi"], "3.1.0");
}
