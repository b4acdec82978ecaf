//! Every refusal is a problem with a stable name, says everything that is wrong at once, and quotes nothing back.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, School, ahead, fresh, today};

const CANARY: &str = "Rosalind-Quetzalcoatl";

async fn at_school() -> (School<'static>, Person, tests::Student) {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    (school, csd, student)
}

#[track_caller]
fn quotes_nothing(answer: &Answer) {
    let text = format!("{:?} {}", answer.headers, answer.body);
    assert!(!text.contains(CANARY) && !text.contains("Quetzalcoatl"), "{text}");
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_body_is_named_at_once_by_pointer() {
    let (_, csd, student) = at_school().await;
    let body = json!({"on": CANARY, "outcome": CANARY, "minutes": -1, "who": CANARY});
    let refused = csd.post(student.to("contacts"), body).await.refused(400, "invalid-body");
    quotes_nothing(&refused);
    let errors = refused.body["errors"].as_array().expect("errors").clone();
    let pointers: Vec<_> = errors.iter().filter_map(|error| error["pointer"].as_str()).collect();
    assert_eq!(pointers, ["/medium", "/minutes", "/on", "/outcome", "/who"]);
    assert_eq!(refused.body["instance"], refused.header("x-request-id"));
}

#[tokio::test]
async fn what_is_wrong_in_the_address_is_named_too() {
    let (_, csd, student) = at_school().await;
    let refused = csd.get(student.to(&format!("timeline?limit=9999&about={CANARY}&who=me&from=x"))).await;
    let refused = refused.refused(400, "invalid-parameter");
    quotes_nothing(&refused);
    let named: Vec<_> =
        refused.body["errors"].as_array().expect("errors").iter().map(|e| e["parameter"].clone()).collect();
    for parameter in ["limit", "about", "who", "from"] {
        assert!(named.contains(&json!(parameter)), "{parameter} is not in {named:?}");
    }
    let malformed = csd.get(format!("/v1/students/{CANARY}/case")).await.refused(400, "invalid-parameter");
    quotes_nothing(&malformed);
    assert_eq!(malformed.body["errors"][0]["parameter"], "student");
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_there_says_which_methods_it_takes() {
    let (_, csd, student) = at_school().await;
    csd.get("/v1/nowhere").await.refused(404, "not-found");
    csd.get(format!("/{CANARY}")).await.refused(404, "not-found");
    let refused = csd.call(Method::DELETE, student.to("case")).await.refused(405, "method-not-allowed");
    let allowed: Vec<_> = refused.header("allow").split(", ").collect();
    assert!(allowed.contains(&"GET") && allowed.contains(&"PUT"), "{allowed:?}");
    let refused = csd.get(student.to("notes")).await.refused(405, "method-not-allowed");
    assert_eq!(refused.header("allow"), "POST");
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_without_a_word_of_it() {
    let (_, csd, student) = at_school().await;
    let send = |body: String| csd.call(Method::POST, student.to("notes")).bytes(body);
    let deep = format!("{{\"text\":{}1{}}}", "[".repeat(200), "]".repeat(200));
    let bodies = [
        format!("{{\"text\": \"{CANARY}"),
        format!("{{\"text\": \"{CANARY}\\u0000\"}}"),
        format!("{{\"text\": \"{CANARY}\", \"text\": \"{CANARY}\"}}"),
        deep,
        String::new(),
        format!("{{\"text\": {CANARY}}}"),
    ];
    for body in bodies {
        let refused = send(body.clone()).await;
        assert_eq!((refused.status, refused.problem()), (400, "unreadable"), "{body:.60}");
        quotes_nothing(&refused);
    }
    send(format!("[\"{CANARY}\"]")).await.refused(400, "invalid-body");
    let latin = csd.call(Method::POST, student.to("notes")).bytes(b"{\"text\":\"caf\xe9\"}".to_vec()).await;
    latin.refused(400, "unreadable");
    assert_eq!(csd.see(student.to("case")).await["version"], 1);
}

#[tokio::test]
async fn another_media_type_and_too_much_are_refused() {
    let (_, csd, student) = at_school().await;
    let notes = student.to("notes");
    csd.call(Method::POST, &notes).header("content-type", "text/plain").await.refused(415, "unsupported-media-type");
    csd.call(Method::POST, &notes).await.refused(415, "unsupported-media-type");
    let huge = json!({"text": "x".repeat(1_100_000)});
    csd.post(&notes, huge).await.refused(413, "too-large");
    csd.post(&notes, json!({"text": "x".repeat(900_000)})).await.refused(400, "invalid-body");
    csd.post(&notes, json!({"text": "   "})).await.refused(400, "invalid-body");
}

#[tokio::test]
async fn a_rule_that_refuses_is_named() {
    let (school, csd, student) = at_school().await;
    let contact = json!({"on": ahead(2), "outcome": "made", "medium": "phone", "note": CANARY});
    let refused = csd.post(student.to("contacts"), contact).await.refused(409, "contact-in-future");
    quotes_nothing(&refused);
    assert!(refused.body["title"].as_str().is_some_and(|title| title.contains("contact")));
    let goal = fresh().0;
    csd.post(student.to(&format!("goals/{goal}/hold")), json!({"reason": "x"})).await.refused(404, "no-such-goal");
    csd.act(student.to("case/closure"), json!({"reason": "goals_met"})).await;
    let note = json!({"text": "Afterwards"});
    csd.post(student.to("notes"), note).await.refused(409, "case-closed");
    let body = json!({"school": school.id, "reason": "Again"});
    csd.call(Method::PUT, student.to("case")).json(body).await.expect(409);
    csd.act(student.to("case/reopening"), json!({"reason": "Absent again"})).await;
    csd.create(student.to("notes"), json!({"text": "Afterwards"})).await;
}

#[tokio::test]
async fn days_are_real_days() {
    let (_, csd, student) = at_school().await;
    for on in
        ["2026-02-30", "2026-13-01", "26-01-01", "-2026-01-01", "+12026-01-01", "0000-00-00", "2026-01-01T00:00:00Z"]
    {
        let contact = json!({"on": on, "outcome": "made", "medium": "phone"});
        let refused = csd.post(student.to("contacts"), contact).await.refused(400, "invalid-body");
        assert_eq!(refused.body["errors"][0]["pointer"], "/on", "{on}");
    }
    let long_ago = json!({"on": "0001-01-01", "outcome": "made", "medium": "phone"});
    assert!(csd.post(student.to("contacts"), long_ago).await.status < 500);
    for days in [0, 1, 65535] {
        let due = json!({"what": "Call", "due": {"in_school_days": days}, "owner": csd.id});
        assert!(csd.post(student.to("follow-ups"), due).await.status < 500, "{days}");
    }
    let far = json!({"what": "Call", "due": {"on": "9999-12-31"}, "owner": csd.id});
    assert!(csd.post(student.to("follow-ups"), far).await.status < 500);
    assert_eq!(csd.get(student.to("plan")).await.status, 200);
    let early = json!({"what": "Call", "due": {"on": "2020-01-01"}, "owner": csd.id});
    csd.post(student.to("follow-ups"), early).await.refused(409, "due-in-past");
    csd.post(student.to("contacts"), json!({"on": today(), "outcome": "made", "medium": "phone"})).await.expect(201);
}

#[tokio::test]
async fn every_kind_of_problem_is_explained_where_its_name_leads() {
    let (_, csd, _) = at_school().await;
    let all: Value = csd.see("/problems").await;
    for known in all.as_array().expect("problems") {
        let name = known["type"].as_str().expect("a name");
        assert_eq!(csd.see(name).await["status"], known["status"], "{name}");
    }
}
