//! Agreements with partners: what a partner sees is what an agreement and the family's consent both cover, at once.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead};
use uuid::Uuid;

/// An agreement about a school's students, for coats.
fn terms(school: &School<'_>) -> Value {
    json!({
        "categories": ["directory", "support_plan"], "purposes": ["basic_needs"], "schools": [school.id],
        "starts_on": ago(30), "ends_on": ahead(30),
        "signatories": [{"name": "Ana Ruiz", "signs_for": "partner"}, {"name": "Mei Cho", "signs_for": "district"}]
    })
}

fn with(terms: &Value, name: &str, value: Value) -> Value {
    let mut terms = terms.clone();
    terms[name] = value;
    terms
}

fn at(partner: Uuid, agreement: Uuid) -> String {
    format!("/v1/partners/{partner}/agreements/{agreement}")
}

/// A referral that shares names and the support plan, with the consent for it; returns the consent.
async fn refer(csd: &Person, student: Student, partner: Uuid) -> Uuid {
    let shares = json!(["directory", "support_plan"]);
    let consent = json!({
        "partner": partner, "purpose": "basic_needs", "scope": shares, "signatory": "Maria Lopez",
        "relation": "parent", "signed_on": ago(3), "expires_on": ahead(90)
    });
    let consent = csd.create(student.to("consents"), consent).await;
    let draft = json!({"partner": partner, "purpose": "basic_needs", "reason": "A winter coat", "shares": shares});
    let referral = csd.create(student.to("referrals"), draft).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    consent
}

async fn sign(officer: &Person, partner: Uuid, terms: Value) -> Uuid {
    let agreement = Uuid::now_v7();
    officer.call(Method::PUT, at(partner, agreement)).json(terms).await.expect(201);
    agreement
}

