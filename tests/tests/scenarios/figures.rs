//! Figures count what was written, at once for who insists, and tell nobody what they may not read.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, School, Student, ago, ahead, today};

/// The numbers of one kind of figure, by status.
fn numbers(figures: &Value, kind: &str) -> Value {
    let mut numbers = serde_json::Map::new();
    for figure in figures[kind].as_array().expect("figures") {
        let status = figure["status"].as_str().expect("a status");
        let number = figure["number"].as_u64().unwrap_or_default();
        let sum = numbers.get(status).and_then(Value::as_u64).unwrap_or_default() + number;
        numbers.insert(status.to_owned(), json!(sum));
    }
    numbers.into()
}

async fn contact(person: &Person, student: Student, visibility: &str) -> Answer {
    let contact = json!({"on": today(), "outcome": "made", "medium": "phone", "minutes": 7, "visibility": visibility});
    person.post(student.to("contacts"), contact).await.expect(201)
}

/// The figures, counting at least what `answer` is the answer to.
async fn figures(person: &Person, school: &School<'_>, answer: &Answer) -> Value {
    let token = answer.header("consistency-token").to_owned();
    let path = format!("/v1/schools/{}/figures?weeks=2", school.id);
    person.get(path).header("consistency-token", &token).await.expect(200).body
}

#[tokio::test]
async fn who_insists_sees_what_was_just_written_counted_and_what_was_taken_back_not() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (ada, ben) = (csd.open_case(&school).await, csd.open_case(&school).await);
    let overdue = json!({"what": "Call", "due": {"on": today()}, "owner": csd.id});
    csd.create(ada.to("follow-ups"), overdue).await;
    let later = json!({"what": "Call", "due": {"on": ahead(3)}, "owner": csd.id});
    csd.create(ben.to("follow-ups"), later).await;
    let written = contact(&csd, ada, "team").await;
    let shown = figures(&csd, &school, &written).await;
    assert_eq!(numbers(&shown, "cases"), json!({"open": 2}));
    assert_eq!(numbers(&shown, "contacts"), json!({"made": 1}));
    assert_eq!(shown["contacts"][0]["minutes"], 7);
    assert_eq!(numbers(&shown, "open_follow_ups"), json!({"open": 2}));
    let due: Vec<_> = shown["open_follow_ups"].as_array().expect("figures").iter().map(|f| f["due"].clone()).collect();
    assert_eq!(due, ["today", "later"]);
    assert!(shown["counted"]["position"].as_u64() > Some(0) && shown["counted"]["recorded_at"].is_string());

    let metrics = csd.get("/metrics").await.expect(200).body;
    let lag = r#"throughline_reader_lag_events{reader="figures"}"#;
    assert!(metrics.as_str().is_some_and(|metrics| metrics.contains(lag)), "{metrics}");

    let retraction = ada.to(&format!("entries/{}/retraction", written.entry()));
    let retracted = csd.act(retraction, json!({"reason": "Entered twice"})).await;
    assert_eq!(numbers(&figures(&csd, &school, &retracted).await, "contacts"), json!({}));
}

#[tokio::test]
async fn the_mental_health_compartment_is_counted_for_its_managers_only() {
    let school = School::found().await;
    let (csd, manager, principal) = (school.csd().await, school.manager().await, school.staff("principal").await);
    let student = csd.open_case(&school).await;
    contact(&manager, student, "team").await;
    let written = contact(&manager, student, "mental_health").await;
    assert_eq!(numbers(&figures(&manager, &school, &written).await, "contacts"), json!({"made": 2}));
    for person in [&csd, &principal] {
        assert_eq!(numbers(&figures(person, &school, &written).await, "contacts"), json!({"made": 1}));
        let activity = person.see(format!("/v1/staff/{}/activity", manager.id)).await;
        assert_eq!(numbers(&activity, "contacts"), json!({"made": 1}));
    }
    let own = manager.see(format!("/v1/staff/{}/activity", manager.id)).await;
    assert_eq!(numbers(&own, "contacts"), json!({"made": 2}));
}

#[tokio::test]
async fn figures_are_for_who_leads_and_small_numbers_stay_at_the_school() {
    let school = School::found().await;
    let elsewhere = school.another().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let written = contact(&csd, student, "team").await;
    let path = format!("/v1/schools/{}/figures", school.id);
    elsewhere.csd().await.get(&path).await.refused(404, "not-found");
    let mentor = school.mentor().await;
    mentor.get(&path).await.refused(403, "forbidden");
    school.stranger().await.get(&path).await.refused(404, "not-found");
    let district = school.district_staff("program_manager").await;
    let shown = figures(&district, &school, &written).await;
    assert_eq!(shown["cases"], json!([{"status": "open", "tier": 2}]));
    assert!(shown["contacts"][0].get("minutes").is_none());
    let nowhere = format!("/v1/schools/{}/figures", uuid::Uuid::nil());
    district.get(nowhere).await.refused(404, "not-found");

    let activity = format!("/v1/staff/{}/activity", csd.id);
    mentor.get(&activity).await.refused(403, "forbidden");
    elsewhere.csd().await.get(&activity).await.refused(404, "not-found");
    assert_eq!(numbers(&mentor.see(format!("/v1/staff/{}/activity", mentor.id)).await, "contacts"), json!({}));
    csd.get(format!("{path}?weeks=0")).await.refused(400, "invalid-parameter");
}

#[tokio::test]
async fn a_read_is_as_fresh_as_its_token_or_says_that_it_is_not() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let held = json!({"on": ago(1), "outcome": "made", "medium": "phone"});
    let written = csd.post(student.to("contacts"), held).await.expect(201);
    let token = written.header("consistency-token").to_owned();
    let case = student.to("case");
    csd.get(&case).header("consistency-token", &token).await.expect(200);
    for wrong in ["yesterday", "p", "p-1", "p9999999999999999999"] {
        let read = csd.get(&case).header("consistency-token", wrong).await;
        let body = read.refused(400, "invalid-header").body;
        assert_eq!(body["errors"][0]["parameter"], "Consistency-Token");
    }
    for path in [case, format!("/v1/schools/{}/figures", school.id)] {
        let ahead = csd.call(Method::GET, path).header("consistency-token", "p999999999999").await;
        assert_eq!(ahead.header("retry-after"), "1");
        ahead.refused(503, "behind");
    }
}
