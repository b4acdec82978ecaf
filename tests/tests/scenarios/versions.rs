//! Versions: a write can insist on one, a read can say which it has, and lost races are settled for the caller.
use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use tests::{School, today};
use uuid::Uuid;

#[tokio::test]
async fn a_write_meant_for_an_earlier_version_is_refused_and_told_the_present_one() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let first = csd.post(student.to("notes"), json!({"text": "a"})).if_match(1).await.expect(201);
    assert_eq!(first.version(), 2);

    let stale = csd.post(student.to("notes"), json!({"text": "b"})).if_match(1).await.refused(412, "stale");

    assert_eq!(stale.version(), 2);
    csd.post(student.to("notes"), json!({"text": "b"})).if_match(2).await.expect(201);
    csd.post(student.to("notes"), json!({"text": "c"})).header("if-match", "*").await.expect(201);
    let malformed = csd.post(student.to("notes"), json!({"text": "d"})).header("if-match", "W/\"4\"").await;
    malformed.refused(400, "invalid-header");
}

#[tokio::test]
async fn a_repeated_conditional_write_is_answered_as_the_first_time() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let key = Uuid::now_v7();
    for _ in 0..2 {
        let answer = csd.post(student.to("notes"), json!({"text": "a"})).key(key).if_match(1).await.expect(201);
        assert_eq!(answer.version(), 2);
    }
}

#[tokio::test]
async fn who_has_this_version_already_gets_no_body() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let note = csd.create(student.to("notes"), json!({"text": "a"})).await;
    for path in [student.to("case"), student.to("plan"), student.entry(note)] {
        let shown = csd.get(&path).await.expect(200);
        assert_eq!(shown.version(), 2);
        let unchanged = csd.get(&path).header("if-none-match", shown.header("etag")).await.expect(304);
        assert_eq!((unchanged.version(), unchanged.body.is_null()), (2, true));
        csd.get(&path).header("if-none-match", "\"1\"").await.expect(200);
    }
}

#[tokio::test]
async fn a_writer_reads_what_it_wrote() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let written = csd.post(student.to("notes"), json!({"text": "a"})).await.expect(201);
    let token = written.header("consistency-token").to_owned();
    let read = csd.get(written.header("location")).header("consistency-token", &token).await.expect(200);
    assert_eq!(read.body["content"]["note"]["text"], "a");
    csd.get(student.to("case")).header("consistency-token", "yesterday").await.refused(400, "invalid-header");
}

#[tokio::test]
async fn ten_at_once_all_count() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let intervention = csd.start_intervention(student, "team").await;
    let sessions = student.to(&format!("interventions/{intervention}/sessions"));
    let session = json!({"held_on": today(), "outcome": "held", "minutes": 10});

    let answers = join_all((0..10).map(|_| csd.post(&sessions, session.clone()).send())).await;

    let mut versions = answers.into_iter().map(|a| a.expect("an answer").expect(201).version()).collect::<Vec<_>>();
    versions.sort_unstable();
    assert_eq!(versions, (4..14).collect::<Vec<_>>());
    let tracking = csd.see(student.to(&format!("interventions/{intervention}/tracking"))).await;
    assert_eq!((&tracking["dosage"]["held_sessions"], &tracking["dosage"]["held_minutes"]), (&json!(10), &json!(100)));
}

#[tokio::test]
async fn of_ten_who_insist_on_one_version_one_gets_it() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let notes = student.to("notes");
    let answers = join_all((0..10).map(|_| csd.post(&notes, json!({"text": "mine"})).if_match(1).send())).await;
    let mut statuses = answers.into_iter().map(|answer| answer.expect("an answer").status).collect::<Vec<_>>();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![412; 9]].concat());
}

#[tokio::test]
async fn of_ten_who_open_a_case_one_opens_it() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = tests::fresh();
    let open =
        || csd.call(Method::PUT, student.to("case")).json(json!({"school": school.id, "reason": "Absent"})).send();
    let mut statuses: Vec<_> =
        join_all((0..10).map(|_| open())).await.into_iter().map(|answer| answer.expect("an answer").status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![409; 9]].concat());
}
