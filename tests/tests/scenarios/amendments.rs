//! A family asks for an entry to be amended (34 CFR 99.20): agreed to, refused, heard, and stated beside the entry.
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};
use uuid::Uuid;

fn request() -> Value {
    json!({"asked": "She was at the nurse's", "by": "Maria Lopez", "relation": "parent", "on": ago(3)})
}

async fn ask(person: &Person, student: Student, entry: Uuid) -> Uuid {
    person.create(student.to(&format!("entries/{entry}/amendments")), request()).await
}

fn step(student: Student, amendment: Uuid, what: &str) -> String {
    student.to(&format!("amendments/{amendment}/{what}"))
}

#[tokio::test]
async fn what_the_family_asks_for_is_agreed_to_and_the_entry_put_right_with_the_same_stroke() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let note = mentor.create(student.to("notes"), json!({"text": "Skipped class"})).await;
    let amendment = ask(&csd, student, note).await;

    let waiting = csd.walk("/v1/amendments", 5).await;
    assert_eq!((waiting.len(), &waiting[0]["about"], &waiting[0]["status"]), (1, &json!(note), &json!("requested")));
    assert_eq!((&waiting[0]["due_on"], &waiting[0]["overdue"]), (&json!(ahead(42)), &json!(false)));
    assert_eq!(waiting[0]["content"]["request"]["asked"], "She was at the nurse's");
    assert_eq!(csd.walk("/v1/amendments?overdue=true", 5).await, [] as [Value; 0]);
    let plan = csd.see(student.to("plan")).await;
    assert_eq!(plan["amendments"][0]["next_actions"][0], "agree_to_amendment", "{:#}", plan["amendments"]);

    let now = json!({"kind": "note", "note": {"text": "Was at the nurse's", "visibility": "team"}});
    let agreement = json!({"repair": {"how": "correct", "now": now}, "note": "The nurse confirms it"});
    mentor.post(step(student, amendment, "agreement"), agreement.clone()).await.refused(403, "forbidden");
    let nothing =
        json!({"repair": {"how": "correct", "now": {"kind": "note", "note": {"text": "Skipped class"}}}, "note": "-"});
    csd.post(step(student, amendment, "agreement"), nothing).await.refused(409, "nothing-corrected");
    csd.act(step(student, amendment, "agreement"), agreement.clone()).await;
    let entry = mentor.see(student.entry(note)).await;
    assert_eq!(
        (&entry["standing"], &entry["content"]["note"]["text"]),
        (&json!("corrected"), &json!("Was at the nurse's"))
    );
    let asked = csd.see(student.entry(amendment)).await;
    assert_eq!((&asked["status"], &asked["content"]["agreement"]["repaired"]), (&json!("agreed"), &json!("corrected")));
    csd.post(step(student, amendment, "agreement"), agreement).await.refused(409, "amendment-ended");
    assert_eq!(csd.walk("/v1/amendments", 5).await, [] as [Value; 0]);
}

