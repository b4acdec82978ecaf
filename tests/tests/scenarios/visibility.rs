//! What is for some is shown to these alone: on the plan, the timeline, in lists, queues, counts and filters.
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};
use uuid::Uuid;

struct Case {
    student: Student,
    manager: Person,
    blind: [Person; 4],
    hidden: Vec<Uuid>,
    partner: Uuid,
}

/// A case with something of every kind in the mental-health compartment.
async fn case() -> Case {
    let school = School::found().await;
    let (csd, manager, mentor) = (school.csd().await, school.manager().await, school.mentor().await);
    let (partner, _) = school.partner().await;
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    csd.create(student.to("needs"), json!({"category": "attendance", "description": "Misses the bus"})).await;
    let mut hidden = vec![];
    let secret = |mut body: Value| {
        body["visibility"] = json!("mental_health");
        body
    };
    let plain = [
        ("notes", json!({"text": "Therapy"})),
        ("needs", json!({"category": "mental_health", "description": "Therapy"})),
        ("strengths", json!({"description": "Therapy"})),
        ("referrals", json!({"partner": partner, "purpose": "mental_health", "reason": "Therapy"})),
        ("follow-ups", json!({"what": "Therapy", "due": {"on": ahead(3)}, "owner": manager.id})),
        ("contacts", json!({"on": today(), "outcome": "made", "medium": "phone", "note": "Therapy"})),
    ];
    for (what, body) in plain {
        hidden.push(manager.create(student.to(what), secret(body)).await);
    }
    let consent = json!({
        "partner": partner, "purpose": "mental_health", "scope": ["directory"], "signatory": "Therapy",
        "relation": "parent", "signed_on": ago(3)
    });
    hidden.push(manager.create(student.to("consents"), secret(consent)).await);
    manager.act(student.to(&format!("referrals/{}/request", hidden[3])), Value::Null).await;
    let goal = manager.create(student.to("goals"), secret(json!({"description": "Therapy"}))).await;
    let target = json!({
        "measure": "Therapy", "baseline": 1, "target": 5, "direction": "increase", "starts_on": ago(10), "due_on": ahead(10)
    });
    manager.act(student.to(&format!("goals/{goal}/target")), target).await;
    let progress = json!({"on": today(), "value": 2, "note": "Therapy"});
    hidden.push(manager.create(student.to(&format!("goals/{goal}/progress")), progress).await);
    hidden.push(goal);
    let intervention = manager.start_intervention(student, "mental_health").await;
    let session = json!({"held_on": today(), "outcome": "held", "minutes": 30, "note": "Therapy"});
    hidden.push(manager.create(student.to(&format!("interventions/{intervention}/sessions")), session).await);
    hidden.push(intervention);
    let (principal, staff) = (school.staff("principal").await, school.staff("school_staff").await);
    Case { student, manager, blind: [csd, mentor, principal, staff], hidden, partner }
}

#[tokio::test]
async fn what_is_for_mental_health_is_invisible_to_everybody_else_wherever_they_look() {
    let Case { student, manager, blind, hidden, partner } = case().await;
    let mut places = vec![student.to("plan"), student.to("case"), "/v1/caseload".to_owned()];
    places.extend(["follow-ups", "referrals", "interventions", "plans"].map(|queue| format!("/v1/{queue}")));
    places.extend(["entries", "timeline"].map(|list| student.to(list)));
    places.extend(hidden.iter().map(|entry| student.to(&format!("timeline?entry={entry}"))));
    places.extend(hidden.iter().map(|entry| student.to(&format!("entries?parent={entry}"))));
    for kind in ["note", "need", "referral", "goal", "progress", "intervention", "session", "consent", "contact"] {
        places.push(student.to(&format!("entries?kind={kind}")));
    }
    for person in &blind {
        for place in &places {
            let text = person.see(place).await.to_string();
            assert!(!text.contains("Therapy"), "{place}: {text}");
            assert!(!text.contains(&partner.to_string()), "{place} tells of the partner: {text}");
            for entry in &hidden {
                assert!(!text.contains(&entry.to_string()), "{place}: {text}");
            }
        }
        for entry in &hidden {
            person.get(student.entry(*entry)).await.refused(404, "not-found");
        }
        let tracking = student.to(&format!("interventions/{}/tracking", hidden[hidden.len() - 1]));
        person.get(tracking).await.refused(404, "not-found");
        // Filters do not tell either, and that there is something is told by role and day only.
        assert_eq!(person.see(student.to("timeline?about=goal")).await["items"], json!([]));
        let by_manager = format!("timeline?author={}", manager.id);
        assert_eq!(person.see(student.to(&by_manager)).await["items"], json!([]));
        let lines = person.walk(&student.to("timeline"), 3).await;
        let withheld: Vec<_> = lines.iter().filter(|line| line["withheld"] == true).collect();
        assert!(withheld.len() >= hidden.len(), "{withheld:#?}");
        for line in withheld {
            for name in ["author", "headline", "words", "entry", "type", "about"] {
                assert!(line[name].is_null(), "{line:#}");
            }
        }
        let plan = person.see(student.to("plan")).await;
        assert!(plan["withheld"].as_array().is_some_and(|withheld| !withheld.is_empty()));
        assert_eq!(plan["needs"].as_array().map(Vec::len), Some(1));
    }
    for entry in &hidden {
        manager.get(student.entry(*entry)).await.expect(200);
    }
    assert!(manager.see(student.to("plan")).await.to_string().contains("Therapy"));
}

