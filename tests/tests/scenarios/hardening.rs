//! What the server does to protect itself and those whose records it keeps, from browsers to slow clients.
mod origins;
mod rates;
mod slow;
mod tls;

use tests::{School, Server, serve};

/// A server with these options, on the database that tests share.
async fn server(options: &[&str]) -> Server {
    let school = School::found().await;
    Server::start(serve().args(options).env("DATABASE_URL", &school.district().url)).expect("a server")
}

#[tokio::test]
async fn every_answer_tells_browsers_to_keep_nothing_and_to_guess_nothing() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let places = [student.to("case"), student.to("entries"), "/v1/nowhere".into(), "/livez".into(), "/docs/".into()];
    for place in places {
        let answer = csd.get(&place).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{place}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{place}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{place}");
        assert_eq!(answer.header("strict-transport-security"), "", "{place}: that is for TLS only");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{place}");
        let tagged = !answer.header("etag").is_empty();
        let kept = if tagged { "private, no-cache" } else { "no-store" };
        assert_eq!((answer.header("cache-control"), tagged), (kept, place.ends_with("case")), "{place}");
    }
    let tag = csd.get(student.to("case")).await.header("etag").to_owned();
    let again = csd.get(student.to("case")).header("if-none-match", tag).await.expect(304);
    assert_eq!((again.header("cache-control"), again.header("vary")), ("private, no-cache", "Authorization"));
}
