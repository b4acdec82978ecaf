//! Emergencies: a case opens to who works at another school, for a while; all of it is written down and reviewed.
use serde_json::{Value, json};
use tests::{Person, School, Student};
use uuid::Uuid;

fn wish(minutes: u16) -> Value {
    json!({"reason": "Collapsed at practice", "minutes": minutes})
}

async fn shut(person: &Person, student: Student) {
    for path in ["case", "plan", "timeline"] {
        person.get(student.to(path)).await.refused(404, "not-found");
    }
}

#[tokio::test]
async fn a_case_opens_in_an_emergency_for_reading_and_everybody_concerned_knows() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let officer = school.district_staff("privacy_officer").await;
    let stranger = school.another().await.staff("school_staff").await;
    let student = csd.open_case(&school).await;
    let note = csd.create(student.to("notes"), json!({"text": "Asthma", "visibility": "school"})).await;
    let need = json!({"category": "mental_health", "description": "Grief", "visibility": "mental_health"});
    let hidden = manager.create(student.to("needs"), need).await;
    shut(&stranger, student).await;

    let overrides = student.to("overrides");
    stranger.post(&overrides, json!({"reason": "Curious"})).await.refused(400, "invalid-body");
    stranger.post(&overrides, wish(481)).await.refused(409, "override-too-long");
    for outsider in [&officer, &school.partner().await.1, &school.stranger().await] {
        outsider.post(&overrides, wish(30)).await.refused(404, "not-found");
    }
    let opened = stranger.create(&overrides, wish(30)).await;
    assert!(stranger.see(student.entry(note)).await.to_string().contains("Asthma"));
    stranger.get(student.entry(hidden)).await.refused(404, "not-found");
    assert!(!stranger.see(student.to("plan")).await.to_string().contains("Grief"));
    stranger.post(student.to("notes"), json!({"text": "Mine"})).await.refused(403, "forbidden");

    let why = student.to(&format!("access/why?principal={}", stranger.id));
    let why = officer.see(why).await;
    assert_eq!((&why["may_read"], &why["roles"][0]["ground"]), (&json!(true), &json!("override")), "{why:#}");
    assert_eq!(why["roles"][0]["access_override"], json!(opened));
    let who = officer.see(student.to("access/who")).await;
    let people = who["people"].as_array().expect("people");
    assert!(people.iter().any(|one| one["staff"] == json!(stranger.id)), "{who:#}");
    let before = officer.get(student.to(&format!("access/why?principal={}&on={}", stranger.id, tests::ago(1)))).await;
    assert_ne!(before.body["may_read"], json!(true));
    stranger.see(student.to("indicators")).await;
    stranger.see(student.to("outcomes")).await;

    let log = officer.walk(&student.to("accesses"), 5).await;
    let told: Vec<_> = log.iter().map(|line| (&line["operation"], &line["access_override"], &line["basis"])).collect();
    let (opened_by, basis) = (json!(opened), json!("override"));
    let expected =
        ["show_student_outcomes", "show_student_indicators", "show_support_plan", "show_entry"].map(|name| json!(name));
    assert_eq!(told, expected.each_ref().map(|operation| (operation, &opened_by, &basis)));
    let story = csd.see(student.to("timeline?about=access_override")).await;
    assert_eq!(story["items"][0]["words"], "Collapsed at practice");
    let waiting = csd.walk("/v1/overrides", 5).await;
    assert_eq!((waiting.len(), &waiting[0]["by"]), (1, &json!(stranger.id)));
    school.mentor().await.get("/v1/overrides").await.refused(403, "forbidden");

    let review = student.to(&format!("overrides/{opened}/review"));
    let finding = json!({"finding": "justified", "note": "The nurse confirmed it"});
    csd.post(&review, finding.clone()).await.refused(403, "forbidden");
    officer.post(student.to(&format!("overrides/{}/review", Uuid::now_v7())), finding.clone()).await.expect(404);
    let mine = officer.walk("/v1/overrides", 200).await;
    assert!(mine.iter().any(|line| line["access_override"] == json!(opened)), "{mine:#?}");
    officer.act(&review, finding.clone()).await;
    officer.post(&review, finding).await.refused(409, "override-reviewed-already");
    assert_eq!(csd.walk("/v1/overrides", 5).await, [] as [Value; 0]);
    let reviewed = csd.walk("/v1/overrides?status=reviewed", 5).await;
    assert_eq!(reviewed[0]["content"]["review"]["note"], "The nurse confirmed it", "{reviewed:#?}");
}

#[tokio::test]
async fn an_override_ends_with_its_time_and_with_the_role() {
    let school = School::found().await;
    let csd = school.csd().await;
    let elsewhere = school.another().await;
    let (stranger, leaver) = (elsewhere.csd().await, elsewhere.staff("principal").await);
    let student = csd.open_case(&school).await;
    for person in [&stranger, &leaver] {
        person.create(student.to("overrides"), wish(1)).await;
        person.see(student.to("case")).await;
    }
    elsewhere.dismiss(&leaver).await;
    shut(&leaver, student).await;
    stranger.see(student.to("case")).await;
    tokio::time::sleep(std::time::Duration::from_secs(61)).await;
    shut(&stranger, student).await;
}
