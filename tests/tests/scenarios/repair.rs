//! What was written down wrongly is put right by a further event, and everything that was counted follows.
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, today};
use uuid::Uuid;

fn contact(outcome: &str) -> Value {
    json!({"on": today(), "outcome": outcome, "medium": "phone", "note": "Talked about the bus"})
}

async fn contacts(person: &Person, student: Student) -> (Value, Value) {
    let plan = person.see(student.to("plan")).await;
    let caseload = person.see("/v1/caseload").await;
    let lines = caseload["items"].as_array().expect("lines").clone();
    let line = lines.into_iter().find(|line| line["student"] == json!(student.0)).expect("the case");
    (plan["contacts"]["this_week"].clone(), line["contacts_this_week"].clone())
}

async fn dosage(person: &Person, student: Student, intervention: Uuid) -> Value {
    person.see(student.to(&format!("interventions/{intervention}/tracking"))).await["dosage"].clone()
}

#[tokio::test]
async fn a_corrected_session_counts_as_it_was() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let intervention = csd.start_intervention(student, "team").await;
    let sessions = student.to(&format!("interventions/{intervention}/sessions"));
    let session = csd.create(&sessions, json!({"held_on": today(), "outcome": "held", "minutes": 20})).await;
    let correct = |session: Value| json!({"now": {"kind": "session", "intervention": intervention, "session": session}, "reason": "Typing"});
    let correction = student.to(&format!("entries/{session}/correction"));

    csd.act(&correction, correct(json!({"held_on": ago(1), "outcome": "held", "minutes": 35}))).await;

    assert_eq!(dosage(&csd, student, intervention).await["held_minutes"], 35);
    let entry = csd.see(student.entry(session)).await;
    assert_eq!((&entry["standing"], &entry["occurred_on"]), (&json!("corrected"), &json!(ago(1))));
    csd.act(&correction, correct(json!({"held_on": ago(1), "outcome": "no_show"}))).await;
    let now = dosage(&csd, student, intervention).await;
    assert_eq!(
        (&now["held_sessions"], &now["held_minutes"], &now["attendance_percent"]),
        (&json!(0), &json!(0), &json!(0))
    );
    let same = csd.post(&correction, correct(json!({"held_on": ago(1), "outcome": "no_show"}))).await;
    same.refused(409, "nothing-corrected");
    let note = json!({"now": {"kind": "note", "note": {"text": "A note"}}, "reason": "Typing"});
    csd.post(&correction, note).await.refused(409, "kind-changed");
    let early = correct(json!({"held_on": ago(60), "outcome": "no_show"}));
    csd.post(&correction, early).await.refused(409, "session-before-start");
}

#[tokio::test]
async fn a_corrected_or_retracted_contact_counts_no_more() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let (first, second) = (
        csd.create(student.to("contacts"), contact("made")).await,
        csd.create(student.to("contacts"), contact("made")).await,
    );
    assert_eq!(contacts(&csd, student).await, (json!(2), json!(2)));

    let now = json!({"kind": "contact", "contact": contact("no_answer")});
    csd.act(student.to(&format!("entries/{first}/correction")), json!({"now": now, "reason": "Nobody answered"})).await;
    assert_eq!(contacts(&csd, student).await, (json!(1), json!(1)));
    csd.act(student.to(&format!("entries/{second}/retraction")), json!({"reason": "Entered twice"})).await;
    assert_eq!(contacts(&csd, student).await, (json!(0), json!(0)));

    let gone = csd.see(student.entry(second)).await;
    assert_eq!((&gone["standing"], &gone["content"]), (&json!("retracted"), &Value::Null));
    let again = csd.post(student.to(&format!("entries/{second}/retraction")), json!({"reason": "Twice"})).await;
    again.refused(409, "entry-not-current");
    let lines = csd.see(student.to(&format!("timeline?entry={second}"))).await;
    assert_eq!(lines["items"][0]["type"], "EntryRetracted");
    assert!(!lines.to_string().contains("bus"), "{lines:#}");
}

#[tokio::test]
async fn progress_that_was_retracted_leaves_the_goal() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let goal = csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    let target = json!({"measure": "days", "baseline": 20, "target": 8, "direction": "decrease", "starts_on": ago(9), "due_on": today()});
    csd.act(student.to(&format!("goals/{goal}/target")), target).await;
    let progress = csd.create(student.to(&format!("goals/{goal}/progress")), json!({"on": today(), "value": 2})).await;
    csd.act(student.to(&format!("entries/{progress}/retraction")), json!({"reason": "Another student's"})).await;
    let plan = csd.see(student.to("plan")).await;
    assert_eq!(plan["goals"][0]["content"]["goal"]["measurements"], json!([]));
}

