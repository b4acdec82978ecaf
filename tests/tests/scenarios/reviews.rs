//! What waits for a School Mental Health Manager.
use serde_json::{Value, json};
use tests::{School, ahead};

#[tokio::test]
async fn a_mental_health_manager_finds_what_waits_and_nobody_else_does() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let (partner, _) = school.partner().await;
    assert_eq!(manager.walk("/v1/reviews", 5).await, [] as [Value; 0]);
    let (planned, referred, quiet) =
        (csd.open_case(&school).await, csd.open_case(&school).await, csd.open_case(&school).await);
    csd.create(quiet.to("needs"), json!({"category": "basic_needs", "description": "A coat"})).await;
    csd.act(planned.to("plan/draft"), json!({"summary": "Check in every morning"})).await;
    let plan = csd.see(planned.to("plan")).await["plan"]["entry"].clone();
    csd.create(planned.to("goals"), json!({"description": "Come every day"})).await;
    csd.act(planned.to("plan/submission"), Value::Null).await;
    let draft = json!({
        "partner": partner, "purpose": "mental_health", "reason": "Therapy", "visibility": "mental_health"
    });
    let referral = manager.create(referred.to("referrals"), draft).await;
    let need = json!({"category": "mental_health", "description": "Grief", "visibility": "mental_health"});
    let need = manager.create(referred.to("needs"), need).await;

    let waiting = manager.walk("/v1/reviews", 1).await;
    let told: Vec<_> = waiting.iter().map(|line| (&line["reason"], &line["student"], &line["entry"])).collect();
    let expected = [
        (json!("plan_awaits_approval"), json!(planned.0), plan),
        (json!("new_referral"), json!(referred.0), json!(referral)),
        (json!("open_need"), json!(referred.0), json!(need)),
    ];
    assert_eq!(told, expected.each_ref().map(|(reason, student, entry)| (reason, student, entry)));
    let officer = school.district_staff("privacy_officer").await;
    let log = officer.walk(&referred.to("accesses"), 5).await;
    assert!(log.iter().any(|line| line["operation"] == "list_reviews" && line["compartment"] == true), "{log:#?}");

    let approval = json!({"next_review_on": ahead(30)});
    manager.act(planned.to("plan/approval"), approval).await;
    let waiting = manager.walk("/v1/reviews", 5).await;
    assert!(waiting.iter().all(|line| line["student"] == json!(referred.0)), "{waiting:#?}");
    for other in [csd, school.mentor().await, school.partner().await.1, officer] {
        other.get("/v1/reviews").await.refused(403, "forbidden");
    }
    let elsewhere = school.another().await;
    assert_eq!(elsewhere.manager().await.walk("/v1/reviews", 5).await, [] as [Value; 0]);
    manager.get(format!("/v1/reviews?school={}", elsewhere.id)).await.refused(404, "not-found");
}
