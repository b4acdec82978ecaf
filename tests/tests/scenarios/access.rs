//! Who may know of a case, by role and relation; everybody else learns nothing, not even that there is one.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, fresh, today};

const SCHOOL_ROLES: [&str; 4] = ["community_school_director", "principal", "school_staff", "mental_health_manager"];

#[tokio::test]
async fn every_role_sees_the_cases_that_are_its_own() {
    let school = School::found().await;
    let elsewhere = school.another().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let (mentor, other) = (school.mentor().await, school.mentor().await);
    csd.assign(&mentor, student).await;

    mentor.get(student.to("case")).await.expect(200);
    other.get(student.to("case")).await.refused(404, "not-found");
    for role in SCHOOL_ROLES {
        school.staff(role).await.get(student.to("case")).await.expect(200);
        elsewhere.staff(role).await.get(student.to("case")).await.refused(404, "not-found");
    }
    school.partner().await.1.get(student.to("case")).await.refused(404, "not-found");
}

#[tokio::test]
async fn the_district_sees_no_case_anywhere() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let note = csd.create(student.to("notes"), json!({"text": "A note"})).await;
    for role in ["program_manager", "privacy_officer", "service"] {
        let person = school.district_staff(role).await;
        for place in ["case", "plan", "timeline", "entries"] {
            let answer = person.get(student.to(place)).await;
            assert_eq!((answer.status, answer.problem()), (404, "not-found"), "{role} at {place}");
        }
        person.get(student.entry(note)).await.refused(404, "not-found");
        for list in ["caseload", "follow-ups", "referrals", "plans", "interventions"] {
            person.get(format!("/v1/{list}")).await.refused(404, "not-found");
            person.get(format!("/v1/{list}?school={}", school.id)).await.refused(404, "not-found");
        }
        person.post(student.to("notes"), json!({"text": "Mine"})).await.refused(404, "not-found");
    }
}

/// Everything that can be asked about a case, or done to it, by somebody to whom it is no business.
async fn knocks(person: &Person, student: tests::Student) -> Vec<(u16, serde_json::Value)> {
    let id = uuid::Uuid::nil();
    let mut answers = vec![];
    for place in ["case", "plan", "timeline", "entries", "case?as_of=2030-01-01T00:00:00Z"] {
        answers.push(person.get(student.to(place)).await);
    }
    answers.push(person.get(student.entry(id)).await);
    answers.push(person.get(student.to(&format!("interventions/{id}/tracking"))).await);
    answers.push(person.post(student.to("notes"), json!({"text": "x"})).await);
    answers.push(person.post(student.to("notes"), json!({"text": "x"})).if_match(1).await);
    answers
        .push(person.post(student.to("contacts"), json!({"on": today(), "outcome": "made", "medium": "phone"})).await);
    answers.push(person.post(student.to("case/closure"), json!({"reason": "goals_met"})).await);
    answers.push(person.post(student.to(&format!("entries/{id}/retraction")), json!({"reason": "x"})).await);
    answers.push(person.call(Method::POST, student.to("plan/submission")).await);
    let share = json!([{"entry": id, "student": student.0, "intervention": id}]);
    let batch = json!({"session": {"held_on": today(), "outcome": "held", "minutes": 5}, "students": share});
    let mut batch = person.post("/v1/sessions:batch", batch).await;
    batch.body["results"][0]["student"] = json!(null);
    if let Some(problem) = batch.body["results"][0]["problem"].as_object_mut() {
        problem.remove("instance");
    }
    answers.push(batch);
    answers.into_iter().map(|answer| (answer.status, answer.without_instance())).collect()
}

#[tokio::test]
async fn a_strangers_case_is_not_told_from_one_that_does_not_exist() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let elsewhere = school.another().await;
    for person in [elsewhere.csd().await, school.mentor().await, school.partner().await.1, school.stranger().await] {
        let (there, nowhere) = (knocks(&person, student).await, knocks(&person, fresh()).await);
        assert_eq!(there, nowhere);
    }
}

