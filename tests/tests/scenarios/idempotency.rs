//! A repeated request has no second effect, and says what the first one said.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, School, fresh, today};
use uuid::Uuid;

fn note(text: &str) -> Value {
    json!({"text": text})
}

fn said(answer: &Answer) -> (u16, String, String, String) {
    let header = |name| answer.header(name).to_owned();
    (answer.status, header("location"), header("etag"), header("consistency-token"))
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_one_effect() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let key = Uuid::now_v7();

    let first = csd.post(student.to("notes"), note("once")).key(key).await.expect(201);
    csd.post(student.to("notes"), note("something else")).await.expect(201);
    let again = csd.post(student.to("notes"), note("once")).key(key).await;

    assert_eq!(said(&first), said(&again));
    assert_eq!(first.entry(), key, "the key names what is created");
    assert_eq!(csd.see(student.to("case")).await["version"], 3);
}

#[tokio::test]
async fn the_order_of_names_and_the_space_between_them_do_not_make_another_body() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let key = Uuid::now_v7();
    let send = |body: &'static str| csd.call(Method::POST, student.to("notes")).bytes(body).key(key);

    let first = send(r#"{"text":"once","visibility":"team"}"#).await.expect(201);
    let again = send(r#"{ "visibility": "team", "text": "once" }"#).await;

    assert_eq!(said(&first), said(&again));
}

#[tokio::test]
async fn a_key_is_good_for_one_request_only() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (student, other) = (csd.open_case(&school).await, csd.open_case(&school).await);
    let key = Uuid::now_v7();
    csd.post(student.to("notes"), note("once")).key(key).await.expect(201);

    csd.post(student.to("notes"), note("twice")).key(key).await.refused(409, "idempotency-key-reused");
    csd.post(other.to("notes"), note("once")).key(key).await.refused(409, "idempotency-key-reused");
    let strength = csd.post(student.to("strengths"), json!({"description": "once"})).key(key).await;
    strength.refused(409, "idempotency-key-reused");
    assert_eq!(csd.see(student.to("case")).await["version"], 2);
    assert_eq!(csd.see(other.to("case")).await["version"], 1);
}

#[tokio::test]
async fn opening_a_case_twice_under_one_key_opens_it_once() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (student, key) = (fresh(), Uuid::now_v7());
    let open = || {
        let body = json!({"school": school.id, "reason": "Absent"});
        csd.call(Method::PUT, student.to("case")).json(body).key(key)
    };
    let first = open().await.expect(201);
    assert_eq!(first.header("location"), student.to("case"));
    assert_eq!(said(&first), said(&open().await));
    let body = json!({"school": school.id, "reason": "Absent"});
    csd.call(Method::PUT, student.to("case")).json(body).await.refused(409, "case-already-open");
}

#[tokio::test]
async fn two_at_once_under_one_key_have_one_effect() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    for round in 0..5 {
        let key = Uuid::now_v7();
        let send = || csd.post(student.to("notes"), note("raced")).key(key).send();
        let answers = futures::future::try_join_all((0..4).map(|_| send())).await.expect("answers");
        for answer in &answers {
            assert_eq!(said(answer), said(&answers[0]), "round {round}: {:#}", answer.body);
            assert_eq!(answer.status, 201);
        }
    }
    assert_eq!(csd.walk(&student.to("entries?kind=note"), 50).await.len(), 5);
}

#[tokio::test]
async fn anothers_key_reveals_nothing() {
    let school = School::found().await;
    let (csd, principal) = (school.csd().await, school.staff("principal").await);
    let stranger = school.another().await.csd().await;
    let student = csd.open_case(&school).await;
    let key = Uuid::now_v7();
    csd.post(student.to("strengths"), json!({"description": "Sings"})).key(key).await.expect(201);

    // Somebody who may see the case writes something of their own under that key, or is told that the id is taken.
    let theirs = principal.post(student.to("strengths"), json!({"description": "Sings"})).key(key).await;
    assert_ne!(theirs.status, 201, "the first entry must not be replaced");
    assert_eq!(csd.see(student.entry(key)).await["author"], json!(csd.id));

    // Somebody who may not see it is told what everybody is told.
    let theirs = stranger.post(student.to("strengths"), json!({"description": "Sings"})).key(key).await.expect(404);
    let nothing = stranger.post(fresh().to("strengths"), json!({"description": "Sings"})).await.expect(404);
    assert_eq!(theirs.without_instance(), nothing.without_instance());
}

#[tokio::test]
async fn who_lost_the_right_since_gets_no_replay() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    let assignment = csd.assign(&mentor, student).await;
    let (key, contact) = (Uuid::now_v7(), json!({"on": today(), "outcome": "made", "medium": "phone"}));
    mentor.post(student.to("contacts"), contact.clone()).key(key).await.expect(201);

    let end = json!({"on": today(), "reason": "mentor_left"});
    csd.act(student.to(&format!("mentor-assignments/{assignment}/end")), end).await;

    mentor.post(student.to("contacts"), contact).key(key).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_write_without_a_key_is_refused() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let refused = csd.post(student.to("notes"), note("x")).without_key().await.refused(400, "invalid-header");
    assert_eq!(refused.body["errors"][0]["parameter"], "Idempotency-Key");
}
