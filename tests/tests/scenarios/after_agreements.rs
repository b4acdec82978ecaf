//! To whom a partner may disclose further is in the register; and once an agreement has ended its partner has to certify
//! that it holds nothing any more.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Clear, Person, School, Student, ago, ahead};
use uuid::Uuid;

/// A student whom the partner has seen under an agreement of its own, which is returned, too.
async fn seen_by(school: &School<'_>, officer: &Person, partner: Uuid, worker: &Person) -> (Student, String) {
    let csd = school.csd().await;
    let student = csd.open_case(school).await;
    let agreement = format!("/v1/partners/{partner}/agreements/{}", Uuid::now_v7());
    let terms = json!({
        "categories": ["directory"], "purposes": ["mentoring"], "schools": [school.id], "starts_on": ago(200),
        "ends_on": ahead(5), "signatories": [{"name": "Ana Ruiz", "signs_for": "partner"}]
    });
    officer.call(Method::PUT, &agreement).json(terms).await.expect(201);
    let consent = json!({
        "partner": partner, "purpose": "mentoring", "scope": ["directory"], "signatory": "Maria Lopez",
        "relation": "parent", "signed_on": ago(3)
    });
    csd.create(student.to("consents"), consent).await;
    let draft = json!({"partner": partner, "purpose": "mentoring", "reason": "Lunch", "shares": ["directory"]});
    let referral = csd.create(student.to("referrals"), draft).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    worker.see(student.entry(referral)).await;
    (student, agreement)
}

#[tokio::test]
async fn the_register_names_the_parties_to_whom_a_partner_may_disclose_further() {
    let school = School::found().await;
    let officer = school.district_staff("privacy_officer").await;
    let (partner, worker) = school.partner_without_agreement().await;
    let (student, agreement) = seen_by(&school, &officer, partner, &worker).await;
    let party = |name: &str, since, until| json!({"name": name, "interest": "keeps the case files", "since": since, "until": until});
    let host = format!("{agreement}/onward-parties/{}", Uuid::now_v7());
    let named = json!({"name": "Harbour <Hosting>", "interest": "keeps the case files", "since": ago(30)});
    officer.call(Method::PUT, &host).json(named.clone()).await.expect(201);
    officer.call(Method::PUT, &host).json(named.clone()).await.expect(204);
    let another = party("Another", ago(30), ahead(30));
    officer.call(Method::PUT, &host).json(another).await.refused(409, "idempotency-key-reused");
    let former = format!("{agreement}/onward-parties/{}", Uuid::now_v7());
    officer.call(Method::PUT, &former).json(party("Formerly Ltd", ago(90), ago(60))).await.expect(201);
    let backwards = party("Backwards", ago(1), ago(2));
    let third = format!("{agreement}/onward-parties/{}", Uuid::now_v7());
    officer.call(Method::PUT, third).json(backwards).await.refused(409, "onward-ends-before-it-starts");
    worker.call(Method::PUT, &former).json(named).await.refused(403, "forbidden");
    assert_eq!(worker.see(&agreement).await["onward"].as_array().map(Vec::len), Some(2));

    let register = student.to("disclosures");
    let told = officer.walk(&register, 5).await;
    assert_eq!(told[0]["onward"], json!([{"name": "Harbour <Hosting>", "interest": "keeps the case files"}]));
    let table = officer.get(&register).header("accept", "text/csv").await.expect(200);
    assert!(
        table.body.as_str().expect("a table").contains("Harbour <Hosting>: keeps the case files"),
        "{}",
        table.body
    );
    let page = officer.get(&register).header("accept", "text/html").await.expect(200);
    assert!(page.body.as_str().expect("a page").contains("Harbour &lt;Hosting&gt;"), "{}", page.body);
}

#[tokio::test]
async fn a_partner_certifies_after_the_end_that_it_holds_nothing_any_more() {
    let school = School::found().await;
    let officer = school.district_staff("privacy_officer").await;
    let clear = Clear::open(&school.district().url).await.expect("a connection");
    let (partner, worker) = school.partner_without_agreement().await;
    let (student, agreement) = seen_by(&school, &officer, partner, &worker).await;
    let students = officer.walk(&format!("{agreement}/students"), 5).await;
    assert_eq!((students.len(), &students[0]["student"]), (1, &json!(student.0)));
    worker.get(format!("{agreement}/students")).await.refused(403, "forbidden");

    let certificate = json!({"destroyed_on": ago(1), "certified_by": "Ana Ruiz", "method": "overwritten"});
    let certify = format!("{agreement}/destruction");
    officer.post(&certify, certificate.clone()).await.refused(409, "still-in-force");
    let id = agreement.rsplit('/').next().expect("an id").to_owned();
    clear
        .tell(&format!("UPDATE sharing_agreements SET ends_on = current_date - 100 WHERE id = '{id}'"))
        .await
        .expect("told");
    let mine = async |state: &str| {
        let all = officer.walk(&format!("/v1/destructions?state={state}"), 100).await;
        all.into_iter().find(|line| line["agreement"] == json!(id))
    };
    let overdue = mine("overdue").await.expect("a line");
    assert_eq!((&overdue["students"], &overdue["state"]), (&json!(1), &json!("overdue")), "{overdue:#}");
    let tomorrow = json!({"destroyed_on": ahead(2), "certified_by": "Ana Ruiz", "method": "overwritten"});
    officer.post(&certify, tomorrow).await.refused(409, "destruction-in-future");
    officer.act(&certify, certificate.clone()).await;
    officer.act(&certify, certificate.clone()).await;
    let otherwise = json!({"destroyed_on": ago(2), "certified_by": "Ana Ruiz", "method": "returned"});
    officer.post(&certify, otherwise).await.refused(409, "certified-otherwise");
    assert_eq!(mine("overdue").await, None);
    let certified = mine("certified").await.expect("a line");
    assert_eq!((&certified["certificate"], &certified["recorded_by"]), (&certificate, &json!(officer.id)));
    worker.get("/v1/destructions").await.refused(403, "forbidden");
}
