//! Whoever may not read an entry does not hear of it: not when it is written, and not afterwards.
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Person, Student, ago};
use uuid::Uuid;

use super::at_school;

/// What a new note of the case's own is for: everything that came before it was heard, or will never be.
async fn heard_until(following: &mut tests::Following, entry: Uuid) -> Vec<Value> {
    let mut heard = vec![];
    loop {
        let change = following.change().await;
        if change["entry"] == json!(entry) {
            return heard;
        }
        heard.push(change);
    }
}

async fn refer(manager: &Person, student: Student, partner: Uuid) -> Uuid {
    let consent = json!({
        "partner": partner, "purpose": "mental_health", "scope": ["directory"], "signatory": "Her mother",
        "relation": "parent", "signed_on": ago(3), "visibility": "mental_health"
    });
    manager.create(student.to("consents"), consent).await;
    let draft = json!({
        "partner": partner, "purpose": "mental_health", "reason": "Therapy", "shares": ["directory"],
        "visibility": "mental_health"
    });
    let referral = manager.create(student.to("referrals"), draft).await;
    manager.act(student.to(&format!("referrals/{referral}/request")), Value::Null).await;
    referral
}

#[tokio::test]
async fn that_a_student_was_referred_to_a_clinic_is_told_to_the_manager_and_the_clinic() {
    let (school, csd, mentor, student) = at_school().await;
    let (manager, principal) = (school.manager().await, school.staff("principal").await);
    let ((clinic, clinician), (_, other)) = (school.partner().await, school.partner().await);
    let mut blind = vec![];
    for person in [&csd, &mentor, &principal] {
        blind.push(person.follow("").await);
    }
    let (mut hers, mut theirs, mut others) =
        (manager.follow("").await, clinician.follow("").await, other.follow("").await);
    let referral = refer(&manager, student, clinic).await;
    let note = csd.create(student.to("notes"), json!({"text": "Afterwards"})).await;

    for following in &mut blind {
        assert_eq!(heard_until(following, note).await, Vec::<Value>::new());
    }
    let told: Vec<_> = heard_until(&mut hers, note).await.iter().map(|change| change["type"].clone()).collect();
    assert_eq!(told, ["ConsentGiven", "ReferralDrafted", "ReferralRequested"]);
    // The clinic hears of what was sent to it, and of the consent that lets it know.
    loop {
        let change = theirs.change().await;
        assert_eq!(change["visibility"], "mental_health");
        clinician.see(change["link"].as_str().expect("a link")).await;
        if change["entry"] == json!(referral) {
            break;
        }
    }
    // To have told a party outside the school is a disclosure.
    let officer = school.district_staff("privacy_officer").await;
    let register = officer.see(student.to("disclosures")).await;
    let by_feed =
        register["items"].as_array().expect("a register").iter().find(|one| one["operation"] == "follow_changes");
    assert_eq!(by_feed.expect("a disclosure")["staff"], json!(clinician.id), "{register:#}");
    assert_eq!(others.hears_within(Duration::from_secs(3)).await, None);
}

#[tokio::test]
async fn what_is_hidden_since_is_not_told_to_who_comes_back_later() {
    let (school, csd, mentor, student) = at_school().await;
    let manager = school.manager().await;
    let mut following = mentor.follow("").await;
    let place = following.last.clone();
    let note = manager.create(student.to("notes"), json!({"text": "Speaks of therapy"})).await;
    assert_eq!(following.change().await["entry"], json!(note));
    let change = json!({"visibility": "mental_health", "reason": "It speaks of therapy"});
    manager.act(student.to(&format!("notes/{note}/visibility")), change).await;
    let after = csd.create(student.to("notes"), json!({"text": "Afterwards"})).await;
    // Once that was heard, it counts for everything that came before.
    assert_eq!(following.change().await["entry"], json!(after));
    assert_eq!(mentor.follow(&place).await.change().await["entry"], json!(after));
}

#[tokio::test]
async fn everything_that_is_told_can_be_read_and_everything_else_cannot() {
    let (school, csd, mentor, student) = at_school().await;
    let manager = school.manager().await;
    let (partner, worker) = school.partner().await;
    for visibility in ["team", "school", "author_and_supervisor", "mental_health"] {
        for author in [&csd, &mentor, &manager] {
            // Some may not write there.
            author.post(student.to("notes"), json!({"text": "x", "visibility": visibility})).await;
        }
    }
    refer(&manager, student, partner).await;
    let last = csd.create(student.to("notes"), json!({"text": "Last"})).await;
    let all = manager.walk(&student.to("entries"), 200).await;
    assert!(all.len() > 10);
    for person in [&csd, &mentor, &manager, &school.staff("school_staff").await] {
        let mut told = heard_until(&mut person.follow("0").await, last).await;
        told.retain(|change| change["student"] == json!(student.0));
        for entry in all.iter().map(|entry| &entry["entry"]).filter(|entry| **entry != json!(last)) {
            let is_told = told.iter().any(|change| change["entry"] == *entry);
            let path = student.to(&format!("entries/{}", entry.as_str().expect("an id")));
            assert_eq!(is_told, person.get(&path).await.status == 200, "{path}");
        }
    }
    let mut theirs = worker.follow("0").await;
    assert_eq!(theirs.change().await["about"], "consent");
    assert_eq!(theirs.change().await["about"], "referral");
}
