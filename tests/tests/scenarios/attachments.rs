//! Forms that a family has signed: attached, named by a consent, read again by who may, and gone with the student.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Clear, District, PNG, Person, School, Server, Student, ago, command, said, until};
use uuid::Uuid;

fn consent(partner: Uuid, evidence: &Value, visibility: &str) -> Value {
    json!({
        "partner": partner, "purpose": "mentoring", "scope": ["directory"], "signatory": "Maria Lopez", "relation": "parent",
        "signed_on": ago(1), "visibility": visibility,
        "evidence": [{"attachment": evidence["attachment"], "sha256": evidence["sha256"]}]
    })
}

fn attach(person: &Person, student: Student, visibility: &str, kind: &str, bytes: &[u8]) -> tests::Call {
    person.call(Method::POST, student.to(&format!("attachments?visibility={visibility}"))).file(kind, bytes)
}

async fn attached(person: &Person, student: Student, visibility: &str) -> Value {
    attach(person, student, visibility, "image/png", PNG).await.expect(201).body
}

#[tokio::test]
async fn a_signed_form_is_attached_named_by_a_consent_and_read_again_to_the_byte() {
    let school = School::found().await;
    let csd = school.csd().await;
    let officer = school.district_staff("privacy_officer").await;
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    let key = Uuid::now_v7();
    let first = attach(&csd, student, "team", "image/png", PNG).key(key).await.expect(201);
    assert_eq!(first.header("location"), student.to(&format!("attachments/{key}")));
    let again = attach(&csd, student, "team", "image/png", PNG).key(key).await.expect(201);
    assert_eq!(first.body, again.body);
    assert_eq!((&first.body["size"], &first.body["media_type"]), (&json!(PNG.len()), &json!("image/png")));
    let another = [PNG, b"\n"].concat();
    attach(&csd, student, "school", "image/png", PNG).key(key).await.refused(409, "idempotency-key-reused");
    attach(&csd, student, "team", "image/png", &another).await.refused(409, "attachment-hides-something");

    let wrong = json!({"attachment": key, "sha256": "0".repeat(64)});
    csd.post(student.to("consents"), consent(partner, &wrong, "team")).await.refused(409, "no-such-evidence");
    let given = csd.create(student.to("consents"), consent(partner, &first.body, "team")).await;
    let shown = csd.see(student.entry(given)).await;
    assert_eq!(shown["content"]["terms"]["evidence"][0]["sha256"], first.body["sha256"]);

    let file = first.header("location").to_owned();
    let answer = csd.get(&file).open().await.expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "image/png");
    assert_eq!(header("content-disposition"), format!("attachment; filename=\"evidence-{key}.png\""));
    assert_eq!(
        (header("x-content-type-options"), header("cache-control")),
        ("nosniff".into(), "private, no-cache".into())
    );
    let tag = header("etag");
    assert_eq!(answer.bytes().await.expect("bytes"), PNG);
    csd.get(&file).header("if-none-match", tag).await.expect(304);
    officer.get(&file).await.expect(200);
    let log = officer.walk(&student.to("accesses"), 50).await;
    let line = |line: &Value| json!([line["staff"], line["operation"], line["categories"], line["basis"]]);
    let read = json!([officer.id, "show_attachment", ["support_plan"], "privacy_review"]);
    assert!(log.iter().map(line).any(|line| line == read), "{log:#?}");
    school.staff("principal").await.get(&file).await.expect(200);
    for stranger in [&worker, &school.stranger().await, &school.another().await.csd().await] {
        stranger.get(&file).await.refused(404, "not-found");
    }

    // The partner knows of the student from here on, and of the consent; not of the form.
    let draft = json!({"partner": partner, "purpose": "mentoring", "reason": "Lunch", "shares": ["directory"]});
    let referral = csd.create(student.to("referrals"), draft).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    worker.see(student.to("case")).await;
    worker.get(&file).await.refused(403, "forbidden");
}

