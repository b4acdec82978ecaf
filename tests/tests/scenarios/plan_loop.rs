//! The support plan's loop: drafted, submitted, returned, submitted again, approved, reviewed, completed.
use serde_json::{Value, json};
use tests::{School, ago, ahead};

const NOTHING: Value = Value::Null;

#[tokio::test]
async fn a_plan_goes_its_way_and_only_its_way() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let student = csd.open_case(&school).await;
    let step = |name: &str| student.to(&format!("plan/{name}"));
    let approval = json!({"next_review_on": ahead(30)});

    csd.call(reqwest::Method::POST, step("submission")).await.refused(404, "no-plan");
    csd.act(step("draft"), json!({"summary": "An earlier bus"})).await;
    csd.call(reqwest::Method::POST, step("submission")).await.refused(409, "plan-without-goal");
    csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    manager.post(step("approval"), approval.clone()).await.refused(409, "plan-not-submitted");
    csd.act(step("submission"), NOTHING).await;
    csd.post(step("draft"), json!({"summary": "Another"})).await.refused(409, "plan-under-way");

    // It waits for the manager, who returns it.
    let queue = manager.see("/v1/plans").await;
    assert_eq!(queue["items"].as_array().map(Vec::len), Some(1));
    assert!(queue["items"][0]["next_actions"].to_string().contains("approve_plan"));
    manager.act(step("return"), json!({"reason": "What about the winter?"})).await;
    assert_eq!(manager.see("/v1/plans").await["items"], json!([]));
    assert_eq!(csd.see(student.to("plan")).await["plan"]["content"]["status"], "draft");

    // Drafted anew, submitted, approved, reviewed.
    csd.act(step("draft"), json!({"summary": "An earlier bus, and a coat"})).await;
    csd.act(step("submission"), NOTHING).await;
    manager.post(step("approval"), json!({"next_review_on": ago(1)})).await.refused(409, "review-not-ahead");
    manager.act(step("approval"), approval).await;
    manager.act(step("review"), json!({"summary": "It works", "next_review_on": ahead(60)})).await;
    let plan = csd.see(student.to("plan")).await;
    assert_eq!((&plan["plan"]["content"]["status"], &plan["next_review_on"]), (&json!("active"), &json!(ahead(60))));

    // Held, taken up again, completed.
    csd.act(step("hold"), json!({"reason": "In hospital"})).await;
    csd.post(step("hold"), json!({"reason": "In hospital"})).await.refused(409, "plan-not-active");
    csd.act(step("resumption"), json!({"reason": "Back"})).await;
    csd.act(step("completion"), json!({})).await;
    csd.post(step("revocation"), json!({"reason": "Too late"})).await.refused(409, "plan-ended");
    csd.act(step("draft"), json!({"summary": "The next one"})).await;
}

#[tokio::test]
async fn only_the_mental_health_manager_approves_and_everybody_else_is_told_so() {
    let school = School::found().await;
    let (csd, mentor, principal) = (school.csd().await, school.mentor().await, school.staff("principal").await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    csd.act(student.to("plan/draft"), json!({"summary": "An earlier bus"})).await;
    csd.act(student.to("plan/submission"), NOTHING).await;
    for person in [&csd, &mentor, &principal] {
        let approval = person.post(student.to("plan/approval"), json!({"next_review_on": ahead(30)})).await;
        let refused = approval.refused(403, "forbidden");
        assert_eq!(refused.body["detail"], "only the School Mental Health Manager approves and reviews plans");
        let mine = person.see("/v1/plans").await["items"].to_string();
        assert!(!mine.contains("approve_plan"), "{mine}");
    }
}
