//! Pages of other origins: those of the allow-list may call, the others learn nothing.
use reqwest::Method;
use tests::{Answer, Person, School};

use super::server;

const OURS: &str = "https://cases.example.org";

async fn asked(person: &Person, origin: &str, headers: &str) -> Answer {
    let asked = person.call(Method::OPTIONS, "/v1/me").without_key().header("origin", origin);
    asked.header("access-control-request-method", "GET").header("access-control-request-headers", headers).await
}

#[tokio::test]
async fn a_page_of_the_allow_list_may_call_and_read_what_the_api_says_in_headers() {
    let school = School::found().await;
    let server = server(&["--allow-origin", "https://cases.example.org,http://localhost:5173"]).await;
    let csd = school.csd().await.at(&server.address);
    let allowed = asked(&csd, OURS, "authorization, idempotency-key, if-match, last-event-id").await.expect(200);
    assert_eq!(allowed.header("access-control-allow-origin"), OURS);
    assert_eq!(allowed.header("access-control-allow-credentials"), "");
    asked(&csd, "http://localhost:5173", "authorization").await.expect(200);
    let answer = csd.get("/v1/me").header("origin", OURS).await.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), OURS);
    let shown = answer.header("access-control-expose-headers").to_lowercase();
    for name in ["etag", "location", "link", "consistency-token", "retry-after"] {
        assert!(shown.contains(name), "{name} is not in {shown}");
    }
    // A refusal can be read as well.
    let refused = csd.get("/v1/me").header("origin", OURS).header("authorization", "Bearer x").await;
    assert_eq!(refused.refused(401, "unauthenticated").header("access-control-allow-origin"), OURS);
}

#[tokio::test]
async fn a_page_of_anywhere_else_may_not() {
    let school = School::found().await;
    let server = server(&["--allow-origin", OURS]).await;
    let csd = school.csd().await.at(&server.address);
    for origin in ["https://cases.example.org.evil.example", "http://cases.example.org", "null"] {
        let refused = asked(&csd, origin, "authorization").await.refused(400, "bad-request");
        assert_eq!(refused.header("access-control-allow-origin"), "");
        let answer = csd.get("/v1/me").header("origin", origin).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), "", "the browser keeps it from the page");
    }
    csd.get("/v1/me").await.expect(200);
    // Without an allow-list nobody's pages may call, and nobody is told more.
    let anyones = school.csd().await;
    let answer = anyones.get("/v1/me").header("origin", OURS).await.expect(200);
    assert_eq!(answer.header("access-control-allow-origin"), "");
    asked(&anyones, OURS, "authorization").await.refused(405, "method-not-allowed");
}
