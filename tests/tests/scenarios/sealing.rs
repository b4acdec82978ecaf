//! What is said of a student lies nowhere in clear, under no key but the student's, which no database knows.
use serde_json::{Value, json};
use tests::{Clear, District, MASTER_KEY, Person, School, Server, Student, ago, ahead, command, said, serve, today};

/// A word that nobody says but here.
const SAID: &str = "quillwort";

/// A case on which something was said in every way there is.
async fn told(school: &School<'_>, csd: &Person, manager: &Person) -> Student {
    let student = csd.open_case(school).await;
    let (partner, _) = school.partner().await;
    let note = csd.create(student.to("notes"), json!({"text": format!("{SAID} in a note")})).await;
    let kept = json!({"text": format!("{SAID} in confidence"), "visibility": "mental_health"});
    let secret = manager.create(student.to("notes"), kept).await;
    let corrected = json!({"text": format!("{SAID}, corrected"), "reason": SAID});
    csd.act(student.to(&format!("notes/{note}/correction")), corrected).await;
    let shown = json!({"visibility": "team", "reason": SAID});
    manager.act(student.to(&format!("notes/{secret}/visibility")), shown).await;
    csd.create(student.to("needs"), json!({"category": "attendance", "description": SAID})).await;
    let consent = json!({"partner": partner, "purpose": "mentoring", "scope": ["directory"], "signatory": SAID,
        "relation": "parent", "signed_on": ago(3)});
    csd.create(student.to("consents"), consent).await;
    let follow_up = json!({"what": SAID, "due": {"on": ahead(3)}, "owner": csd.id});
    csd.create(student.to("follow-ups"), follow_up).await;
    let contact = json!({"on": today(), "outcome": "made", "medium": "phone", "note": SAID});
    let wrong = csd.create(student.to("contacts"), contact).await;
    let right = csd.open_case(school).await;
    let relocation = json!({"to": right.0, "reason": SAID});
    csd.act(student.to(&format!("entries/{wrong}/move")), relocation).await;
    let moved = csd.see(right.entry(wrong)).await;
    assert_eq!(moved["content"]["contact"]["note"], SAID, "what was moved opens to who reads the right case");
    student
}

#[tokio::test]
async fn what_is_said_is_read_by_who_may_and_found_in_no_table() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let student = told(&school, &csd, &manager).await;

    let plan = csd.see(student.to("plan")).await.to_string();
    let timeline = Value::from(csd.walk(&student.to("timeline"), 50).await).to_string();
    let entries = Value::from(csd.walk(&student.to("entries"), 50).await).to_string();
    let queue = csd.see("/v1/follow-ups").await.to_string();
    for (what, answer) in [("plan", plan), ("timeline", timeline), ("entries", entries), ("queue", queue)] {
        assert!(answer.contains(SAID) && !answer.contains("sealed") && !answer.contains("to_seal"), "{what}: {answer}");
    }

    let clear = Clear::open(&district.url).await.expect("a connection");
    assert_eq!(clear.tables_with(SAID).await.expect("an answer"), Vec::<String>::new());
    assert!(
        clear.tables_with("to_seal").await.expect("an answer").is_empty(),
        "nothing is kept under a key of the process"
    );
    assert!(!clear.tables_with("sealed").await.expect("an answer").is_empty(), "it is there, sealed");
    let verified =
        said(command().arg("verify").env_remove("THROUGHLINE_MASTER_KEY").env("DATABASE_URL", &district.url));
    assert!(verified.0, "the log is checked without any key: {}", verified.1);
}

