//! A band that changes stands on the case, and a policy opens one where it says so: by itself, and once.
use chrono::{Datelike, NaiveDate, Weekday};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{District, Person, School, Server, Student, ago, ahead, today, until};

/// The last weekdays before today, so many of them.
fn lately(number: usize) -> Vec<NaiveDate> {
    let weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    (1..).map(ago).filter(weekday).take(number).collect()
}

async fn put_policy(school: &School<'_>, name: &str, policy: Value) {
    let manager = school.district_staff("program_manager").await;
    manager.call(Method::PUT, format!("/v1/policies/{name}/versions/1")).json(policy).await.expect(201);
}

/// From one of ten days absent on a student is chronic, and a case is opened.
fn opening() -> Value {
    json!({
        "title": "Ours", "source": "Regulation A-210", "effective_from": "2020-01-01", "announces": true,
        "opens_case_from": "chronic",
        "thresholds": [
            {"measure": "absent_share", "at_least": 50, "band": "at_risk"},
            {"measure": "absent_share", "at_least": 100, "band": "chronic"}
        ]
    })
}

async fn open(csd: &Person, school: &School<'_>, student: Student) {
    let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(body).await.expect(201);
}

/// How often something of that type stands in the timeline.
async fn times(person: &Person, student: Student, headline: &str) -> usize {
    let items = person.walk(&student.to("timeline"), 50).await;
    items.iter().filter(|item| item["headline"].as_str().is_some_and(|said| said.starts_with(headline))).count()
}

async fn band(person: &Person, student: Student, policy: &str) -> Option<String> {
    let case = person.get(student.to("case")).await;
    case.body["bands"][policy].as_str().map(str::to_owned)
}

#[tokio::test]
async fn a_policy_opens_a_case_at_the_students_school_and_announces_the_band_once() {
    let district = District::fresh().await.expect("a district");
    let _second = Server::on(&district.url).expect("another server");
    let school = School::in_district(&district).await;
    school.teaches(ago(70), ahead(50), today()).await;
    let csd = school.csd().await;
    let (chronic, well, closed) =
        (school.enrol(ago(70)).await, school.enrol(ago(70)).await, school.enrol(ago(70)).await);
    open(&csd, &school, closed).await;
    csd.act(closed.to("case/closure"), json!({"reason": "goals_met"})).await;
    school.marks_absent(chronic, &lately(12)).await;
    school.marks_absent(closed, &lately(12)).await;
    put_policy(&school, "ours", opening()).await;

    let announced = async |student| until("the band", async || band(&csd, student, "ours@1").await).await;
    assert_eq!(announced(chronic).await, "chronic");
    let case = csd.see(chronic.to("case")).await;
    assert_eq!((&case["school"], &case["status"], &case["tier"]), (&json!(school.id), &json!("open"), &json!(2)));
    assert!(case["reason"].as_str().is_some_and(|reason| reason.starts_with("ours@1 as of")), "{case:#}");
    csd.get(well.to("case")).await.refused(404, "not-found");
    assert_eq!(csd.see(closed.to("case")).await["status"], "closed", "people have closed it today");

    // What is told later of somebody else opens a case without the policy being told anew.
    let later = school.enrol(ago(70)).await;
    school.marks_absent(later, &lately(12)).await;
    assert_eq!(announced(later).await, "chronic");
    for student in [chronic, later] {
        assert_eq!(times(&csd, student, "Case opened").await, 1);
        assert_eq!(times(&csd, student, "Risk band chronic under ours@1").await, 1);
    }
}

#[tokio::test]
async fn a_band_changes_on_the_case_with_what_is_told_of_the_student_and_without_a_word_it_stays() {
    let school = School::found().await;
    school.teaches(ago(70), ahead(50), today()).await;
    let csd = school.csd().await;
    let (absent, other) = (school.enrol(ago(70)).await, school.enrol(ago(70)).await);
    let announced = async |student, wanted: &str| {
        until(wanted, async || band(&csd, student, "attendance-works@1").await.filter(|band| band == wanted)).await
    };
    // A case that is opened after the file came has its band, too.
    school.marks_absent(absent, &lately(7)).await;
    open(&csd, &school, absent).await;
    open(&csd, &school, other).await;
    announced(absent, "chronic").await;
    school.marks_absent(absent, &lately(20)[7..]).await;
    announced(absent, "severe").await;
    for headline in ["Risk band chronic under attendance-works@1", "Risk band severe under attendance-works@1"] {
        assert_eq!(times(&csd, absent, headline).await, 1, "{headline}");
    }
    assert_eq!(times(&csd, other, "Risk band").await, 0, "who is on track from the beginning has not changed");
}