#[tokio::test]
async fn nothing_moves_to_a_case_that_one_may_not_see() {
    let school = School::found().await;
    let csd = school.csd().await;
    let elsewhere = school.another().await;
    let (mine, theirs) = (csd.open_case(&school).await, elsewhere.csd().await.open_case(&elsewhere).await);
    let note = csd.create(mine.to("notes"), json!({"text": "A note"})).await;
    for to in [theirs, fresh()] {
        let relocation = json!({"to": to.0, "reason": "x"});
        csd.post(mine.to(&format!("entries/{note}/move")), relocation).await.refused(404, "not-found");
    }
    assert_eq!(csd.see(mine.entry(note)).await["standing"], "current");
}

#[tokio::test]
async fn a_case_is_opened_at_ones_own_school_only() {
    let school = School::found().await;
    let elsewhere = school.another().await;
    let csd = school.csd().await;
    let open = |person: &Person, school: uuid::Uuid| {
        person.call(Method::PUT, fresh().to("case")).json(json!({"school": school, "reason": "Absent"}))
    };
    open(&csd, elsewhere.id).await.refused(404, "not-found");
    open(&csd, uuid::Uuid::now_v7()).await.refused(404, "not-found");
    open(&school.mentor().await, school.id).await.expect(404);
    open(&school.staff("principal").await, school.id).await.refused(403, "forbidden");
    open(&csd, school.id).await.expect(201);
}

#[tokio::test]
async fn who_changes_school_changes_who_may_see() {
    let school = School::found().await;
    let elsewhere = school.another().await;
    let (csd, next) = (school.csd().await, elsewhere.csd().await);
    let student = csd.open_case(&school).await;
    let open = json!({"what": "Call", "due": {"in_school_days": 2}, "owner": csd.id});
    csd.create(student.to("follow-ups"), open).await;
    let change = json!({"school": elsewhere.id, "on": today()});
    let answer = csd.post(student.to("case/school"), change).await;
    assert_eq!(answer.status, 204, "{:#}", answer.body);
    csd.get(student.to("case")).await.refused(404, "not-found");
    assert_eq!(next.see(student.to("case")).await["school"], json!(elsewhere.id));
    assert_eq!(next.see("/v1/follow-ups").await["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(csd.see("/v1/follow-ups").await["items"], json!([]));
    assert_eq!(csd.see("/v1/caseload").await["items"], json!([]));
}

#[tokio::test]
async fn who_works_at_several_places_gets_the_caseload_of_all_of_them() {
    let (school, other) = (School::found().await, School::found().await);
    let csd = school.csd().await;
    other.give(&csd, "community_school_director").await;
    let (here, there) = (csd.open_case(&school).await, csd.open_case(&other).await);

    assert_eq!(csd.walk("/v1/caseload", 1).await.len(), 2);
    let one = csd.walk(&format!("/v1/caseload?school={}", other.id), 10).await;
    assert_eq!(one.iter().map(|line| &line["student"]).collect::<Vec<_>>(), [&json!(there.0)]);

    let ((partner, worker), (second, _)) = (school.partner().await, other.partner().await);
    school.employ(&worker, second).await;
    for (student, partner) in [(here, partner), (there, second)] {
        let consent = json!({"partner": partner, "purpose": "mentoring", "scope": ["directory"],
            "signatory": "Her mother", "relation": "parent", "signed_on": today()});
        csd.create(student.to("consents"), consent).await;
        let draft = json!({"partner": partner, "purpose": "mentoring", "reason": "Lunch", "shares": ["directory"]});
        let referral = csd.create(student.to("referrals"), draft).await;
        csd.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    }
    assert_eq!(worker.walk("/v1/caseload", 1).await.len(), 2);
}

#[tokio::test]
async fn a_caseload_is_shown_to_those_whose_it_is() {
    let school = School::found().await;
    let elsewhere = school.another().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    assert_eq!(csd.walk("/v1/caseload", 10).await.len(), 2);
    assert_eq!(csd.walk(&format!("/v1/caseload?mentor={}", mentor.id), 10).await.len(), 1);
    assert_eq!(mentor.walk("/v1/caseload", 10).await.len(), 1);
    mentor.get(format!("/v1/caseload?school={}", school.id)).await.refused(404, "not-found");
    let other = school.mentor().await;
    other.get(format!("/v1/caseload?mentor={}", mentor.id)).await.refused(404, "not-found");
    let stranger = elsewhere.csd().await;
    stranger.get(format!("/v1/caseload?school={}", school.id)).await.refused(404, "not-found");
    assert_eq!(stranger.walk(&format!("/v1/caseload?mentor={}", mentor.id), 10).await.len(), 0);
}
