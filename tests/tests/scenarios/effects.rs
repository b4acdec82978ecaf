//! What changed after support began: compared, never of few, never for who has no business with it; and its exports.
use std::time::Duration;

use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Four days in the window before.
const BEFORE: [&str; 4] = ["2026-01-13", "2026-01-20", "2026-01-27", "2026-02-03"];
/// Days in the window after, of which so many were missed.
const AFTER: [&str; 3] = ["2026-02-10", "2026-02-17", "2026-02-24"];

async fn student(school: &School<'_>, missed_after: usize) -> Student {
    let student = school.enrol(day("2026-01-05")).await;
    let days: Vec<_> = BEFORE.iter().chain(&AFTER[..missed_after]).map(|text| day(text)).collect();
    school.marks_absent(student, &days).await;
    student
}

async fn serve(csd: &Person, school: &School<'_>, student: Student, sessions: u64) {
    let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(body).await.expect(201);
    let plan = json!({"kind": "check_and_connect", "what": "Check in", "tier": 2, "delivery": "individual"});
    let intervention = csd.create(student.to("interventions"), plan).await;
    csd.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": "2026-02-09"})).await;
    for number in 0..sessions {
        let on = day("2026-02-10") + chrono::Days::new(number);
        let body = json!({"held_on": on, "outcome": "held", "minutes": 20});
        csd.create(student.to(&format!("interventions/{intervention}/sessions")), body).await;
    }
}

/// A school at which so many were served, who missed one day in the window after, and fourteen were not, who missed three.
async fn served(number: u64) -> (School<'static>, Person) {
    let school = School::found().await;
    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    let csd = school.csd().await;
    for number in 0..number {
        let student = student(&school, 1).await;
        serve(&csd, &school, student, u64::from(number < 1)).await;
    }
    for _ in 0..14 {
        student(&school, 3).await;
    }
    (school, csd)
}

/// What is shown once the reader has come by.
async fn shown(person: &Person, path: &str, is_there: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..100 {
        let shown = person.see(path).await;
        if is_there(&shown) {
            return shown;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nobody is counted at {path}");
}

#[tokio::test]
async fn what_changed_is_compared_with_students_who_had_no_support_yet() {
    let (school, csd) = served(12).await;
    let path = format!("/v1/schools/{}/effects?school_year=2026", school.id);
    let all = shown(&csd, &path, |shown| shown["groups"][0]["comparison"]["served"] == 12).await;
    assert_eq!((&all["window_school_days"], &all["outcome"]), (&json!(20), &json!("days_absent")));
    let group = &all["groups"][0];
    assert_eq!(group["group"], "check_and_connect");
    let told = ["served", "compared_with", "before", "after", "change", "change_of_others", "difference"];
    let told = told.map(|figure| group["comparison"][figure].as_f64());
    assert_eq!(told, [12.0, 14.0, 4.0, 1.0, -3.0, -1.0, -2.0].map(Some));
    assert_eq!(group["comparison"]["interval"], json!({"from": -2.0, "to": -2.0}), "all are alike");
    assert_eq!(group["comparison"]["balance_before"], json!({"all": 0.0, "matched": 0.0}));
    assert!(group["dosage"].as_array().expect("parts").iter().all(|part| part.get("comparison").is_none()), "1 and 11");
    let words = all["cautions"].to_string();
    assert!(words.contains("regression to the mean") && !all.to_string().contains("cause"), "{words}");

    let manager = school.district_staff("program_manager").await;
    let of_school = |shown: &Value| {
        let groups = shown["groups"].as_array().cloned().unwrap_or_default();
        groups.into_iter().find(|group| group["group"] == school.id.to_string())
    };
    let across = shown(&manager, "/v1/effects?by=school&school_year=2026", |shown| of_school(shown).is_some()).await;
    assert_eq!(across["by"], "school");
    manager.get(&path).await.refused(403, "forbidden");
    csd.get("/v1/effects").await.refused(403, "forbidden");
    school.mentor().await.get(&path).await.refused(403, "forbidden");
    school.another().await.csd().await.get(&path).await.refused(404, "not-found");
    let (_, partner) = school.partner().await;
    partner.get(&path).await.refused(403, "forbidden");
    let refused = csd.get(format!("{path}&window=11")).await.refused(400, "invalid-parameter");
    assert_eq!(refused.body["errors"][0]["parameter"], "window");
}

#[tokio::test]
async fn of_fewer_than_ten_students_no_figure_is_shown() {
    let (school, csd) = served(9).await;
    let path = format!("/v1/schools/{}/effects?school_year=2026", school.id);
    let all = shown(&csd, &path, |shown| shown["groups"][0]["group"] == "check_and_connect").await;
    assert_eq!(all["groups"][0].get("comparison"), None);
    assert!(!all["groups"].to_string().contains("served"));
}

#[tokio::test]
async fn a_schools_year_stands_side_by_side_as_json_and_as_a_picture() {
    let (school, csd) = served(10).await;
    let path = format!("/v1/schools/{}/outcomes", school.id);
    let week = |shown: &Value, monday: &str| {
        let weeks = shown["weeks"].as_array().cloned().unwrap_or_default();
        weeks.into_iter().find(|week| week["week"] == monday).unwrap_or_default()
    };
    let year = shown(&csd, &path, |shown| week(shown, "2026-02-09")["sessions_held"] == 1).await;
    let started = week(&year, "2026-02-09");
    assert_eq!((&started["interventions_started"], &started["student_days"]), (&json!(10), &json!(120)));
    assert_eq!((&started["absent_days"], &started["absent_thousandths"]), (&json!(24), &json!(200)));
    assert_eq!(year["sources"]["attendance_through"], "2026-03-31");
    assert_eq!(year["bands"].as_array().map(Vec::len), Some(3), "January, February, March");
    assert_eq!(year["bands"][2]["students"], 24);
    let manager = school.district_staff("program_manager").await.see(&path).await;
    let few = week(&manager, "2026-02-09");
    assert_eq!((few.get("sessions_held"), &few["interventions_started"]), (None, &json!(10)));

    let picture = csd.get(&path).header("accept", "image/svg+xml").await.expect(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.body.as_str().is_some_and(|svg| svg.contains("sessions held")));
    school.mentor().await.get(&path).await.refused(403, "forbidden");
    school.another().await.csd().await.get(&path).await.refused(404, "not-found");
}
