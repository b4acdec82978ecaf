//! A mentor leaves: mentees and what was still to be done are handed over.
use serde_json::json;
use tests::{School, today};
use uuid::Uuid;

#[tokio::test]
async fn a_leaving_mentors_mentees_and_follow_ups_are_handed_over() {
    let school = School::found().await;
    let (csd, leaving, next) = (school.csd().await, school.mentor().await, school.mentor().await);
    let elsewhere = school.another().await;
    let other = elsewhere.csd().await;
    let mut mentees = vec![];
    for _ in 0..3 {
        let student = csd.open_case(&school).await;
        csd.assign(&leaving, student).await;
        let call = json!({"what": "Call", "due": {"in_school_days": 3}, "owner": leaving.id});
        leaving.create(student.to("follow-ups"), call).await;
        mentees.push(student);
    }
    let hidden = other.open_case(&elsewhere).await;
    other.assign(&leaving, hidden).await;
    let handing_over = json!({"to": next.id, "on": today(), "reason": "mentor_left"});
    let path = format!("/v1/staff/{}/mentees/reassignment", leaving.id);

    let key = Uuid::now_v7();
    let answer = csd.post(&path, handing_over.clone()).key(key).await.expect(200);

    let results = answer.body["results"].as_array().expect("results").clone();
    assert_eq!(results.len(), 3, "only the mentees of whom the director may know: {results:#?}");
    assert!(results.iter().all(|result| result["status"] == 201), "{results:#?}");
    let follow_ups = next.walk(&format!("/v1/follow-ups?owner={}", next.id), 1).await;
    assert_eq!(follow_ups.len(), 3);
    assert_eq!(next.see("/v1/caseload").await["items"].as_array().map(Vec::len), Some(3));
    for student in mentees {
        leaving.get(student.to("case")).await.refused(404, "not-found");
        let contact = json!({"on": today(), "outcome": "made", "medium": "phone"});
        leaving.post(student.to("contacts"), contact).await.refused(404, "not-found");
        next.get(student.to("plan")).await.expect(200);
        let team = next.see(student.to("plan")).await["team"].to_string();
        assert!(team.contains(&next.id.to_string()), "{team}");
    }
    assert_eq!(leaving.walk("/v1/caseload", 10).await.len(), 1, "the mentee at the other school");
    leaving.get(hidden.to("case")).await.expect(200);

    // Repeated: answered as the first time, also once they have gone on to somebody else; and nothing changes.
    let again = csd.post(&path, handing_over.clone()).key(key).await.expect(200);
    assert_eq!(again.body["results"], answer.body["results"]);
    assert_eq!(next.walk("/v1/caseload", 10).await.len(), 3);
    let third = school.mentor().await;
    let on = json!({"to": third.id, "on": today(), "reason": "mentor_left"});
    csd.post(format!("/v1/staff/{}/mentees/reassignment", next.id), on).await.expect(200);
    let again = csd.post(&path, handing_over).key(key).await.expect(200);
    assert_eq!(again.body["results"], answer.body["results"]);
    assert_eq!(third.walk("/v1/caseload", 10).await.len(), 3);
}

#[tokio::test]
async fn rights_end_with_the_next_request() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    csd.get(student.to("case")).await.expect(200);
    school.dismiss(&csd).await;
    csd.get(student.to("case")).await.refused(404, "not-found");
    csd.post(student.to("notes"), json!({"text": "Late"})).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_student_has_one_primary_mentor() {
    let school = School::found().await;
    let (csd, mentor, other) = (school.csd().await, school.mentor().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let second = |primary: bool| json!({"mentor": other.id, "since": today(), "primary": primary});
    csd.post(student.to("mentor-assignments"), second(true)).await.refused(409, "primary-mentor-assigned");
    csd.create(student.to("mentor-assignments"), second(false)).await;
    let same = json!({"mentor": mentor.id, "since": today(), "primary": false});
    csd.post(student.to("mentor-assignments"), same).await.refused(409, "already-mentor");
}
