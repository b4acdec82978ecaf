//! One group session, logged for several students at once.
use serde_json::{Value, json};
use tests::{Person, School, Student, ahead, today};
use uuid::Uuid;

async fn held(csd: &Person, student: Student) -> Value {
    csd.see(student.to("plan")).await["interventions"][0]["content"]["dosage"]["held_sessions"].clone()
}

#[tokio::test]
async fn each_students_share_stands_or_falls_alone_and_a_repetition_changes_nothing() {
    let school = School::found().await;
    let (csd, other) = (school.csd().await, school.another().await);
    let (came, missed, without) =
        (csd.open_case(&school).await, csd.open_case(&school).await, csd.open_case(&school).await);
    let hidden = other.csd().await.open_case(&other).await;
    let (first, second) = (csd.start_intervention(came, "team").await, csd.start_intervention(missed, "team").await);
    let share = |student: Student, intervention: Uuid| json!({"entry": Uuid::now_v7(), "student": student.0, "intervention": intervention});
    let mut no_show = share(missed, second);
    no_show["instead"] = json!({"held_on": today(), "outcome": "no_show"});
    let batch = json!({
        "session": {"held_on": today(), "outcome": "held", "minutes": 45},
        "students": [share(came, first), no_show, share(without, first), share(hidden, first)]
    });

    let answer = csd.post("/v1/sessions:batch", batch.clone()).await.expect(200);

    let results = answer.body["results"].as_array().expect("results").clone();
    let statuses: Vec<_> = results.iter().map(|result| result["status"].as_u64()).collect();
    assert_eq!(statuses, [Some(201), Some(201), Some(404), Some(404)], "{results:#?}");
    assert_eq!(results[2]["problem"]["type"], "/problems/no-such-intervention");
    assert_eq!(results[3]["problem"]["type"], "/problems/not-found");
    let location = results[0]["location"].as_str().expect("a location");
    assert_eq!(csd.see(location).await["content"]["session"]["minutes"], 45);
    assert_eq!(csd.see(results[1]["location"].as_str().expect("a location")).await["status"], "no_show");

    // Repeated, under the same key of the whole or another: the entries' own ids count.
    let again = csd.post("/v1/sessions:batch", batch).await.expect(200);
    assert_eq!(again.body["results"][0], results[0]);
    assert_eq!(again.body["results"][1], results[1]);
    assert_eq!((held(&csd, came).await, held(&csd, missed).await), (json!(1), json!(0)));
}

#[tokio::test]
async fn what_is_wrong_with_the_session_is_told_for_each_student() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let intervention = csd.start_intervention(student, "team").await;
    let batch = |students: Value| json!({"session": {"held_on": ahead(3), "outcome": "held", "minutes": 45}, "students": students});
    let share = json!([{"entry": Uuid::now_v7(), "student": student.0, "intervention": intervention}]);
    let answer = csd.post("/v1/sessions:batch", batch(share)).await.expect(200);
    assert_eq!(answer.body["results"][0]["problem"]["type"], "/problems/session-in-future");
    csd.post("/v1/sessions:batch", batch(json!([]))).await.refused(400, "invalid-body");
}
