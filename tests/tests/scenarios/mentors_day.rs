//! A mentor's day: the caseload, a contact, a session, a follow-up done, a referral made, and the plan shows it all.
use serde_json::json;
use tests::{School, ago, ahead, today};

#[tokio::test]
async fn a_mentors_day_ends_on_the_plan() {
    let school = School::found().await;
    let (csd, mentor, manager) = (school.csd().await, school.mentor().await, school.manager().await);
    let (partner, _) = school.partner().await;

    // What the school had prepared.
    let student = csd.open_case(&school).await;
    csd.create(student.to("needs"), json!({"category": "attendance", "description": "Misses the bus"})).await;
    csd.create(student.to("strengths"), json!({"description": "Never misses the band"})).await;
    let goal = csd.create(student.to("goals"), json!({"description": "Come every day"})).await;
    let target = json!({
        "measure": "days absent", "baseline": 20, "target": 8, "direction": "decrease", "starts_on": ago(20), "due_on": ahead(60)
    });
    csd.act(student.to(&format!("goals/{goal}/target")), target).await;
    let intervention = csd.start_intervention(student, "team").await;
    csd.act(student.to("plan/draft"), json!({"summary": "An earlier bus"})).await;
    csd.act(student.to("plan/submission"), json!(null)).await;
    manager.act(student.to("plan/approval"), json!({"next_review_on": ahead(30)})).await;
    csd.assign(&mentor, student).await;

    // The mentor comes in.
    let caseload = mentor.see("/v1/caseload").await;
    assert_eq!(caseload["items"][0]["student"], json!(student.0));
    assert_eq!(caseload["items"][0]["contacts_this_week"], 0);
    assert!(mentor.see(student.to("case")).await["next_actions"].to_string().contains("log_contact"));

    let contact = json!({"on": today(), "outcome": "made", "medium": "phone", "with": "family", "minutes": 10, "note": "Bus pass"});
    let contact = mentor.create(student.to("contacts"), contact).await;
    let session = json!({"held_on": today(), "outcome": "held", "minutes": 20});
    mentor.create(student.to(&format!("interventions/{intervention}/sessions")), session).await;
    mentor.create(student.to(&format!("goals/{goal}/progress")), json!({"on": today(), "value": 15})).await;
    let asked =
        json!({"what": "Call about the pass", "due": {"in_school_days": 2}, "owner": mentor.id, "about": contact});
    let follow_up = mentor.create(student.to("follow-ups"), asked).await;
    let queue = mentor.see(format!("/v1/follow-ups?owner={}", mentor.id)).await;
    assert_eq!(queue["items"][0]["entry"], json!(follow_up));
    mentor.act(student.to(&format!("follow-ups/{follow_up}/completion")), json!({"result": "It arrived"})).await;
    assert_eq!(mentor.see("/v1/follow-ups").await["items"], json!([]));

    // The director makes the referral that the mentor asked for.
    let referral = json!({"partner": partner, "purpose": "basic_needs", "reason": "A winter coat"});
    let referral = csd.create(student.to("referrals"), referral).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), json!(null)).await;

    let plan = mentor.see(student.to("plan")).await;
    assert_eq!(plan["plan"]["content"]["status"], "active");
    assert_eq!(plan["next_review_on"], json!(ahead(30)));
    assert_eq!(plan["team"][0]["content"]["assignment"]["mentor"], json!(mentor.id));
    assert_eq!(plan["needs"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan["strengths"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan["goals"][0]["content"]["goal"]["measurements"][0]["value"], 15.0);
    assert!(plan["goals"][0]["content"]["aimline"].is_object());
    assert_eq!(plan["interventions"][0]["content"]["dosage"]["held_minutes"], 20);
    assert_eq!(plan["referrals"][0]["content"]["referral"]["status"], "requested");
    assert_eq!(plan["follow_ups"][0]["content"]["follow_up"]["status"], "completed");
    assert_eq!(plan["contacts"]["this_week"], 1);
    assert_eq!(plan["contacts"]["last_on"], json!(today()));

    let tracking = mentor.see(student.to(&format!("interventions/{intervention}/tracking"))).await;
    assert_eq!(tracking["dosage"]["held_sessions"], 1);
    let timeline = mentor.see(student.to("timeline")).await;
    let types: Vec<_> = timeline["items"].as_array().expect("lines").iter().map(|line| line["type"].as_str()).collect();
    for expected in
        ["CaseOpened", "PlanApproved", "ContactLogged", "SessionLogged", "FollowUpCompleted", "ReferralRequested"]
    {
        assert!(types.contains(&Some(expected)), "{expected} is not in {types:?}");
    }
}