#[tokio::test]
async fn what_only_looks_like_a_scan_is_refused() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let page = b"<html><script>alert(1)</script></html>";
    for kind in ["application/pdf", "image/png", "image/jpeg"] {
        attach(&csd, student, "team", kind, page).await.refused(409, "attachment-of-another-kind");
    }
    attach(&csd, student, "team", "image/jpeg", PNG).await.refused(409, "attachment-of-another-kind");
    attach(&csd, student, "team", "image/svg+xml", b"<svg/>").await.refused(415, "unsupported-media-type");
    attach(&csd, student, "team", "image/png", b"").await.refused(409, "attachment-empty");
    let archive = [PNG, b"PK\x03\x04 and PK\x05\x06"].concat();
    attach(&csd, student, "team", "image/png", &archive).await.refused(409, "attachment-hides-something");
    let large = vec![0_u8; 5 * 1024 * 1024 + 1];
    attach(&csd, student, "team", "image/png", &large).await.refused(413, "too-large");
    attach(&csd, student, "everybody", "image/png", PNG).await.refused(400, "invalid-parameter");
    attach(&mentor, student, "team", "image/png", PNG).await.refused(403, "forbidden");
    attach(&school.stranger().await, student, "team", "image/png", PNG).await.refused(404, "not-found");
}

#[tokio::test]
async fn what_is_evidence_in_the_compartment_stays_in_it() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let officer = school.district_staff("privacy_officer").await;
    let (partner, _) = school.partner().await;
    let student = csd.open_case(&school).await;
    attach(&csd, student, "mental_health", "image/png", PNG).await.refused(403, "forbidden");
    let hidden = attached(&manager, student, "mental_health").await;
    let open = attached(&manager, student, "team").await;
    let address = student.to("consents");
    manager.post(&address, consent(partner, &open, "mental_health")).await.refused(409, "no-such-evidence");
    manager.create(&address, consent(partner, &hidden, "mental_health")).await;
    let file = student.to(&format!("attachments/{}", hidden["attachment"].as_str().expect("an id")));
    csd.get(&file).await.refused(404, "not-found");
    officer.get(&file).await.refused(404, "not-found");
    manager.get(&file).await.expect(200);
    let log = officer.walk(&student.to("accesses"), 5).await;
    assert_eq!((&log[0]["operation"], &log[0]["compartment"]), (&json!("show_attachment"), &json!(true)), "{log:#?}");
}

/// Where an attachment is read.
fn place(student: Student, attachment: &Value) -> String {
    student.to(&format!("attachments/{}", attachment["attachment"].as_str().expect("an id")))
}

#[tokio::test]
async fn a_damaged_attachment_is_named_by_verify_and_not_given_out() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let (student, other) = (csd.open_case(&school).await, csd.open_case(&school).await);
    let (damaged, whole) = (attached(&csd, student, "team").await, attached(&csd, other, "team").await);
    let verify = || said(command().arg("verify").env("DATABASE_URL", &district.url));
    assert!(verify().0);

    let clear = Clear::open(&district.url).await.expect("a connection");
    let flip = "UPDATE attachment_parts SET bytes = set_byte(bytes, 20, get_byte(bytes, 20) # 1) WHERE student = ";
    clear.tell(&format!("{flip}'{}'", student.0)).await.expect("a damage");
    let (good, told) = verify();
    let id = damaged["attachment"].as_str().expect("an id");
    assert!(!good && told.contains("1 thing is not as it should be"), "{told}");
    assert!(told.lines().any(|line| line.contains(&student.0.to_string()) && line.contains(id)), "{told}");
    csd.get(place(student, &damaged)).await.refused(503, "unavailable");
    csd.get(place(other, &whole)).await.expect(200);
}

#[tokio::test]
async fn what_no_consent_names_within_a_day_is_let_go_of() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let (partner, _) = school.partner().await;
    let student = csd.open_case(&school).await;
    let (named, unused) = (attached(&csd, student, "team").await, attached(&csd, student, "team").await);
    csd.create(student.to("consents"), consent(partner, &named, "team")).await;
    // A day passes, as far as the database knows.
    let clear = Clear::open(&district.url).await.expect("a connection");
    clear.tell("UPDATE attachments SET touched_at = touched_at - interval '25 hours'").await.expect("a day");
    let young = attached(&csd, student, "team").await;
    // A server looks when it starts, and then by the hour.
    let _second = Server::on(&district.url).expect("a server");
    until("the end of what nothing names", async || {
        (csd.get(place(student, &unused)).await.status == 404).then_some(())
    })
    .await;
    for kept in [&named, &young] {
        csd.get(place(student, kept)).await.expect(200);
    }
    let parts = "DO $$ BEGIN ASSERT (SELECT count(DISTINCT attachment) FROM attachment_parts) = 2; END $$";
    clear.tell(parts).await.expect("its bytes are gone, too");
}
