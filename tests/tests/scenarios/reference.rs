//! A school without an information system: its calendar, its students and its staff are kept by hand.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Person, School, Student, ago, fresh, today};
use uuid::Uuid;

async fn put(person: &Person, path: String, body: Value) -> Answer {
    person.call(Method::PUT, path).json(body).await
}

/// A student with a record, who attends the school.
async fn enrolled(keeper: &Person, school: &School<'_>, given_name: &str) -> Student {
    let (student, names) = (fresh(), json!({"given_name": given_name, "family_name": "Example"}));
    put(keeper, format!("/v1/students/{}", student.0), names).await.expect(201);
    let enrolment = json!({"school": school.id, "entered_on": ago(60), "grade_level": "9"});
    keeper.create(student.to("enrolments"), enrolment).await;
    student
}

#[tokio::test]
async fn a_director_keeps_students_whom_no_other_school_knows() {
    let school = School::found().await;
    let (csd, mentor, stranger) = (school.csd().await, school.mentor().await, school.another().await.csd().await);
    let student = enrolled(&csd, &school, "Ada").await;
    let record = format!("/v1/students/{}", student.0);

    assert_eq!(csd.see(&record).await["given_name"], "Ada");
    let enrolment = csd.see(&record).await["enrolments"][0]["id"].clone();
    let enrolment = format!("{record}/enrolments/{}", enrolment.as_str().expect("an id"));
    assert_eq!(csd.see(&enrolment).await["grade_level"], "9");
    for path in [&record, &enrolment] {
        stranger.get(path).await.refused(404, "not-found");
        mentor.get(path).await.refused(404, "not-found");
    }
    let names = json!({"given_name": "Eve", "family_name": "Example"});
    put(&stranger, record.clone(), names.clone()).await.refused(404, "not-found");
    put(&school.staff("school_staff").await, record.clone(), names.clone()).await.refused(403, "forbidden");
    put(&csd, record.clone(), names).await.expect(204);

    csd.act(format!("{enrolment}/exit"), json!({"last_day": ago(1)})).await;
    csd.post(format!("{enrolment}/exit"), json!({"last_day": ago(90)})).await.refused(409, "ends-too-early");
    assert_eq!(csd.see(&record).await["given_name"], "Eve", "the school attended last keeps the record");
}

#[tokio::test]
async fn a_case_is_opened_where_the_student_attends_as_far_as_that_is_known() {
    let (school, other) = (School::found().await, School::found().await);
    let (csd, elsewhere) = (school.csd().await, other.csd().await);
    let student = enrolled(&csd, &school, "Ada").await;
    let at = |school: &School<'_>| json!({"school": school.id, "reason": "Absent 14 of 60 days"});
    let service = school.district_staff("service").await;
    for somebody in [&elsewhere, &service] {
        put(somebody, student.to("case"), at(&other)).await.refused(409, "student-at-other-school");
    }

    // Who changes school attends both until the last day at the first.
    let enrolment = json!({"school": other.id, "entered_on": today(), "grade_level": "9"});
    service.create(student.to("enrolments"), enrolment).await;
    put(&elsewhere, student.to("case"), at(&other)).await.expect(201);
    // Of others nothing is known.
    put(&csd, fresh().to("case"), at(&school)).await.expect(201);
}

#[tokio::test]
async fn a_search_finds_whom_the_caller_may_know_and_no_name_travels_in_an_address() {
    let school = School::found().await;
    let (csd, mentor, stranger) = (school.csd().await, school.mentor().await, school.another().await.csd().await);
    let mentee = enrolled(&csd, &school, "Ada").await;
    for name in ["Adam", "Adele"] {
        enrolled(&csd, &school, name).await;
    }
    let body = json!({"school": school.id, "reason": "Absent 14 of 60 days"});
    put(&csd, mentee.to("case"), body).await.expect(201);
    csd.assign(&mentor, mentee).await;

    let search = async |person: &Person| {
        person.post("/v1/students:search", json!({"name": "ad ex"})).without_key().await.expect(200).items().len()
    };
    assert_eq!((search(&csd).await, search(&mentor).await, search(&stranger).await), (3, 1, 0));
    let list = format!("/v1/schools/{}/students", school.id);
    assert_eq!((csd.walk(&list, 2).await.len(), mentor.walk(&list, 2).await.len()), (3, 1));
    stranger.get(&list).await.refused(404, "not-found");
    let cursor = csd.see(format!("{list}?limit=1")).await["next"].as_str().map(str::to_owned).expect("a cursor");
    assert!(cursor.len() < 120, "a place in a list of people is an id");

    assert_eq!(mentor.see("/v1/caseload").await["items"][0]["name"], "Ada Example");
    assert_eq!(mentor.see(format!("/v1/students/{}", mentee.0)).await["family_name"], "Example");
}

#[tokio::test]
async fn a_holiday_told_by_hand_counts_at_once() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let asked = json!({"what": "Call home", "due": {"in_school_days": 1}, "owner": csd.id});
    let due = async || {
        let entry = csd.create(student.to("follow-ups"), asked.clone()).await;
        csd.see(student.entry(entry)).await["content"]["due_on"].clone()
    };
    let before = due().await;
    let calendar = format!("/v1/schools/{}/calendar", school.id);
    put(&csd, calendar.clone(), json!({"days": [{"day": before, "instructional": false}]})).await.expect(204);
    assert_ne!(due().await, before);
    let seen = csd.see(format!("{calendar}?from={}&to=9999-12-31", today())).await;
    assert_eq!(seen["days"], json!([{"day": before, "instructional": false}]));
    put(&school.mentor().await, calendar, json!({"days": [{"day": before, "instructional": true}]}))
        .await
        .refused(403, "forbidden");
}

#[tokio::test]
async fn a_director_makes_mentors_and_nobody_more() {
    let school = School::found().await;
    let (csd, service) = (school.csd().await, school.district_staff("service").await);
    let staff = format!("/v1/staff/{}", Uuid::now_v7());
    let names = json!({"given_name": "Mia", "family_name": "Example", "subject": Uuid::now_v7()});
    put(&csd, staff.clone(), names.clone()).await.expect(201);

    let (roles, key) = (format!("{staff}/roles"), Uuid::now_v7());
    let mentor = json!({"role": "success_mentor", "school": school.id, "since": ago(30)});
    let granted = csd.post(&roles, mentor.clone()).key(key).await.expect(201);
    let role = granted.header("location").to_owned();
    csd.act(format!("{role}/end"), json!({"until": today()})).await;
    csd.post(&roles, mentor.clone()).key(key).await.expect(201);
    assert_eq!(csd.see(&role).await["until"], json!(today()), "a late repeat does not grant again");
    let other = json!({"role": "school_staff", "school": school.id, "since": ago(30)});
    csd.post(&roles, other).key(key).await.refused(409, "idempotency-key-reused");

    let elsewhere = json!({"role": "success_mentor", "school": school.another().await.id, "since": ago(30)});
    let manager = json!({"role": "mental_health_manager", "school": school.id, "since": ago(30)});
    let officer = json!({"role": "privacy_officer", "since": ago(30)});
    for more in [&elsewhere, &manager, &officer] {
        csd.post(&roles, more.clone()).await.refused(403, "forbidden");
    }
    csd.post(format!("/v1/staff/{}/roles", csd.id), mentor).await.refused(403, "forbidden");
    service.post(&roles, officer).await.expect(201);
    put(&csd, staff.clone(), names).await.refused(403, "forbidden");
}
