//! Who was shown what is written down before the answer leaves, and can be told to a parent; who may see what, and why.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};
use uuid::Uuid;

/// A referral that shares names, with the consent for it; returns both.
async fn refer(csd: &Person, student: Student, partner: Uuid) -> (Uuid, Uuid) {
    let consent = json!({
        "partner": partner, "purpose": "mentoring", "scope": ["directory"], "signatory": "Maria Lopez",
        "relation": "parent", "signed_on": ago(3), "expires_on": ahead(90)
    });
    let consent = csd.create(student.to("consents"), consent).await;
    let draft = json!({"partner": partner, "purpose": "mentoring", "reason": "Lunch", "shares": ["directory"]});
    let referral = csd.create(student.to("referrals"), draft).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    (consent, referral)
}

fn operations(log: &[Value]) -> Vec<&str> {
    log.iter().map(|line| line["operation"].as_str().expect("an operation")).collect()
}

#[tokio::test]
async fn what_a_partner_is_shown_is_in_the_register_with_its_interest_agreement_and_consent() {
    let school = School::found().await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let service = school.district_staff("service").await;
    let (partner, worker) = school.partner().await;
    let student = Student(Uuid::now_v7());
    let record = json!({"given_name": "Ada", "family_name": "<Okonkwo>"});
    service.call(Method::PUT, format!("/v1/students/{}", student.0)).json(record).await.expect(201);
    let case = json!({"school": school.id, "reason": "Absent 14 of 60 days", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(case).await.expect(201);
    let (consent, referral) = refer(&csd, student, partner).await;
    csd.see(student.to("plan")).await;
    let register = student.to("disclosures");
    assert_eq!(officer.walk(&register, 2).await, [] as [Value; 0], "the school's own staff is no party outside");

    for path in ["plan", "case", "timeline", "entries"] {
        worker.see(student.to(path)).await;
    }
    worker.see(student.entry(referral)).await;
    worker.see(format!("/v1/students/{}", student.0)).await;
    for list in ["/v1/caseload", "/v1/referrals"] {
        worker.walk(list, 5).await;
    }
    worker.get(student.entry(Uuid::now_v7())).await.refused(404, "not-found");
    let told = officer.walk(&register, 3).await;
    let read = [
        "list_referrals",
        "list_caseload",
        "show_student",
        "show_entry",
        "list_entries",
        "list_timeline",
        "show_case",
        "show_support_plan",
    ];
    assert_eq!(operations(&told), read);
    for line in &told {
        assert_eq!((&line["partner"], &line["staff"]), (&json!(partner), &json!(worker.id)));
        assert_eq!((&line["purposes"], &line["consent"]), (&json!(["mentoring"]), &json!(consent)));
        assert!(line["agreement"].is_string() && line["basis"] == "partner_referral", "{line:#}");
        assert_ne!(line["categories"], json!([]), "{line:#}");
    }
    assert_eq!(told[2]["categories"], json!(["directory"]));

    let table = officer.get(&register).header("Accept", "text/csv").await.expect(200);
    assert!(table.header("content-type").starts_with("text/csv"));
    assert_eq!(table.body.as_str().expect("text").lines().count(), 1 + read.len(), "{}", table.body);
    let page = officer.get(&register).header("Accept", "text/html").await.expect(200);
    let text = page.body.as_str().expect("text");
    assert!(text.contains("Ada &lt;Okonkwo&gt;") && text.contains("mentoring"), "{text}");

    for (person, status, problem) in [(&csd, 403, "forbidden"), (&worker, 403, "forbidden")] {
        person.get(&register).await.refused(status, problem);
        person.get(student.to("accesses")).await.refused(status, problem);
    }
    school.another().await.csd().await.get(&register).await.refused(404, "not-found");
}

#[tokio::test]
async fn what_is_read_in_the_compartment_is_written_down_for_the_schools_own_staff_too() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let officer = school.district_staff("privacy_officer").await;
    let student = csd.open_case(&school).await;
    manager.see(student.to("plan")).await;
    assert_eq!(officer.walk(&student.to("accesses"), 5).await, [] as [Value; 0], "nothing is in the compartment yet");
    let need = json!({"category": "mental_health", "description": "Grief", "visibility": "mental_health"});
    let need = manager.create(student.to("needs"), need).await;
    csd.see(student.to("plan")).await;
    manager.see(student.to("plan")).await;
    manager.see(student.entry(need)).await;
    manager.see(student.to("timeline")).await;
    let log = officer.walk(&student.to("accesses"), 2).await;
    assert_eq!(operations(&log), ["list_timeline", "show_entry", "show_support_plan"]);
    assert!(log.iter().all(|line| line["compartment"] == true && line["staff"] == json!(manager.id)), "{log:#?}");
    assert_eq!(officer.walk(&student.to("disclosures"), 5).await, [] as [Value; 0]);
}

#[tokio::test]
async fn it_is_told_who_may_see_a_case_and_why() {
    let school = School::found().await;
    let (csd, mentor, teacher) = (school.csd().await, school.mentor().await, school.staff("school_staff").await);
    let (officer, other) = (school.district_staff("privacy_officer").await, school.mentor().await);
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let (consent, _) = refer(&csd, student, partner).await;
    let why = |person: &Person| student.to(&format!("access/why?principal={}", person.id));

    let told = csd.see(why(&mentor)).await;
    assert_eq!((&told["may_read"], &told["roles"][0]["ground"]), (&json!(true), &json!("mentor_of")));
    assert_eq!(told["roles"][0]["policies"], json!(["mentors support their mentees"]));
    assert_eq!(told["roles"][0]["acts"], json!(["read", "log_support"]));
    let told = officer.see(why(&worker)).await;
    assert_eq!(told["roles"][0]["consent"], json!(consent), "{told:#}");
    assert_eq!(told["roles"][0]["categories"], json!(["directory"]));
    let told = csd.see(why(&other)).await;
    assert_eq!(told["may_read"], false);
    assert_eq!(told["roles"][0]["missing"], "no open assignment as the student's mentor");
    school.never_signed(&teacher).await;
    let told = officer.see(why(&teacher)).await;
    assert_eq!((&told["may_read"], &told["agreement_in_force"]), (&json!(false), &json!(false)));

    mentor.see(why(&mentor)).await;
    mentor.get(why(&csd)).await.refused(403, "forbidden");
    other.get(why(&csd)).await.refused(404, "not-found");
    csd.get(format!("{}&on={}", why(&mentor), ahead(1))).await.refused(400, "invalid-parameter");

    let who = async |on: &str| {
        let told = officer.see(student.to(&format!("access/who?on={on}"))).await;
        let people = told["people"].as_array().expect("people").iter();
        people.map(|person| person["staff"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let mut expected: Vec<_> = [&csd, &mentor, &worker].map(|person| person.id.to_string()).to_vec();
    expected.sort();
    let mut seen = who(&today().to_string()).await;
    seen.sort();
    assert_eq!(seen, expected);
    csd.act(student.to(&format!("consents/{consent}/withdrawal")), json!({"by": "Maria Lopez"})).await;
    assert!(!who(&today().to_string()).await.contains(&worker.id.to_string()));
    officer.get(student.to(&format!("access/who?on={}", ago(2)))).await.refused(404, "not-found");
    mentor.get(student.to("access/who")).await.refused(403, "forbidden");
}
