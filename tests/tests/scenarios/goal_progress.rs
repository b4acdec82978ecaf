//! Goals: measured by hand or by what the district's systems tell, and what the points say.
use chrono::{Datelike, Days, NaiveDate};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};

/// The Monday so many weeks before this one.
fn monday(weeks: u64) -> NaiveDate {
    let today = today();
    today - Days::new(u64::from(today.weekday().num_days_from_monday()) + 7 * weeks)
}

async fn with_case(csd: &Person, school: &School<'_>) -> Student {
    let student = school.enrol(ago(120)).await;
    let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(body).await.expect(201);
    student
}

/// From ten down to two, over twenty weeks of which ten are gone.
fn target(indicator: Value) -> Value {
    let mut target = json!({
        "measure": "days absent", "baseline": 10, "target": 2, "direction": "decrease",
        "starts_on": monday(10), "due_on": monday(0) + Days::new(70)
    });
    if !indicator.is_null() {
        target["indicator"] = indicator;
    }
    target
}

async fn set(csd: &Person, student: Student, indicator: Value) -> String {
    let goal = csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    csd.act(student.to(&format!("goals/{goal}/target")), target(indicator)).await;
    student.to(&format!("goals/{goal}"))
}

async fn shown(person: &Person, student: Student) -> Value {
    person.see(student.to("plan")).await["goals"][0]["content"].clone()
}

#[tokio::test]
async fn a_goal_that_is_measured_by_hand_says_which_rule_spoke_and_on_which_points() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = with_case(&csd, &school).await;
    let goal = set(&csd, student, Value::Null).await;
    let measure = async |weeks: u64, value: f64| {
        csd.create(format!("{goal}/progress"), json!({"on": monday(weeks), "value": value})).await;
        shown(&csd, student).await["progress"].clone()
    };
    assert_eq!(shown(&csd, student).await["progress"]["rule"], "too_few_data");
    assert_eq!(measure(9, 12.0).await["advice"], "wait_for_data");
    measure(8, 12.0).await;
    let three = measure(7, 12.0).await;
    assert_eq!((&three["rule"], &three["advice"]), (&json!("median_of_three"), &json!("change_the_intervention")));
    let four = measure(6, 12.0).await;
    assert_eq!((&four["rule"], &four["advice"]), (&json!("four_points"), &json!("change_the_intervention")));
    assert_eq!(four["points"], json!([monday(9), monday(8), monday(7), monday(6)]));
    measure(5, 3.0).await;
    let six = measure(4, 12.0).await;
    assert_eq!((&six["rule"], six["trend"]["slope"].is_number()), (&json!("trend_line"), true));
    let line = shown(&csd, student).await["aimline"].clone();
    assert_eq!(
        (&line["latest"], &line["latest_on"], &line["on_track"]),
        (&json!(12.0), &json!(monday(4)), &json!(false))
    );

    // Fidelity first: an intervention that serves the goal, and of which no session was held.
    let id = goal.rsplit('/').next().expect("an id");
    let plan = json!({
        "kind": "check_and_connect", "what": "Check in", "tier": 2, "delivery": "individual", "goals": [id],
        "dosage": {"sessions_per_week": 3, "minutes": 15}
    });
    let intervention = csd.create(student.to("interventions"), plan).await;
    csd.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": ago(30)})).await;
    let judged = shown(&csd, student).await["progress"].clone();
    assert_eq!((&judged["rule"], &judged["advice"]), (&json!("fidelity"), &json!("restore_fidelity")));
    let tracked = csd.see(student.to(&format!("interventions/{intervention}/tracking"))).await;
    assert_eq!(tracked["goals"][0]["content"]["progress"], judged);
}

#[tokio::test]
async fn a_goal_that_an_indicator_measures_has_its_points_from_the_files() {
    let school = School::found().await;
    // What was submitted reaches to the Friday two weeks ago.
    school.teaches(ago(120), ahead(60), monday(2) + Days::new(4)).await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = with_case(&csd, &school).await;
    csd.assign(&mentor, student).await;
    let goal = set(&csd, student, json!({"measure": "days_absent", "over": {"last_school_days": 20}})).await;
    let on_track = shown(&csd, student).await;
    assert_eq!(
        (&on_track["points"][0]["value"], &on_track["points"][0]["on"]),
        (&json!(0.0), &json!(monday(10) + Days::new(4)))
    );

    // Four days of each of the last eight weeks that were submitted.
    let days: Vec<_> = (2..10).flat_map(|weeks| (0..4).map(move |day| monday(weeks) + Days::new(day))).collect();
    school.marks_absent(student, &days).await;
    let progress = shown(&csd, student).await;
    let points = progress["points"].as_array().cloned().unwrap_or_default();
    let values: Vec<_> = points.iter().filter_map(|point| point["value"].as_f64()).collect();
    assert_eq!(values, [0.0, 4.0, 8.0, 12.0, 16.0, 16.0, 16.0, 16.0, 16.0]);
    assert!(points.iter().skip(9).all(|point| point["unknown"] == "not_submitted"), "{points:#?}");
    assert!(points.len() > 9, "of last week nothing was submitted");
    let judged = &progress["progress"];
    assert_eq!((&judged["rule"], &judged["advice"]), (&json!("four_points"), &json!("change_the_intervention")));
    assert_eq!((&progress["aimline"]["latest"], &progress["aimline"]["on_track"]), (&json!(16.0), &json!(false)));
    assert_eq!(shown(&mentor, student).await, progress);

    let refused = mentor.post(format!("{goal}/progress"), json!({"on": today(), "value": 3})).await;
    refused.refused(409, "goal-measured-by-indicator");
    let revision = json!({"target": target(Value::Null), "reason": "The files come late"});
    csd.act(format!("{goal}/revision"), revision).await;
    mentor.create(format!("{goal}/progress"), json!({"on": today(), "value": 3})).await;
    let by_hand = shown(&csd, student).await;
    assert_eq!((by_hand["points"].is_null(), &by_hand["aimline"]["latest"]), (true, &json!(3.0)));
}