#[tokio::test]
async fn a_partner_lists_what_the_school_does_for_a_student_as_far_as_that_is_shared() {
    let school = School::found().await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let (partner, worker) = school.partner_without_agreement().await;
    let student = csd.open_case(&school).await;
    let intervention = json!({
        "kind": "check_and_connect", "what": "Check in", "tier": 2, "delivery": "individual",
        "dosage": {"sessions_per_week": 3, "minutes": 15}
    });
    let planned = csd.create(student.to("interventions"), intervention.clone()).await;
    csd.create(student.to("interventions"), with(&intervention, "visibility", json!("school"))).await;
    refer(&csd, student, partner).await;
    assert_eq!(worker.walk("/v1/interventions", 5).await, [] as [Value; 0]);

    sign(&officer, partner, terms(&school)).await;
    let listed = worker.walk("/v1/interventions", 5).await;
    assert_eq!(listed.iter().map(|one| one["entry"].clone()).collect::<Vec<_>>(), [json!(planned)]);
    let elsewhere = format!("/v1/interventions?school={}", school.another().await.id);
    assert_eq!(worker.walk(&elsewhere, 5).await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_partner_sees_a_student_while_an_agreement_is_in_force_and_not_a_request_longer() {
    let school = School::found().await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let (partner, worker) = school.partner_without_agreement().await;
    let student = csd.open_case(&school).await;
    refer(&csd, student, partner).await;
    let shut = async || {
        for path in ["case", "plan", "timeline", "entries"] {
            worker.get(student.to(path)).await.refused(404, "not-found");
        }
        assert_eq!(worker.walk("/v1/referrals", 5).await, [] as [Value; 0]);
        assert_eq!(worker.walk("/v1/caseload", 5).await, [] as [Value; 0]);
    };
    shut().await;
    for (name, value) in [
        ("ends_on", json!(ago(1))),
        ("starts_on", json!(ahead(1))),
        ("purposes", json!(["mental_health"])),
        ("schools", json!([school.another().await.id])),
    ] {
        sign(&officer, partner, with(&terms(&school), name, value)).await;
    }
    shut().await;

    let agreement = sign(&officer, partner, terms(&school)).await;
    let seen = worker.get(student.to("plan")).await.expect(200);
    let tag = seen.header("etag").to_owned();
    worker.get(student.to("plan")).header("If-None-Match", &tag).await.expect(304);
    assert_eq!(worker.walk("/v1/referrals", 5).await.len(), 1);
    let step = |name: &str| format!("{}/{name}", at(partner, agreement));
    officer.act(step("suspension"), json!({"reason": "A breach is looked into"})).await;
    worker.get(student.to("plan")).header("If-None-Match", &tag).await.refused(404, "not-found");
    shut().await;
    let referral = csd.see("/v1/referrals").await["items"][0]["entry"].clone();
    let acceptance = student.to(&format!("referrals/{}/acceptance", referral.as_str().expect("an id")));
    worker.post(&acceptance, json!({})).await.refused(404, "not-found");
    officer.act(step("reinstatement"), json!({"reason": "Nothing was found"})).await;
    worker.act(&acceptance, json!({})).await;

    let told = officer.see(at(partner, agreement)).await;
    let changes: Vec<_> = told["history"].as_array().expect("steps").iter().map(|step| &step["change"]).collect();
    assert_eq!(changes, ["signed", "suspended", "reinstated"], "{told:#}");
    assert_eq!(told["state"], "in_force");
}

#[tokio::test]
async fn consent_that_is_withdrawn_shuts_the_partner_out_with_the_next_request() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    let consent = refer(&csd, student, partner).await;
    worker.get(student.to("plan")).await.expect(200);
    csd.act(student.to(&format!("consents/{consent}/withdrawal")), json!({"by": "Maria Lopez"})).await;
    worker.get(student.to("plan")).await.refused(404, "not-found");
    assert_eq!(worker.walk("/v1/caseload", 5).await, [] as [Value; 0]);
    refer(&csd, student, partner).await;
    worker.get(student.to("plan")).await.expect(200);
    let refusal = json!({"partner": partner, "purpose": "basic_needs", "signatory": "Maria Lopez", "relation": "parent",
                         "on": ago(0)});
    csd.create(student.to("consent-refusals"), refusal).await;
    worker.get(student.to("plan")).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_partner_sees_the_kinds_of_data_that_are_agreed_on_and_consented_to() {
    let school = School::found().await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let service = school.district_staff("service").await;
    let (partner, worker) = school.partner_without_agreement().await;
    let student = Student(Uuid::now_v7());
    let record = json!({"given_name": "Ada", "family_name": "Okonkwo"});
    service.call(Method::PUT, format!("/v1/students/{}", student.0)).json(record).await.expect(201);
    let case = json!({"school": school.id, "reason": "Absent 14 of 60 days", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(case).await.expect(201);
    let need = json!({"category": "basic_needs", "description": "Has no coat"});
    let need = csd.create(student.to("needs"), need).await;
    let hidden = json!({"category": "basic_needs", "description": "Sleeps badly", "visibility": "school"});
    csd.create(student.to("needs"), hidden).await;
    let note = csd.create(student.to("notes"), json!({"text": "For the team"})).await;
    refer(&csd, student, partner).await;

    let narrow = sign(&officer, partner, with(&terms(&school), "categories", json!(["attendance"]))).await;
    let plan = worker.see(student.to("plan")).await;
    assert_eq!((plan["needs"].clone(), plan["contacts"].is_null()), (json!([]), true));
    worker.get(format!("/v1/students/{}", student.0)).await.refused(404, "not-found");
    let line = worker.see("/v1/caseload").await["items"][0].clone();
    assert!(line["name"].is_null() && line["open_follow_ups"].is_null() && line["plan_status"].is_null(), "{line:#}");

    sign(&officer, partner, terms(&school)).await;
    officer.act(format!("{}/suspension", at(partner, narrow)), json!({"reason": "Superseded"})).await;
    let plan = worker.see(student.to("plan")).await;
    assert_eq!(plan["needs"].as_array().map(Vec::len), Some(1), "{:#}", plan["needs"]);
    assert_eq!(plan["needs"][0]["entry"], json!(need));
    worker.get(student.entry(note)).await.refused(404, "not-found");
    assert_eq!(worker.see(format!("/v1/students/{}", student.0)).await["family_name"], "Okonkwo");
    assert_eq!(worker.see("/v1/caseload").await["items"][0]["name"], "Ada Okonkwo");
}

#[tokio::test]
async fn the_privacy_officer_keeps_agreements_and_their_terms_stay_as_they_were_signed() {
    let school = School::found().await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let (partner, worker) = school.partner_without_agreement().await;
    let agreement = Uuid::now_v7();
    let put = |by: &Person, terms: Value| by.call(Method::PUT, at(partner, agreement)).json(terms);
    let terms = terms(&school);
    for other in [&csd, &worker] {
        put(other, terms.clone()).await.refused(403, "forbidden");
    }
    let nowhere = with(&terms, "schools", json!([Uuid::now_v7()]));
    put(&officer, nowhere).await.refused(409, "names-nobody");
    put(&officer, with(&terms, "students", json!([Uuid::now_v7()]))).await.refused(409, "about-schools-or-students");
    put(&officer, with(&terms, "ends_on", json!(ago(31)))).await.refused(409, "ends-before-it-starts");
    put(&officer, with(&terms, "categories", json!(["secrets"]))).await.refused(400, "invalid-body");
    officer
        .call(Method::PUT, at(Uuid::now_v7(), Uuid::now_v7()))
        .json(terms.clone())
        .await
        .refused(404, "no-such-partner");

    put(&officer, terms.clone()).await.expect(201);
    put(&officer, terms.clone()).await.expect(204);
    put(&officer, with(&terms, "categories", json!(["health"]))).await.refused(409, "idempotency-key-reused");
    let renew = |day: Value| officer.post(format!("{}/renewal", at(partner, agreement)), json!({"ends_on": day}));
    renew(json!(ahead(3))).await.refused(409, "ends-earlier");
    renew(json!(ahead(400))).await.expect(204);
    renew(json!(ahead(400))).await.expect(204);
    put(&officer, terms.clone()).await.expect(204);
    for reader in [&csd, &worker, &officer] {
        let told = reader.see(at(partner, agreement)).await;
        assert_eq!(told["terms"]["ends_on"], json!(ahead(400)));
        assert_eq!(told["history"].as_array().map(Vec::len), Some(2), "{told:#}");
    }
    let (_, stranger) = school.partner_without_agreement().await;
    stranger.get(at(partner, agreement)).await.refused(403, "forbidden");

    for _ in 0..3 {
        sign(&officer, partner, terms.clone()).await;
    }
    assert_eq!(csd.walk(&format!("/v1/partners/{partner}/agreements"), 3).await.len(), 4);
    csd.get(at(partner, Uuid::now_v7())).await.refused(404, "not-found");
}
