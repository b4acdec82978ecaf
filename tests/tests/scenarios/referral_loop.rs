//! The referral's loop: drafted, sent with consent, answered, served, closed with an outcome.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};
use uuid::Uuid;

const NOTHING: Value = Value::Null;

fn coat(partner: Uuid, shares: Value) -> Value {
    json!({"partner": partner, "purpose": "basic_needs", "reason": "A winter coat", "shares": shares})
}

fn consent(partner: Uuid) -> Value {
    json!({
        "partner": partner, "purpose": "basic_needs", "scope": ["directory"], "signatory": "Maria Lopez",
        "relation": "parent", "signed_on": ago(3), "expires_on": ahead(90)
    })
}

async fn request(csd: &Person, student: Student, partner: Uuid) -> Uuid {
    let referral = csd.create(student.to("referrals"), coat(partner, json!([]))).await;
    csd.act(student.to(&format!("referrals/{referral}/request")), NOTHING).await;
    referral
}

#[tokio::test]
async fn what_shares_data_is_sent_once_the_family_has_consented() {
    let school = School::found().await;
    let csd = school.csd().await;
    let ((partner, _), (other, _)) = (school.partner().await, school.partner().await);
    let student = csd.open_case(&school).await;
    let referral = csd.create(student.to("referrals"), coat(partner, json!(["directory"]))).await;
    let send = || csd.call(Method::POST, student.to(&format!("referrals/{referral}/request")));

    send().await.refused(409, "consent-missing");
    csd.create(student.to("consents"), consent(other)).await;
    send().await.refused(409, "consent-missing");
    let lapsed = json!({"signed_on": ago(30), "expires_on": ago(1)});
    let mut expired = consent(partner);
    expired["signed_on"] = lapsed["signed_on"].clone();
    expired["expires_on"] = lapsed["expires_on"].clone();
    csd.create(student.to("consents"), expired).await;
    send().await.refused(409, "consent-missing");

    let given = csd.create(student.to("consents"), consent(partner)).await;
    let withdrawal = json!({"by": "Maria Lopez"});
    csd.act(student.to(&format!("consents/{given}/withdrawal")), withdrawal).await;
    send().await.refused(409, "consent-missing");
    csd.create(student.to("consents"), consent(partner)).await;
    send().await.expect(204);
    send().await.refused(409, "referral-not-draft");
}

#[tokio::test]
async fn a_referral_is_answered_served_and_closed_with_an_outcome() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    let draft = csd.create(student.to("referrals"), coat(partner, json!([]))).await;
    worker.get(student.entry(draft)).await.refused(404, "not-found");
    csd.act(student.to(&format!("referrals/{draft}/request")), NOTHING).await;
    let step = |name: &str| student.to(&format!("referrals/{draft}/{name}"));

    let waiting = worker.see("/v1/referrals?status=requested").await;
    assert_eq!(waiting["items"][0]["entry"], json!(draft));
    assert!(waiting["items"][0]["next_actions"].to_string().contains("accept_referral"));
    worker.post(step("completion"), json!({"outcome": "got_help"})).await.refused(409, "referral-not-accepted");
    worker.act(step("acceptance"), json!({})).await;
    worker.post(step("service"), json!({"on": ahead(1)})).await.refused(409, "service-in-future");
    worker.act(step("service"), json!({"on": today()})).await;
    worker.post(step("completion"), json!({})).await.refused(400, "invalid-body");
    worker.act(step("completion"), json!({"outcome": "got_help", "note": "It is blue"})).await;

    let plan = csd.see(student.to("plan")).await;
    assert_eq!(plan["referrals"][0]["content"]["referral"]["status"], "completed", "{:#}", plan["referrals"]);
    assert!(plan["referrals"][0].to_string().contains("got_help"));
    csd.post(step("cancellation"), json!({"by": "school", "reason": "Late"})).await.expect(400);
    // Once it is over, the student is no business of the partner's any more.
    worker.get(student.to("case")).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_partner_sees_of_a_student_what_was_referred_to_it_and_nothing_else() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let ((partner, worker), (other, elsewhere)) = (school.partner().await, school.partner().await);
    let student = csd.open_case(&school).await;
    let unrelated = csd.open_case(&school).await;
    csd.create(student.to("needs"), json!({"category": "basic_needs", "description": "Sleeps at an aunt's"})).await;
    let note = csd.create(student.to("notes"), json!({"text": "For the team"})).await;
    manager.create(student.to("notes"), json!({"text": "Therapy", "visibility": "mental_health"})).await;
    let mine = request(&csd, student, partner).await;
    let theirs = csd.create(student.to("referrals"), coat(other, json!([]))).await;

    elsewhere.get(student.to("plan")).await.refused(404, "not-found");
    worker.get(unrelated.to("case")).await.refused(404, "not-found");
    let plan = worker.see(student.to("plan")).await;
    assert_eq!(plan["referrals"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan["referrals"][0]["entry"], json!(mine));
    for hidden in ["needs", "strengths", "goals", "follow_ups", "withheld", "team", "consents", "interventions"] {
        assert_eq!(plan[hidden], json!([]), "{hidden}");
    }
    assert!(plan["case"]["reason"].is_null());
    worker.get(student.entry(note)).await.refused(404, "not-found");
    worker.get(student.entry(theirs)).await.refused(404, "not-found");
    let lines = worker.walk(&student.to("timeline"), 2).await;
    assert!(lines.iter().all(|line| line["entry"] == json!(mine)), "{lines:#?}");
    assert_eq!(worker.walk(&student.to("entries"), 1).await.len(), 1);
    let referrals = worker.walk("/v1/referrals", 1).await;
    assert_eq!(referrals.len(), 1);
    let refused = worker.post(student.to("notes"), json!({"text": "Mine"})).await;
    refused.refused(403, "forbidden");
}

