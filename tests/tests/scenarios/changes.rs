//! What happens is told as it happens, to those who may know of it, and to nobody else.
mod compartment;
mod ends;
mod resume;

use serde_json::{Value, json};
use tests::{District, Person, School, Server, Student, today};

/// A school with a case, its director and the student's mentor.
async fn at_school() -> (School<'static>, Person, Person, Student) {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    (school, csd, mentor, student)
}

#[tokio::test]
async fn a_change_says_where_to_look_and_nothing_of_what_is_there() {
    let (_, csd, mentor, student) = at_school().await;
    let mut following = csd.follow("").await;
    let contact = json!({"on": today(), "outcome": "made", "medium": "phone", "note": "Quetzalcoatl"});
    let entry = mentor.create(student.to("contacts"), contact).await;
    let change = following.change().await;
    assert_eq!((&change["type"], &change["about"]), (&json!("ContactLogged"), &json!("contact")));
    assert_eq!((&change["student"], &change["entry"]), (&json!(student.0), &json!(entry)));
    assert_eq!((&change["visibility"], &change["standing"]), (&json!("team"), &json!("current")));
    assert!(!change.to_string().contains("Quetzalcoatl"), "{change:#}");
    let link = change["link"].as_str().expect("a link");
    assert_eq!(csd.see(link).await["content"]["contact"]["note"], "Quetzalcoatl");
    // What is about the case itself leads to the case.
    csd.act(student.to("case/tier"), json!({"tier": 3, "reason": "Absent"})).await;
    let change = following.change().await;
    assert_eq!((&change["entry"], &change["link"]), (&Value::Null, &json!(student.to("case"))));
}

#[tokio::test]
async fn what_another_server_writes_is_heard_here() {
    let district = District::fresh().await.expect("a district");
    let second = Server::on(&district.url).expect("a server");
    let school = School::in_district(&district).await;
    let here = school.csd().await;
    let student = here.open_case(&school).await;
    let mut following = here.follow("").await;
    let note = here.at(&second.address).create(student.to("notes"), json!({"text": "There"})).await;
    assert_eq!(following.change().await["entry"], json!(note));
}

#[tokio::test]
async fn one_student_or_one_school_can_be_followed_alone() {
    let (school, csd, mentor, student) = at_school().await;
    let other = csd.open_case(&school).await;
    let elsewhere = school.another().await;
    elsewhere.give(&csd, "community_school_director").await;
    let far = csd.open_case(&elsewhere).await;
    let only = |filter: String| csd.get(format!("/v1/changes?{filter}"));
    let open = |call: tests::Call| async { tests::Following::of(call.open().await.expect("an answer")).await };
    let mut one = open(only(format!("student={}", student.0))).await;
    let mut here = open(only(format!("school={}", school.id))).await;
    let mut entries = vec![];
    for student in [far, other, student] {
        entries.push(csd.create(student.to("notes"), json!({"text": "A note"})).await);
    }
    assert_eq!(one.change().await["entry"], json!(entries[2]));
    assert_eq!(here.change().await["entry"], json!(entries[1]));
    let place = here.last.clone();
    assert_eq!(here.change().await["entry"], json!(entries[2]));
    // It goes on where it was left, filtered as before.
    let mut again = open(only(format!("school={}", school.id)).header("last-event-id", place)).await;
    assert_eq!(again.change().await["entry"], json!(entries[2]));

    mentor.get(format!("/v1/changes?student={}", other.0)).await.refused(404, "not-found");
    mentor.get(format!("/v1/changes?school={}", elsewhere.id)).await.refused(404, "not-found");
    csd.get("/v1/changes?student=x").await.refused(400, "invalid-parameter");
}

#[tokio::test]
async fn who_reads_no_case_has_nothing_to_follow() {
    let (school, csd, ..) = at_school().await;
    for role in ["program_manager", "privacy_officer", "service"] {
        school.district_staff(role).await.get("/v1/changes").await.refused(404, "not-found");
    }
    school.stranger().await.get("/v1/changes").await.refused(404, "not-found");
    for odd in ["x", "-1", "1234567890123456789"] {
        csd.get("/v1/changes").header("last-event-id", odd).await.refused(400, "invalid-header");
        csd.get(format!("/v1/changes?after={odd}")).await.refused(400, "invalid-parameter");
    }
    // A place that this log has not come to: after a restore, say.
    let refused = csd.get("/v1/changes?after=99999999999").await.refused(503, "behind");
    assert!(!refused.header("retry-after").is_empty());
}
