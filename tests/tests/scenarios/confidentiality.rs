//! Nothing opens to who has not signed the confidentiality agreement within a year.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, School, ago, ahead, today};

const OWN: &str = "/v1/me/confidentiality-agreement";

async fn put(person: &Person, path: &str, body: Value) -> Answer {
    person.call(Method::PUT, path).json(body).await
}

fn of(person: &Person) -> String {
    format!("/v1/staff/{}/confidentiality-agreement", person.id)
}

#[tokio::test]
async fn a_newcomer_signs_and_everything_opens_with_the_next_request() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let mentor = school.mentor().await;
    csd.assign(&mentor, student).await;
    school.never_signed(&mentor).await;
    for place in [student.to("case"), "/v1/caseload".into(), "/v1/schools".into(), "/v1/nowhere".into()] {
        let refused = mentor.get(place).await.refused(403, "no-confidentiality-agreement");
        assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.contains(OWN)), "{:#}", refused.body);
    }
    mentor.post(student.to("notes"), json!({"text": "x"})).await.refused(403, "no-confidentiality-agreement");
    let me = mentor.see("/v1/me").await;
    assert_eq!((&me["agreement"], &me["id"]), (&json!({"state": "unsigned"}), &json!(mentor.id)));
    put(&mentor, OWN, json!({"text_version": "2026-27", "signed_on": ago(3)})).await.refused(400, "invalid-body");
    put(&mentor, OWN, json!({"text_version": "<b>"})).await.refused(400, "invalid-body");
    let signed = put(&mentor, OWN, json!({"text_version": "2026-27"})).await.expect(201);
    assert_eq!(signed.header("location"), OWN);
    put(&mentor, OWN, json!({"text_version": "2026-27"})).await.expect(204);
    let shown = mentor.see(OWN).await;
    assert_eq!(shown["state"], "in_force");
    let today = json!(today());
    let Value::Object(signed) = &shown["signed"] else { panic!("{shown:#}") };
    assert_eq!((&signed["signed_on"], &signed["recorded_by"]), (&today, &json!(mentor.id)));
    mentor.see(student.to("case")).await;
}

#[tokio::test]
async fn it_lapses_a_year_after_it_was_signed() {
    let school = School::found().await;
    let mentor = school.mentor().await;
    school.signed(&mentor, 364).await;
    assert_eq!(mentor.see(OWN).await["state"], "in_force");
    mentor.see("/v1/caseload").await;
    school.signed(&mentor, 366).await;
    let refused = mentor.get("/v1/caseload").await.refused(403, "no-confidentiality-agreement");
    assert!(refused.body["detail"].as_str().is_some_and(|detail| detail.starts_with("It lapsed on ")));
    let me = mentor.see("/v1/me").await;
    assert_eq!(me["agreement"]["state"], "lapsed");
    assert_eq!(me["agreement"]["signed"]["signed_on"], json!(ago(366)));
    // A signature of the past that is still in force counts; what was before stays recorded, and counts no more.
    put(&school.csd().await, &of(&mentor), json!({"text_version": "1", "signed_on": ago(10)})).await.expect(201);
    mentor.see("/v1/caseload").await;
}

#[tokio::test]
async fn what_was_signed_on_paper_is_recorded_by_who_leads_the_school_or_the_privacy_officer() {
    let school = School::found().await;
    let (csd, principal, teacher) =
        (school.csd().await, school.staff("principal").await, school.staff("school_staff").await);
    let officer = school.district_staff("privacy_officer").await;
    let (_, partners) = school.partner().await;
    let body = |days| json!({"text_version": "2026-27", "signed_on": ago(days)});
    for (n, recorder) in [(1, &csd), (2, &principal), (3, &officer)] {
        let mentor = school.mentor().await;
        school.never_signed(&mentor).await;
        put(recorder, &of(&mentor), body(n)).await.expect(201);
        put(recorder, &of(&mentor), body(n)).await.expect(204);
        let shown = recorder.see(of(&mentor)).await;
        assert_eq!(shown["signed"]["recorded_by"], json!(recorder.id));
        mentor.see("/v1/caseload").await;
        put(recorder, &of(recorder), body(n)).await.refused(403, "forbidden");
        let future = json!({"text_version": "2026-27", "signed_on": ahead(2)});
        put(recorder, &of(&mentor), future).await.refused(409, "signed-in-future");
    }
    let mentor = school.mentor().await;
    put(&teacher, &of(&mentor), body(1)).await.refused(403, "forbidden");
    teacher.get(of(&mentor)).await.refused(403, "forbidden");
    mentor.see(of(&mentor)).await;
    let elsewhere = school.another().await.csd().await;
    put(&elsewhere, &of(&mentor), body(1)).await.refused(404, "not-found");
    put(&csd, &of(&partners), body(1)).await.refused(403, "forbidden");
    put(&officer, &of(&partners), body(1)).await.expect(201);
    put(&csd, "/v1/staff/0192a000-0000-7000-8000-00000000dead/confidentiality-agreement", body(1))
        .await
        .refused(404, "not-found");
}

#[tokio::test]
async fn the_schools_list_says_how_it_stands_to_who_records_it() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let late = school.mentor().await;
    school.signed(&late, 400).await;
    let list = format!("/v1/schools/{}/staff", school.id);
    let state = |list: &Value, of: &Person| {
        let items = list["items"].as_array().expect("a list").clone();
        items.into_iter().find(|item| item["id"] == json!(of.id)).expect("a colleague")["agreement"].clone()
    };
    let seen = csd.see(&list).await;
    assert_eq!((state(&seen, &late), state(&seen, &mentor)), (json!("lapsed"), json!("in_force")));
    assert_eq!(csd.see(format!("/v1/staff/{}", late.id)).await["agreement"], "lapsed");
    let seen = school.district_staff("privacy_officer").await.see(&list).await;
    assert_eq!(state(&seen, &late), json!("lapsed"));
    let seen = mentor.see(&list).await;
    assert_eq!((state(&seen, &late), state(&seen, &mentor)), (Value::Null, json!("in_force")));
    assert_eq!(mentor.see(format!("/v1/staff/{}", late.id)).await["agreement"], Value::Null);
}

#[tokio::test]
async fn a_service_has_nothing_to_sign() {
    let school = School::found().await;
    let service = school.district_staff("service").await;
    school.never_signed(&service).await;
    assert_eq!(service.see(OWN).await, json!({"state": "not_needed"}));
    service.see("/v1/schools").await;
    school.give(&service, "principal").await;
    service.get("/v1/schools").await.refused(403, "no-confidentiality-agreement");
}