#[tokio::test]
async fn only_its_managers_write_in_the_compartment_and_no_number_tells_of_it() {
    let Case { student, manager, blind, .. } = case().await;
    let note = json!({"text": "Speaks of a clinic", "visibility": "mental_health"});
    for person in &blind {
        let refused = person.post(student.to("notes"), note.clone()).await.refused(403, "forbidden");
        assert!(refused.body["detail"].as_str().is_some_and(|said| said.contains("mental-health compartment")));
    }
    let line = |page: Value| page["items"].as_array().and_then(|lines| lines.first().cloned()).expect("a line");
    for person in [&blind[0], &blind[1], &manager] {
        let line = line(person.see("/v1/caseload").await);
        assert_eq!((&line["open_follow_ups"], &line["contacts_this_week"]), (&json!(0), &json!(0)), "{line:#}");
        assert!(line["next_due_on"].is_null() && line["last_contact_on"].is_null(), "{line:#}");
    }
    let contact = json!({"on": today(), "outcome": "made", "medium": "phone", "visibility": "school"});
    blind[0].create(student.to("contacts"), contact).await;
    assert_eq!(line(blind[0].see("/v1/caseload").await)["contacts_this_week"], json!(1));
    // Outside the compartment its manager does not lead.
    let need = json!({"category": "attendance", "description": "Misses the bus", "visibility": "team"});
    manager.post(student.to("needs"), need).await.refused(403, "forbidden");
}

#[tokio::test]
async fn what_cannot_be_seen_cannot_be_changed() {
    let Case { student, blind, hidden, .. } = case().await;
    let [csd, mentor, ..] = &blind;
    let reason = json!({"reason": "Mistake"});
    for person in [csd, mentor] {
        for entry in &hidden[..3] {
            let retraction = person.post(student.to(&format!("entries/{entry}/retraction")), reason.clone()).await;
            retraction.refused(404, "not-found");
        }
        let shown = json!({"visibility": "team", "reason": "Let me see"});
        person.post(student.to(&format!("notes/{}/visibility", hidden[0])), shown).await.refused(404, "not-found");
        let corrected = json!({"text": "Nothing"});
        person.post(student.to(&format!("notes/{}/correction", hidden[0])), corrected).await.refused(404, "not-found");
        let done = json!({"result": "Done"});
        let completion = person.post(student.to(&format!("follow-ups/{}/completion", hidden[4])), done).await;
        assert_eq!(completion.status, 404, "{:#}", completion.body);
    }
    let goal = hidden[hidden.len() - 3];
    assert_eq!(csd.post(student.to(&format!("goals/{goal}/hold")), reason.clone()).await.status, 404);
    let referral = hidden[3];
    assert_eq!(csd.post(student.to(&format!("referrals/{referral}/hold")), reason).await.status, 404);
}

#[tokio::test]
async fn an_entry_for_author_and_supervisor_opens_to_these_two() {
    let school = School::found().await;
    let (csd, mentor, other) = (school.csd().await, school.mentor().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    csd.create(student.to("mentor-assignments"), json!({"mentor": other.id, "since": ago(3), "primary": false})).await;
    let body = json!({"text": "I am worried", "visibility": "author_and_supervisor"});
    let note = mentor.create(student.to("notes"), body).await;
    for person in [&mentor, &csd] {
        assert_eq!(person.see(student.entry(note)).await["content"]["note"]["text"], "I am worried");
    }
    for person in [other, school.staff("principal").await, school.manager().await] {
        person.get(student.entry(note)).await.refused(404, "not-found");
        let timeline = person.see(student.to("timeline")).await;
        assert_eq!(timeline["items"][0]["withheld"], true);
        assert_eq!(timeline["items"][0]["author_role"], "success_mentor");
    }
}

#[tokio::test]
async fn a_note_that_is_shown_to_fewer_disappears_from_the_past_too() {
    let school = School::found().await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let student = csd.open_case(&school).await;
    let note = manager.create(student.to("notes"), json!({"text": "Speaks of therapy"})).await;
    let correction = json!({"text": "Speaks of therapy on Mondays", "reason": "Day"});
    manager.act(student.to(&format!("notes/{note}/correction")), correction).await;
    assert!(csd.see(student.to("timeline")).await.to_string().contains("on Mondays"));

    let change = json!({"visibility": "mental_health", "reason": "It speaks of therapy"});
    manager.act(student.to(&format!("notes/{note}/visibility")), change).await;

    let timeline = csd.see(student.to("timeline")).await;
    assert!(!timeline.to_string().contains("therapy"), "{timeline:#}");
    assert_eq!(timeline["items"].as_array().map(Vec::len), Some(4));
    let then = format!("timeline?as_of={}", chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ"));
    assert!(!csd.see(student.to(&then)).await.to_string().contains("therapy"));
    csd.get(student.entry(note)).await.refused(404, "not-found");

    let change = json!({"visibility": "team", "reason": "It does not"});
    manager.act(student.to(&format!("notes/{note}/visibility")), change).await;
    assert!(csd.see(student.to("timeline")).await.to_string().contains("on Mondays"));
}

#[tokio::test]
async fn nobody_writes_into_a_compartment_that_they_do_not_see() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let note = mentor.create(student.to("notes"), json!({"text": "Mine"})).await;
    for person in [&csd, &mentor] {
        let body = json!({"text": "Hidden", "visibility": "mental_health"});
        let answer = person.post(student.to("notes"), body).await;
        if answer.status == 201 {
            // Whoever may write there loses sight of it at once.
            person.get(answer.header("location")).await.refused(404, "not-found");
        } else {
            answer.refused(403, "forbidden");
        }
    }
    csd.get(student.entry(note)).await.expect(200);
}
