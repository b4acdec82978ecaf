//! Attendance, conduct and courses as indicators, judged by policies; early warnings; all of it beside the interventions.
use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A school that has taught since January and has submitted everything up to the last of March: 62 days.
async fn in_march() -> School<'static> {
    let school = School::found().await;
    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    school
}

async fn absent(school: &School<'_>, days: &[&str]) -> Student {
    let student = school.enrol(day("2026-01-05")).await;
    let days: Vec<_> = days.iter().map(|text| day(text)).collect();
    school.marks_absent(student, &days).await;
    student
}

const FOUR_IN_MARCH: &[&str] = &["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"];

async fn open(csd: &Person, school: &School<'_>, student: Student) {
    let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(body).await.expect(201);
}

fn students(warnings: &[Value]) -> Vec<&str> {
    warnings.iter().filter_map(|warning| warning["student"].as_str()).collect()
}

#[tokio::test]
async fn a_student_is_shown_under_two_policies_side_by_side() {
    let school = in_march().await;
    let csd = school.csd().await;
    let student =
        absent(&school, &["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13", "2026-03-16"]).await;
    let shown = csd.see(student.to("indicators?policy=attendance-works&policy=nysed-2025@1")).await;
    assert_eq!(
        (&shown["school_year"], &shown["as_of"], &shown["known_through"]),
        (&json!(2026), &json!("2026-03-31"), &json!("2026-03-31"))
    );
    assert_eq!((&shown["attendance"]["enrolled"], &shown["attendance"]["unexcused"]), (&json!(62), &json!(6)));
    assert_eq!(shown["attendance"]["longest_absence"], 6);
    // 6 of 62 is 9.7 % absent, 90.3 % attended.
    let bands: Vec<_> =
        shown["policies"].as_array().expect("policies").iter().map(|p| p["judgement"]["band"].clone()).collect();
    assert_eq!(bands, ["at_risk", "at_risk"]);
    let earlier = csd.see(student.to("indicators?as_of=2026-03-08")).await;
    assert_eq!(
        (&earlier["attendance"]["unexcused"], &earlier["policies"][0]["judgement"]["band"]),
        (&json!(0), &json!("on_track"))
    );
    let later = csd.see(student.to("indicators?as_of=2026-04-10")).await;
    assert_eq!((&later["attendance"]["enrolled"], &later["days_not_submitted"]), (&json!(62), &json!(8)));

    let refused = csd.get(student.to("indicators?policy=nobody-wrote-it")).await.refused(400, "invalid-parameter");
    assert_eq!(refused.body["errors"][0]["parameter"], "policy");
}

#[tokio::test]
async fn what_nobody_says_is_unknown_and_not_presence() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = school.enrol(day("2026-01-05")).await;
    let unknown = |shown: &Value| shown["policies"][0]["judgement"]["unknown"].clone();
    let shown = csd.see(student.to("indicators?as_of=2026-03-31")).await;
    assert_eq!((unknown(&shown), &shown["attendance"]["enrolled"]), (json!("no_calendar"), &json!(0)));
    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    assert_eq!(unknown(&csd.see(student.to("indicators?as_of=2025-12-01")).await), "no_enrolment");
    assert_eq!(csd.see(student.to("indicators")).await["policies"][0]["judgement"]["band"], "on_track");
}

#[tokio::test]
async fn the_school_and_the_mentor_read_indicators_and_nobody_else_does() {
    let school = in_march().await;
    let csd = school.csd().await;
    let student = absent(&school, FOUR_IN_MARCH).await;
    open(&csd, &school, student).await;
    let (mentor, other) = (school.mentor().await, school.mentor().await);
    csd.assign(&mentor, student).await;
    for place in ["indicators", "outcomes"] {
        mentor.get(student.to(place)).await.expect(200);
        for role in ["principal", "school_staff", "mental_health_manager"] {
            school.staff(role).await.get(student.to(place)).await.expect(200);
        }
        other.get(student.to(place)).await.refused(404, "not-found");
        school.another().await.csd().await.get(student.to(place)).await.refused(404, "not-found");
        school.district_staff("program_manager").await.get(student.to(place)).await.refused(404, "not-found");
        school.district_staff("service").await.get(student.to(place)).await.refused(403, "forbidden");
    }
    let warnings = format!("/v1/schools/{}/early-warnings?as_of=2026-03-31", school.id);
    assert_eq!(students(&mentor.walk(&warnings, 5).await), [student.0.to_string()]);
    assert_eq!(other.walk(&warnings, 5).await.len(), 0, "not a mentee");
    school.district_staff("program_manager").await.get(&warnings).await.refused(403, "forbidden");
}