#[tokio::test]
async fn an_entry_moves_to_the_right_student_with_everything_that_was_counted() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let (wrong, right) = (csd.open_case(&school).await, csd.open_case(&school).await);
    csd.assign(&mentor, wrong).await;
    let (here, there) = (csd.start_intervention(wrong, "team").await, csd.start_intervention(right, "team").await);
    let session = json!({"held_on": today(), "outcome": "held", "minutes": 20, "note": "Talked about the bus"});
    let session = mentor.create(wrong.to(&format!("interventions/{here}/sessions")), session).await;
    let call = mentor.create(wrong.to("contacts"), contact("made")).await;
    let before = chrono::Utc::now();

    // Who has rights on one of the two only cannot move anything.
    let relocation = |attach: Value| json!({"to": right.0, "attach": attach, "reason": "Two of the same name"});
    mentor.post(wrong.to(&format!("entries/{call}/move")), relocation(Value::Null)).await.refused(404, "not-found");
    csd.post(wrong.to(&format!("entries/{session}/move")), json!({"to": right.0, "reason": "x"}))
        .await
        .refused(409, "attachment-missing");
    csd.act(wrong.to(&format!("entries/{session}/move")), relocation(json!({"intervention": there}))).await;
    csd.act(wrong.to(&format!("entries/{call}/move")), json!({"to": right.0, "reason": "Two of the same name"})).await;

    assert_eq!(dosage(&csd, wrong, here).await["held_minutes"], 0);
    assert_eq!(dosage(&csd, right, there).await["held_minutes"], 20);
    assert_eq!(contacts(&csd, wrong).await, (json!(0), json!(0)));
    assert_eq!(contacts(&csd, right).await, (json!(1), json!(1)));
    for entry in [session, call] {
        let left = csd.see(wrong.entry(entry)).await;
        assert_eq!((&left["standing"], &left["content"]), (&json!("moved"), &Value::Null));
        let arrived = csd.see(right.entry(entry)).await;
        assert_eq!((&arrived["standing"], &arrived["author"]), (&json!("current"), &json!(mentor.id)));
        assert!(arrived["content"].to_string().contains("bus"));
        let told = csd.see(wrong.to(&format!("timeline?entry={entry}"))).await;
        assert_eq!(told["items"][0]["type"], "EntryMovedToStudent");
        assert!(!told.to_string().contains("bus"), "{told:#}");
        let told = csd.see(right.to(&format!("timeline?entry={entry}"))).await;
        assert_eq!(told["items"][0]["type"], "EntryMovedFromStudent");
    }
    // The wrong student's copy is unreadable in the past, too, and neither side names the other to its readers.
    let then = before.format("%Y-%m-%dT%H:%M:%S%.6fZ");
    for place in ["timeline", "plan", "entries"].map(|place| wrong.to(place)) {
        let text = mentor.see(&place).await.to_string();
        assert!(!text.contains("bus") && !text.contains(&right.0.to_string()), "{place}: {text}");
    }
    assert!(!mentor.see(wrong.to(&format!("timeline?as_of={then}"))).await.to_string().contains("bus"));
    let back = json!({"to": right.0, "reason": "Again"});
    csd.post(wrong.to(&format!("entries/{call}/move")), back).await.refused(409, "entry-not-current");
}

#[tokio::test]
async fn a_need_on_the_wrong_student_is_not_shown_in_that_students_past() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (wrong, right) = (csd.open_case(&school).await, csd.open_case(&school).await);
    let need =
        csd.create(wrong.to("needs"), json!({"category": "basic_needs", "description": "Sleeps at an aunt's"})).await;
    let then = chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let as_of = wrong.to(&format!("plan?as_of={then}"));
    assert!(csd.see(&as_of).await.to_string().contains("aunt"));
    csd.act(wrong.to(&format!("entries/{need}/move")), json!({"to": right.0, "reason": "Same name"})).await;
    assert!(!csd.see(&as_of).await.to_string().contains("aunt"));
    assert_eq!(csd.see(right.to("plan")).await["needs"][0]["entry"], json!(need));
}

#[tokio::test]
async fn what_ends_by_itself_is_not_retracted() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let goal = csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    let refused = csd.post(student.to(&format!("entries/{goal}/retraction")), json!({"reason": "Mistake"})).await;
    refused.refused(409, "entry-has-its-own-end");
}
