//! What did they see then: the case, the plan and the timeline as they had been recorded at an earlier time.
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use tests::{School, ago};

fn at(time: DateTime<Utc>) -> String {
    time.format("as_of=%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

#[tokio::test]
async fn an_earlier_time_shows_what_had_been_recorded_then() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    school.give(&manager, "community_school_director").await;
    let before = Utc::now() - Duration::seconds(1);
    let student = csd.open_case(&school).await;
    let need = csd.create(student.to("needs"), json!({"category": "attendance", "description": "The bus"})).await;
    csd.create(student.to("contacts"), json!({"on": ago(3), "outcome": "made", "medium": "phone"})).await;
    let then = Utc::now();
    csd.act(student.to("case/tier"), json!({"tier": 3, "reason": "Absent again"})).await;
    csd.act(student.to(&format!("needs/{need}/resolution")), json!({"note": "A pass"})).await;
    manager
        .create(
            student.to("needs"),
            json!({"category": "mental_health", "description": "Therapy", "visibility": "mental_health"}),
        )
        .await;

    let case = csd.get(student.to(&format!("case?{}", at(then)))).await.expect(200);
    assert_eq!((&case.body["tier"], case.version()), (&json!(2), 3));
    assert_eq!(csd.see(student.to("case")).await["tier"], 3);
    let plan = csd.see(student.to(&format!("plan?{}", at(then)))).await;
    assert_eq!(plan["needs"][0]["content"]["status"], "open");
    assert_eq!(plan["withheld"], json!([]));
    assert_eq!(plan["case"]["version"], 3);
    let lines = csd.walk(&student.to(&format!("timeline?{}", at(then))), 1).await;
    assert_eq!(lines.len(), 3);
    assert_eq!(csd.walk(&student.to("timeline"), 50).await.len(), 6);

    // Recorded time counts: the contact of three days ago was not known before it was told.
    for view in ["case", "plan", "timeline"] {
        let nothing = csd.get(student.to(&format!("{view}?{}", at(before)))).await;
        nothing.refused(404, "not-found");
        csd.get(student.to(&format!("{view}?as_of=yesterday"))).await.refused(400, "invalid-parameter");
        csd.get(student.to(&format!("{view}?as_of=2999-01-01T00:00:00Z"))).await.expect(200);
    }
}

#[tokio::test]
async fn an_earlier_time_is_shown_under_the_rights_of_today() {
    let school = School::found().await;
    let (csd, manager, mentor) = (school.csd().await, school.manager().await, school.mentor().await);
    school.give(&manager, "community_school_director").await;
    let student = csd.open_case(&school).await;
    let body = json!({"category": "mental_health", "description": "Sees somebody on Mondays"});
    let need = manager.create(student.to("needs"), body.clone()).await;
    let then = Utc::now();
    let as_of = student.to(&format!("plan?{}", at(then)));
    assert!(csd.see(&as_of).await.to_string().contains("Mondays"));
    csd.assign(&mentor, student).await;
    assert!(mentor.see(&as_of).await.to_string().contains("Mondays"), "a mentor of today reads the past too");

    let mut hidden: Value = body;
    hidden["visibility"] = json!("mental_health");
    let correction = json!({"now": {"kind": "need", "need": hidden}, "reason": "Not for everybody"});
    manager.act(student.to(&format!("entries/{need}/correction")), correction).await;

    for person in [&csd, &mentor] {
        assert!(!person.see(&as_of).await.to_string().contains("Mondays"));
        assert!(!person.see(student.to("plan")).await.to_string().contains("Mondays"));
    }
    assert!(manager.see(&as_of).await.to_string().contains("Mondays"));
}