#[tokio::test]
async fn who_became_at_risk_is_on_the_list_until_somebody_acts() {
    let school = in_march().await;
    let csd = school.csd().await;
    let (at_risk, _well) = (absent(&school, FOUR_IN_MARCH).await, absent(&school, &[]).await);
    let list = |signal: &str| format!("/v1/schools/{}/early-warnings?as_of=2026-03-31&signal={signal}", school.id);
    let listed = csd.walk(&list("newly_at_risk"), 5).await;
    assert_eq!(students(&listed), [at_risk.0.to_string()]);
    assert_eq!(listed[0]["signals"], json!(["newly_at_risk", "at_risk_without_case", "nobody_has_acted"]));
    assert_eq!(
        (&listed[0]["name"], &listed[0]["band"], &listed[0]["band_before"]),
        (&json!("Ada Example"), &json!("at_risk"), &json!("on_track"))
    );
    assert_eq!(listed[0]["triggers"][0]["found"], 4);

    open(&csd, &school, at_risk).await;
    assert_eq!(csd.walk(&list("at_risk_without_case"), 5).await.len(), 0);
    assert_eq!(csd.walk(&list("nobody_has_acted"), 5).await.len(), 1, "to open a case is not to act");
    let contact = |outcome| json!({"on": "2026-03-30", "outcome": outcome, "medium": "phone"});
    csd.create(at_risk.to("contacts"), contact("no_answer")).await;
    assert_eq!(csd.walk(&list("nobody_has_acted"), 5).await.len(), 1, "nor is a call that nobody answers");
    csd.create(at_risk.to("contacts"), contact("made")).await;
    assert_eq!(csd.walk(&list("nobody_has_acted"), 5).await.len(), 0);
    let refused = csd.get(list("bored")).await.refused(400, "invalid-parameter");
    assert_eq!(refused.body["errors"][0]["parameter"], "signal");
}

#[tokio::test]
async fn warnings_come_in_pages_the_worst_first() {
    let school = in_march().await;
    let csd = school.csd().await;
    let severe: Vec<_> = day("2026-02-02").iter_days().take(31).map(|day| day.to_string()).collect();
    let severe: Vec<_> = severe.iter().map(String::as_str).collect();
    let mut expected = vec![];
    for _ in 0..4 {
        expected.push(absent(&school, FOUR_IN_MARCH).await.0.to_string());
    }
    let worst = absent(&school, &severe).await.0.to_string();
    expected.sort();
    expected.insert(0, worst);
    let path = format!("/v1/schools/{}/early-warnings?as_of=2026-03-31", school.id);
    assert_eq!(students(&csd.walk(&path, 2).await), expected);
}

#[tokio::test]
async fn the_district_sees_bands_in_numbers_that_are_not_small() {
    let school = in_march().await;
    for _ in 0..3 {
        absent(&school, FOUR_IN_MARCH).await;
    }
    for _ in 0..12 {
        absent(&school, &[]).await;
    }
    let path = format!("/v1/schools/{}/bands", school.id);
    let own = school.csd().await.see(&path).await;
    let numbers = ["students", "on_track", "at_risk", "chronic"].map(|band| own[band].as_u64());
    assert_eq!(numbers, [Some(15), Some(12), Some(3), Some(0)]);
    let district = school.district_staff("program_manager").await.see(&path).await;
    let numbers = ["students", "on_track", "at_risk", "chronic"].map(|band| district[band].as_u64());
    assert_eq!(numbers, [Some(15), None, None, None], "who is not on track would be known to be three");
    school.mentor().await.get(&path).await.refused(403, "forbidden");
    school.another().await.csd().await.get(&path).await.refused(404, "not-found");
}

