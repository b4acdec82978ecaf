//! Nothing personal in a log line: neither the server's nor PostgreSQL's, however much they are asked to say.
use std::{fs, os::unix::fs::PermissionsExt};

use reqwest::Method;
use serde_json::{Value, json};
use tests::{District, Person, School, Server, ahead, serve, today};
use uuid::Uuid;

const CANARIES: [&str; 6] = [
    "Quetzalcoatl-note",
    "Quetzalcoatl-need",
    "Quetzalcoatl-mother",
    "Quetzalcoatl-wrong",
    "Quetzalcoatl-path",
    "Rosa Diaz",
];

async fn a_day_with_personal_data(school: &School<'_>) -> Person {
    let [note, need, mother, wrong, path, _] = CANARIES;
    let csd = school.csd().await;
    let (partner, _) = school.partner().await;
    let student = csd.open_case(school).await;
    let written = csd.create(student.to("notes"), json!({"text": note})).await;
    csd.create(student.to("needs"), json!({"category": "basic_needs", "description": need})).await;
    let consent = json!({
        "partner": partner, "purpose": "basic_needs", "scope": ["directory"], "signatory": mother, "relation": "parent",
        "signed_on": today()
    });
    csd.create(student.to("consents"), consent).await;
    csd.act(student.to(&format!("notes/{written}/correction")), json!({"text": wrong})).await;
    // Whatever is refused, in every way that there is.
    let contact = json!({"on": ahead(2), "outcome": "made", "medium": "phone", "note": wrong});
    csd.post(student.to("contacts"), contact).await.expect(409);
    csd.post(student.to("contacts"), json!({"on": wrong, "outcome": wrong, wrong: wrong})).await.expect(400);
    csd.call(Method::POST, student.to("notes")).bytes(format!("{{\"text\":\"{wrong}")).await.expect(400);
    csd.call(Method::POST, student.to("notes")).bytes(format!("{{\"text\":\"{wrong}\\u0000\"}}")).await.expect(400);
    csd.get(format!("/v1/students/{path}/case")).await.expect(400);
    csd.get(format!("/{path}?name={path}")).await.expect(404);
    csd.get(student.to(&format!("timeline?about={path}"))).await.expect(400);
    csd.get("/v1/me").header("authorization", format!("Bearer {path}")).await.expect(401);
    for place in ["plan", "timeline", "entries"] {
        csd.get(student.to(place)).await.expect(200);
    }
    let key = Uuid::now_v7();
    for text in [note, wrong] {
        csd.post(student.to("notes"), json!({"text": text})).key(key).await;
    }
    csd.call(Method::POST, student.to("plan/submission")).json(Value::Null).await;
    csd
}

#[track_caller]
fn nothing_personal(log: &str) {
    for line in log.lines() {
        let found = CANARIES.iter().find(|canary| line.contains(*canary));
        assert!(found.is_none(), "{line:.400}");
    }
}

#[tokio::test]
async fn a_day_leaves_nothing_personal_in_any_log() {
    let directory =
        tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o755)).tempdir().expect("a directory");
    let server = Server::start(serve().arg("--data-dir").arg(directory.path())).expect("a server");
    let socket = directory.path().join("run");
    let url = format!("host='{}' user=throughline dbname=throughline", socket.display());
    let district = District::around(server, url).await.expect("a district");
    let school = School::in_district(&district).await;
    a_day_with_personal_data(&school).await;
    assert!(district.server.said().contains("refused"), "refusals are told");
    nothing_personal(&district.server.said());
    let log = fs::read_to_string(directory.path().join("postgres.log")).expect("a log");
    assert!(log.contains("ready to accept connections"));
    nothing_personal(&log);
}

#[tokio::test]
async fn nor_when_every_library_is_asked_to_say_everything() {
    let quiet = District::fresh().await.expect("a district");
    let mut serve = serve();
    serve.env("DATABASE_URL", &quiet.url).env("RUST_LOG", "trace").args(["--log-format", "json"]);
    let server = Server::start(&mut serve).expect("a server");
    let district = District::around(server, quiet.url.clone()).await.expect("a district");
    let school = School::in_district(&district).await;
    a_day_with_personal_data(&school).await;
    nothing_personal(&district.server.said());
}