#[tokio::test]
async fn what_is_refused_is_heard_and_the_familys_statement_stands_beside_the_entry_for_whoever_sees_it() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let officer = school.district_staff("privacy_officer").await;
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let follow_up = json!({"what": "Ask why she skips class", "due": {"on": ahead(5)}, "owner": mentor.id});
    let entry = csd.create(student.to("follow-ups"), follow_up).await;
    let amendment = ask(&csd, student, entry).await;
    let statement = json!({"text": "She never skips class", "by": "Maria Lopez"});
    let hearing = json!({"held_on": ago(0), "outcome": "stands", "presided_by": "R. Ortiz", "findings": "Two saw it"});
    csd.post(step(student, amendment, "statement"), statement.clone()).await.refused(409, "amendment-not-refused");
    csd.act(step(student, amendment, "refusal"), json!({"reason": "Two teachers saw it"})).await;
    let refused = csd.see(student.entry(amendment)).await;
    assert_eq!(refused["content"]["refusal"]["family_told_on"], json!(today()));
    csd.post(step(student, amendment, "hearing"), hearing.clone()).await.refused(403, "forbidden");
    officer.act(step(student, amendment, "hearing"), hearing.clone()).await;
    officer.post(step(student, amendment, "hearing"), hearing).await.refused(409, "hearing-held-already");
    assert_eq!(csd.see(student.entry(amendment)).await["content"]["hearing"]["findings"], "Two saw it");
    csd.act(step(student, amendment, "statement"), statement).await;

    let says = |statements: &Value| {
        assert_eq!(statements[0]["text"], "She never skips class", "{statements:#}");
        assert_eq!((&statements[0]["by"], &statements[0]["on"]), (&json!("Maria Lopez"), &json!(today())));
    };
    says(&mentor.see(student.entry(entry)).await["statements"]);
    let all = mentor.see(student.to("entries?kind=follow_up")).await;
    says(&all["items"][0]["statements"]);
    says(&mentor.see(student.to("plan")).await["follow_ups"][0]["statements"]);
    says(&mentor.see(student.to("timeline?about=follow_up")).await["items"][0]["statements"]);
    let queue = mentor.see(format!("/v1/follow-ups?owner={}", mentor.id)).await;
    says(&queue["items"][0]["statements"]);
    let stated = officer.walk(&format!("/v1/amendments?status=stated&school={}", school.id), 5).await;
    assert_eq!((stated.len(), &stated[0]["content"]["statement"]["by"]), (1, &json!("Maria Lopez")));
}

#[tokio::test]
async fn what_is_asked_about_the_compartment_stays_in_it() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let officer = school.district_staff("privacy_officer").await;
    let student = csd.open_case(&school).await;
    let hidden = json!({"text": "Grieves", "visibility": "mental_health"});
    let note = manager.create(student.to("notes"), hidden).await;
    let address = student.to(&format!("entries/{note}/amendments"));
    csd.post(&address, request()).await.refused(404, "not-found");
    let amendment = manager.create(&address, request()).await;
    csd.get(student.entry(amendment)).await.refused(404, "not-found");
    csd.post(step(student, amendment, "refusal"), json!({"reason": "No"})).await.refused(404, "not-found");
    assert_eq!(csd.walk("/v1/amendments", 5).await, [] as [Value; 0]);
    let told = officer.walk(&format!("/v1/amendments?school={}", school.id), 5).await;
    assert_eq!((told.len(), &told[0]["status"], &told[0]["content"]), (1, &json!("requested"), &Value::Null));
    manager
        .act(step(student, amendment, "agreement"), json!({"repair": {"how": "retract"}, "note": "Was another"}))
        .await;
    assert_eq!(manager.see(student.entry(note)).await["standing"], "retracted");
}

#[tokio::test]
async fn what_has_an_operation_of_its_own_is_put_right_by_that_and_a_request_may_be_taken_back() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let proposal = json!({"description": "Comes every day"});
    let goal = csd.create(student.to("goals"), proposal).await;
    let amendment = ask(&csd, student, goal).await;
    let agreement = |how: &str| json!({"repair": {"how": how}, "note": "As asked"});
    csd.post(step(student, amendment, "agreement"), agreement("retract")).await.refused(409, "entry-has-its-own-end");
    csd.act(step(student, amendment, "agreement"), agreement("done")).await;
    let second = ask(&csd, student, goal).await;
    csd.act(step(student, second, "withdrawal"), json!({"by": "Maria Lopez"})).await;
    let withdrawn = csd.see(student.entry(second)).await;
    assert_eq!(
        (&withdrawn["status"], &withdrawn["content"]["withdrawal"]["by"]),
        (&json!("withdrawn"), &json!("Maria Lopez"))
    );
    let nobodys = step(student, Uuid::now_v7(), "refusal");
    csd.post(nobodys, json!({"reason": "No"})).await.refused(404, "no-such-amendment");
    csd.post(student.to(&format!("entries/{}/amendments", Uuid::now_v7())), request()).await.refused(404, "not-found");
}