#[tokio::test]
async fn policies_are_read_by_anybody_and_a_version_is_written_once() {
    let school = School::found().await;
    let (manager, principal) = (school.district_staff("program_manager").await, school.staff("principal").await);
    let name = format!("district-{}", uuid::Uuid::now_v7().simple());
    let path = |version: u32| format!("/v1/policies/{name}/versions/{version}");
    let policy = |bound: u32| {
        json!({
            "title": "Ours", "source": "Regulation A-210", "effective_from": "2026-01-01",
            "thresholds": [{"measure": "absent_share", "at_least": bound, "band": "at_risk"}]
        })
    };
    let put = |person: &Person, version, body: Value| person.call(Method::PUT, path(version)).json(body);
    put(&principal, 1, policy(70)).await.refused(403, "forbidden");
    put(&manager, 1, policy(70)).await.expect(201);
    put(&manager, 1, policy(70)).await.expect(204);
    put(&manager, 1, policy(80)).await.refused(409, "policy-version-taken");
    put(&manager, 2, policy(80)).await.expect(201);
    let mut two = policy(70);
    two["thresholds"][0]["at_most"] = json!(3);
    put(&manager, 3, two).await.refused(409, "threshold-without-one-bound");
    put(&manager, 0, policy(70)).await.refused(400, "invalid-parameter");
    let taken = manager.call(Method::PUT, "/v1/policies/attendance-works/versions/1").json(policy(70)).await;
    taken.refused(409, "policy-version-taken");
    manager.get(path(9)).await.refused(404, "no-such-policy");

    let shown = principal.see(path(2)).await;
    assert_eq!((&shown["in_force"], &shown["preset"]), (&json!(true), &json!(false)));
    assert_eq!(principal.see(path(1)).await["in_force"], false, "a later version took its place");
    let all = principal.see("/v1/policies").await;
    let names: Vec<_> =
        all["items"].as_array().expect("policies").iter().filter_map(|p| p["version"]["name"].as_str()).collect();
    for preset in ["attendance-works", "nysed-2025", "check-and-connect", "abc-high-school", "abc-middle-school"] {
        assert!(names.contains(&preset), "{preset}");
    }

    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    let student = absent(&school, FOUR_IN_MARCH).await;
    let judged = principal.see(student.to(&format!("indicators?policy={name}@1&policy={name}"))).await;
    let bands: Vec<_> =
        judged["policies"].as_array().expect("policies").iter().map(|p| p["judgement"]["band"].clone()).collect();
    assert_eq!(bands, ["on_track", "on_track"], "4 of 62 is 6.5 %");
}

#[tokio::test]
async fn interventions_stand_beside_outcomes_as_json_and_as_a_picture() {
    let school = in_march().await;
    let csd = school.csd().await;
    let student = absent(&school, FOUR_IN_MARCH).await;
    open(&csd, &school, student).await;
    let plan = json!({
        "kind": "check_and_connect", "what": "Check in with Rosalind", "tier": 2, "delivery": "individual",
        "dosage": {"sessions_per_week": 3, "minutes": 15}
    });
    let intervention = csd.create(student.to("interventions"), plan).await;
    csd.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": "2026-03-02"})).await;
    let sessions = student.to(&format!("interventions/{intervention}/sessions"));
    csd.create(&sessions, json!({"held_on": "2026-03-04", "outcome": "held", "minutes": 20})).await;
    csd.create(&sessions, json!({"held_on": "2026-03-10", "outcome": "no_show"})).await;
    csd.create(student.to("contacts"), json!({"on": "2026-03-12", "outcome": "made", "medium": "phone"})).await;
    let hidden =
        json!({"on": "2026-03-13", "outcome": "made", "medium": "phone", "visibility": "author_and_supervisor"});
    school.manager().await.create(student.to("contacts"), hidden).await;

    let shown = csd.see(student.to("outcomes")).await;
    let week =
        shown["weeks"].as_array().expect("weeks").iter().find(|week| week["week"] == "2026-03-09").expect("a week");
    assert_eq!((&week["enrolled"], &week["absent"], &week["present"]), (&json!(5), &json!(4), &json!(1)));
    let not_submitted =
        shown["weeks"].as_array().expect("weeks").iter().find(|week| week["week"] == "2026-03-30").expect("a week");
    assert_eq!((&not_submitted["enrolled"], &not_submitted["not_submitted"]), (&json!(2), &json!(3)));
    let line = &shown["interventions"][0];
    assert_eq!(
        (&line["from"], &line["held"], &line["missed"]),
        (&json!("2026-03-02"), &json!(["2026-03-04"]), &json!(["2026-03-10"]))
    );
    assert_eq!(shown["sources"]["attendance_through"], "2026-03-31");
    assert_eq!(shown["contacts"], json!(["2026-03-12"]), "what is not the caller's to read is not in it");

    let picture = csd.get(student.to("outcomes")).header("accept", "image/svg+xml").await.expect(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    let svg = picture.body.as_str().expect("a picture").to_owned();
    assert!(svg.contains("check and connect") && !svg.contains("Rosalind") && !svg.contains("Ada"), "it names nobody");
}
