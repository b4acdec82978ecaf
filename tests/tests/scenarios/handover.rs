//! What the next mentor may read of the notes of the one before: the supervisor decides.
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, today};
use uuid::Uuid;

struct Case {
    student: Student,
    csd: Person,
    before: Person,
    next: Person,
    note: Uuid,
    assignment: Uuid,
}

/// A case whose mentor has left a note for the supervisor, and another mentor in their place.
async fn case() -> Case {
    let school = School::found().await;
    let (csd, before, next) = (school.csd().await, school.mentor().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&before, student).await;
    let words = json!({"text": "Quetzalcoatl", "visibility": "author_and_supervisor"});
    let note = before.create(student.to("notes"), words).await;
    let first = csd.see(student.to("entries?kind=mentor_assignment")).await["items"][0]["entry"].clone();
    let end = student.to(&format!("mentor-assignments/{}/end", first.as_str().expect("an id")));
    csd.act(end, json!({"on": ago(1), "reason": "mentor_left"})).await;
    let assignment = csd.create(student.to("mentor-assignments"), json!({"mentor": next.id, "since": today()})).await;
    Case { student, csd, before, next, note, assignment }
}

impl Case {
    fn handover(&self) -> String {
        self.student.to(&format!("mentor-assignments/{}/handover", self.assignment))
    }

    async fn is_read_by(&self, person: &Person) -> [bool; 3] {
        let told = |answer: Value| answer.to_string().contains("Quetzalcoatl");
        [
            person.get(self.student.entry(self.note)).await.status == 200,
            told(person.see(self.student.to("entries")).await),
            told(person.see(self.student.to("timeline")).await),
        ]
    }
}

#[tokio::test]
async fn notes_of_the_mentor_before_stay_closed_until_the_supervisor_hands_them_over() {
    let case = case().await;
    assert_eq!(case.is_read_by(&case.next).await, [false; 3]);
    case.next.post(case.handover(), json!({"notes_of": [case.before.id]})).await.refused(403, "forbidden");
    let own = case.csd.post(case.handover(), json!({"notes_of": [case.next.id]})).await;
    own.refused(409, "handover-of-own-notes");

    let unseen = case.next.get(case.student.to("plan")).await;
    case.csd.act(case.handover(), json!({"notes_of": [case.before.id]})).await;
    assert_eq!(case.is_read_by(&case.next).await, [true; 3]);
    assert_ne!(case.next.get(case.student.to("plan")).await.header("etag"), unseen.header("etag"));
    let kept = case.csd.see(case.student.entry(case.assignment)).await;
    assert_eq!(kept["content"]["handover"]["notes_of"], json!([case.before.id]), "{kept:#}");
    let story = case.csd.see(case.student.to("timeline?about=mentor_assignment")).await;
    assert_eq!(story["items"][0]["headline"], "Notes of 1 earlier mentors opened to the mentor", "{story:#}");
    // Its author's and the supervisor's all the same: to put right is not to read.
    let correction = case.student.to(&format!("notes/{}/correction", case.note));
    assert_ne!(case.next.post(correction, json!({"text": "Mine"})).await.status, 204);

    case.csd.act(case.handover(), json!({"notes_of": []})).await;
    assert_eq!(case.is_read_by(&case.next).await, [false; 3]);
}

#[tokio::test]
async fn what_was_handed_over_is_heard_of_and_ends_with_the_assignment() {
    let case = case().await;
    case.csd.act(case.handover(), json!({"notes_of": [case.before.id]})).await;
    let mut following = case.next.follow("").await;
    let wider = case.student.to(&format!("notes/{}/visibility", case.note));
    let change = case.csd.post(wider, json!({"visibility": "author_and_supervisor", "reason": "As it was"})).await;
    if change.status == 204 {
        assert_eq!(following.change().await["entry"], json!(case.note));
    }
    let end = case.student.to(&format!("mentor-assignments/{}/end", case.assignment));
    case.csd.act(end, json!({"on": today(), "reason": "mentor_left"})).await;
    case.next.get(case.student.entry(case.note)).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_mentor_is_assigned_and_handed_the_notes_with_one_request() {
    let case = case().await;
    let (student, csd) = (case.student, &case.csd);
    let end = student.to(&format!("mentor-assignments/{}/end", case.assignment));
    csd.act(end, json!({"on": today(), "reason": "mentor_left"})).await;
    let body = |of: &Person| json!({"mentor": case.next.id, "since": today(), "notes_of": [of.id]});
    let path = student.to("mentor-assignments");
    // Who leads cases and supervises nobody assigns mentors, and hands nothing over.
    let service = School::found().await.district_staff("service").await;
    service.post(&path, body(&case.before)).await.refused(404, "not-found");
    csd.post(&path, body(&case.next)).await.refused(409, "handover-of-own-notes");
    let key = Uuid::now_v7();
    for _ in 0..2 {
        let answer = csd.post(&path, body(&case.before)).key(key).await.expect(201);
        assert_eq!(answer.entry(), key);
    }
    assert_eq!(case.is_read_by(&case.next).await, [true; 3]);
    let kept = csd.see(student.entry(key)).await;
    assert_eq!(kept["content"]["handover"]["notes_of"], json!([case.before.id]), "{kept:#}");
}