#[tokio::test]
async fn a_partner_finds_every_referral_of_one_student_among_its_referrals() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    let sent = [request(&csd, student, partner).await, request(&csd, student, partner).await];
    let found = worker.walk("/v1/referrals", 7).await;
    let found: Vec<_> = found.iter().map(|referral| referral["entry"].clone()).collect();
    assert_eq!(found, sent.map(|id| json!(id)));
}

#[tokio::test]
async fn a_forwarded_referral_goes_from_one_partner_to_another() {
    let school = School::found().await;
    let csd = school.csd().await;
    let ((partner, worker), (other, next)) = (school.partner().await, school.partner().await);
    let student = csd.open_case(&school).await;
    let referral = request(&csd, student, partner).await;
    worker.get(student.to("case")).await.expect(200);
    next.get(student.to("case")).await.refused(404, "not-found");

    let forwarding = json!({"partner": other, "reason": "Has a place at once"});
    csd.act(student.to(&format!("referrals/{referral}/forwarding")), forwarding).await;

    worker.get(student.to("case")).await.refused(404, "not-found");
    next.act(student.to(&format!("referrals/{referral}/acceptance")), json!({})).await;
}

#[tokio::test]
async fn a_rejected_referral_says_why() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (partner, worker) = school.partner().await;
    let student = csd.open_case(&school).await;
    let referral = request(&csd, student, partner).await;
    worker.act(student.to(&format!("referrals/{referral}/rejection")), json!({"reason": "no_capacity"})).await;
    assert_eq!(csd.see(student.entry(referral)).await["status"], "rejected");
    let told = csd.see(student.to(&format!("timeline?entry={referral}"))).await;
    assert!(told["items"][0]["headline"].to_string().contains("no capacity"), "{told:#}");
    worker.get(student.entry(referral)).await.refused(404, "not-found");
}

#[tokio::test]
async fn a_requested_referral_says_by_when_it_is_to_be_answered_and_when_it_surfaces() {
    let school = School::found().await;
    let csd = school.csd().await;
    let (partner, _) = school.partner().await;
    let student = csd.open_case(&school).await;
    request(&csd, student, partner).await;
    let plan = csd.see(student.to("plan")).await;
    let referral = &plan["referrals"][0]["content"];
    assert_eq!(referral["unanswered"], false);
    let day = |name: &str| referral["referral"][name].as_str().and_then(|day| day.parse().ok());
    let (respond_by, surfaces): (Option<chrono::NaiveDate>, Option<_>) = (day("respond_by"), day("surfaces_on"));
    assert!(Some(ahead(2)) <= respond_by && respond_by < surfaces && surfaces <= Some(ahead(8)), "{referral:#}");
    let found = csd.see("/v1/referrals?unchanged_days=1").await;
    assert_eq!(found["items"], json!([]), "it changed today");
}
