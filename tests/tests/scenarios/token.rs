//! Tokens for development, made from the command line.
use serde_json::json;
use tests::{School, command, said};
use uuid::Uuid;

#[tokio::test]
async fn a_token_is_made_beside_a_running_server_and_good_at_once() {
    let school = School::found().await;
    let token = |role: &str| {
        let mut command = command();
        command.args(["token", "--as", role, "--school"]).arg(school.id.to_string());
        said(command.env("DATABASE_URL", &school.district().url))
    };
    let (good, text) = token("community_school_director");
    assert!(good, "{text}");
    assert_eq!(text.lines().count(), 1, "the token alone: {text}");
    let csd = school.with_token(Uuid::nil(), text.trim());
    let me = csd.see("/v1/me").await;
    assert_eq!(me["roles"], json!([{"role": "community_school_director", "school": school.id}]));
    csd.open_case(&school).await;
    // The same role again is the same person.
    let (_, text) = token("community-school-director");
    assert_eq!(school.with_token(Uuid::nil(), text.trim()).see("/v1/me").await["id"], me["id"]);
}