#[tokio::test]
async fn what_the_compartment_holds_is_under_the_second_key_as_long_as_it_is_there() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, manager) = (school.csd().await, school.manager().await);
    let student = csd.open_case(&school).await;
    let kept = json!({"text": SAID, "visibility": "mental_health"});
    let note = manager.create(student.to("notes"), kept).await;
    let clear = Clear::open(&district.url).await.expect("a connection");
    assert_eq!(clear.key_of_note(note).await.expect("a key"), 2);

    let shown = json!({"visibility": "team", "reason": "Agreed with the student"});
    manager.act(student.to(&format!("notes/{note}/visibility")), shown).await;
    assert_eq!(clear.key_of_note(note).await.expect("a key"), 1);
    assert_eq!(csd.see(student.entry(note)).await["content"]["note"]["text"], SAID);

    let hidden = json!({"visibility": "mental_health", "reason": "After all"});
    manager.act(student.to(&format!("notes/{note}/visibility")), hidden).await;
    assert_eq!(clear.key_of_note(note).await.expect("a key"), 2);
    let corrected = json!({"text": format!("{SAID} again")});
    manager.act(student.to(&format!("notes/{note}/correction")), corrected).await;
    assert_eq!(clear.key_of_note(note).await.expect("a key"), 2);
}

#[tokio::test]
async fn a_shared_database_without_its_master_key_is_refused_at_the_start() {
    let district = District::fresh().await.expect("a district");
    let refused = |command: &mut std::process::Command| {
        let (done, said) = said(command.env("DATABASE_URL", &district.url));
        assert!(!done, "{said}");
        said
    };
    let without = refused(serve().env_remove("THROUGHLINE_MASTER_KEY"));
    assert!(without.contains("THROUGHLINE_MASTER_KEY_FILE") && without.contains("throughline key create"), "{without}");
    let other = "b25lIG1vcmUgbWFzdGVyIGtleSBvZiB0aGUgdGVzdHM=";
    let another = refused(serve().env("THROUGHLINE_MASTER_KEY", other));
    assert!(another.contains("was sealed under the master key"), "{another}");
    let none = refused(serve().env("THROUGHLINE_MASTER_KEY", "secret"));
    assert!(none.contains("line 1 is no master key") && !none.contains("secret"), "{none}");
}

#[tokio::test]
async fn the_master_key_is_made_kept_changed_and_checked_and_the_log_stays_as_it_was() {
    let directory = tests::directory().expect("a directory");
    let (file, copy) = (directory.path().join("master.key"), directory.path().join("copy.key"));
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    csd.create(student.to("notes"), json!({"text": SAID})).await;
    let key = |arguments: &[&str]| {
        let mut command = command();
        command.arg("key").args(arguments).arg("--master-key-file").arg(&file);
        said(command.env_remove("THROUGHLINE_MASTER_KEY").env("DATABASE_URL", &district.url))
    };
    assert!(key(&["create"]).0);
    assert!(!key(&["create"]).0, "nothing is written over");
    assert!(!key(&["check"]).0, "it is another key than the store's");

    std::fs::write(&file, MASTER_KEY).expect("a file");
    let (good, checked) = key(&["check"]);
    assert!(good && checked.contains("All of them open."), "{checked}");
    assert!(key(&["backup", &copy.display().to_string()]).0);
    let clear = Clear::open(&district.url).await.expect("a connection");
    let log = clear.log().await.expect("the log");
    assert!(key(&["renew"]).0);
    let (good, rotated) = key(&["rotate"]);
    assert!(good && rotated.contains("the keys of 1 students"), "{rotated}");
    assert_eq!(clear.log().await.expect("the log"), log);
    let (good, checked) = key(&["check"]);
    assert!(good, "{checked}");

    let mut fresh = serve();
    fresh.env_remove("THROUGHLINE_MASTER_KEY").env("THROUGHLINE_MASTER_KEY_FILE", &file);
    let server = Server::start(fresh.env("DATABASE_URL", &district.url)).expect("a server");
    let plan = csd.at(&server.address).see(student.to("timeline")).await.to_string();
    assert!(plan.contains(SAID), "{plan}");
    let before = said(serve().env("DATABASE_URL", &district.url));
    assert!(!before.0 && before.1.contains("was sealed under"), "the key before opens it no more: {}", before.1);
}
