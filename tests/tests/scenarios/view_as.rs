//! Reading as somebody else sees it: what both may read, nothing written, and all of it written down as both.
use serde_json::json;
use tests::{Call, Person, School, today};

fn looking(who: &Person, whom: &Person, path: impl AsRef<str>) -> Call {
    who.get(path).header("throughline-view-as", whom.id)
}

#[tokio::test]
async fn a_director_reads_as_a_mentor_what_both_may_read() {
    let school = School::found().await;
    let (csd, mentor, other) = (school.csd().await, school.mentor().await, school.mentor().await);
    let officer = school.district_staff("privacy_officer").await;
    let (mentee, stranger) = (csd.open_case(&school).await, csd.open_case(&school).await);
    csd.assign(&mentor, mentee).await;
    csd.assign(&other, stranger).await;
    let open = mentor.create(mentee.to("notes"), json!({"text": "For the team"})).await;
    let school_only = csd.create(mentee.to("notes"), json!({"text": "Hidden", "visibility": "school"})).await;

    let me = looking(&csd, &mentor, "/v1/me").await.expect(200).body;
    assert_eq!((&me["id"], &me["viewed_by"]["id"]), (&json!(mentor.id), &json!(csd.id)), "{me:#}");
    assert_eq!(me["operations"], json!([]));
    assert_eq!(csd.see("/v1/me").await.get("viewed_by"), None);

    let line = looking(&csd, &mentor, "/v1/caseload").await.expect(200);
    let students: Vec<_> = line.items().iter().map(|line| line["student"].clone()).collect();
    assert_eq!(students, [json!(mentee.0)]);
    let plan = looking(&csd, &mentor, mentee.to("plan")).await.expect(200).body;
    assert_eq!(plan["case"]["next_actions"], json!([]), "{plan:#}");
    looking(&csd, &mentor, stranger.to("plan")).await.refused(404, "not-found");
    looking(&csd, &mentor, mentee.entry(open)).await.expect(200);
    looking(&csd, &mentor, mentee.entry(school_only)).await.refused(404, "not-found");
    looking(&csd, &mentor, format!("/v1/schools/{}/figures", school.id)).await.refused(403, "forbidden");
    looking(&csd, &mentor, format!("/v1/staff/{}/activity", mentor.id)).await.expect(200);
    let found = looking(&csd, &mentor, format!("/v1/schools/{}/students", school.id)).await.expect(200);
    assert!(found.items().iter().all(|line| line["id"] != json!(stranger.0)));

    let log = officer.walk(&mentee.to("accesses"), 50).await;
    let told = |operation: &str| {
        let line = log.iter().find(|line| line["operation"] == operation).unwrap_or_else(|| panic!("{operation}"));
        (line["staff"].clone(), line["seen_as"].clone())
    };
    for operation in ["list_caseload", "show_support_plan", "show_entry"] {
        assert_eq!(told(operation), (json!(csd.id), json!(mentor.id)), "{operation}");
    }
    assert_eq!(officer.walk(&stranger.to("accesses"), 50).await, [] as [serde_json::Value; 0]);

    let log = officer.walk(&format!("/v1/accesses?staff={}", csd.id), 3).await;
    assert!(
        log.iter().all(|line| (&line["staff"], &line["seen_as"]) == (&json!(csd.id), &json!(mentor.id))),
        "{log:#?}"
    );
    let told: Vec<_> = log.iter().filter_map(|line| line["operation"].as_str()).collect();
    // What shows no case is written down, too; and what was refused.
    for operation in ["show_me", "list_students", "show_staff_activity", "show_school_figures", "list_caseload"] {
        assert!(told.contains(&operation), "{operation}: {told:?}");
    }
    assert!(officer.walk(&format!("/v1/accesses?staff={}", mentor.id), 50).await.is_empty());
}

#[tokio::test]
async fn nothing_is_written_as_somebody_else() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let student = csd.open_case(&school).await;
    csd.assign(&mentor, student).await;
    let write = csd.post(student.to("notes"), json!({"text": "Mine?"})).header("throughline-view-as", mentor.id);
    write.await.refused(403, "viewing-as-another");
    let contact = json!({"on": today(), "outcome": "made", "medium": "phone"});
    let write = csd.post(student.to("contacts"), contact).header("throughline-view-as", csd.id);
    write.await.refused(403, "viewing-as-another");
    csd.get("/v1/me").header("throughline-view-as", "Rosa").await.refused(400, "invalid-header");
}

#[tokio::test]
async fn who_may_not_read_as_others_is_told_why_or_does_not_know_of_them() {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let elsewhere = school.another().await;
    for role in ["principal", "school_staff", "mental_health_manager", "success_mentor"] {
        looking(&school.staff(role).await, &mentor, "/v1/me").await.refused(403, "forbidden");
    }
    looking(&elsewhere.csd().await, &mentor, "/v1/me").await.refused(404, "not-found");
    looking(&csd, &csd, "/v1/me").await.refused(403, "forbidden");
    csd.get("/v1/me").header("throughline-view-as", uuid::Uuid::now_v7()).await.refused(404, "not-found");
    // Rights end with the next request, those of either.
    looking(&csd, &mentor, "/v1/caseload").await.expect(200);
    school.dismiss(&mentor).await;
    looking(&csd, &mentor, "/v1/caseload").await.refused(403, "forbidden");
}

#[tokio::test]
async fn the_district_reads_as_others_without_learning_more() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    for role in ["privacy_officer", "program_manager"] {
        let person = school.district_staff(role).await;
        looking(&person, &csd, "/v1/me").await.expect(200);
        looking(&person, &csd, format!("/v1/schools/{}", school.id)).await.expect(200);
        looking(&person, &csd, student.to("case")).await.refused(404, "not-found");
        looking(&person, &csd, format!("/v1/caseload?school={}", school.id)).await.refused(404, "not-found");
        looking(&person, &csd, format!("/v1/schools/{}/students", school.id)).await.refused(403, "forbidden");
        looking(&person, &csd, "/v1/changes").await.refused(404, "not-found");
    }
}
