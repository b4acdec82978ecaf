//! An erased student is nobody any more: not in an answer, not in a table, not in a file; and the log still verifies.
use std::{fs, path::Path, process::Command};

use reqwest::Method;
use rustix::process::Signal;
use serde_json::json;
use tests::{Clear, District, Person, School, Server, Student, ago, command, dump, fresh, said};
use uuid::Uuid;

/// Words that nobody says but here, of the erased and of somebody who stays.
const NAME: &str = "Quagmirethorn";
const NUMBER: &str = "SN-7714-0223";
const SAID: &str = "heliotropewise";
const STAYS: &str = "Bartholomewson";
/// What stands in a form that a family has signed, and what its file is called.
const SIGNED: &str = "verbenagrove";

/// A student with a record, an enrolment, a number at the district, a day of absence, a guardian and a case.
async fn known(csd: &Person, school: &School<'_>, clear: &Clear, name: &str, number: &str, words: &str) -> Student {
    let student = fresh();
    let names = json!({"given_name": "Ada", "family_name": name, "preferred_given_name": name});
    csd.call(Method::PUT, format!("/v1/students/{}", student.0)).json(names).await.expect(201);
    let enrolment = json!({"school": school.id, "entered_on": ago(60), "grade_level": "9"});
    csd.create(student.to("enrolments"), enrolment).await;
    let (partner, id, school, guardian) = (school.partner().await.0, student.0, school.id, Uuid::now_v7());
    let rows = format!(
        "INSERT INTO external_ids VALUES ('one-roster', 'student', '{number}', '{id}');
         INSERT INTO contacts (id, given_name, family_name, telephone, source)
             VALUES ('{guardian}', 'Eve', '{name}', '{number}', 'hand');
         INSERT INTO student_contacts (student, contact, relation, source) VALUES ('{id}', '{guardian}', '{name}', 'hand');
         INSERT INTO student_school_attendance_events (student, school, event_date, attendance_event_category,
             attendance_event_reason, source) VALUES ('{id}', '{school}', '2026-03-02', 'Absent', '{name}', 'hand');"
    );
    clear.tell(&rows).await.expect("rows");
    let case = json!({"school": school, "reason": words, "tier": 2});
    csd.call(Method::PUT, student.to("case")).json(case).await.expect(201);
    for _ in 0..3 {
        csd.create(student.to("notes"), json!({"text": format!("{words} of {name}")})).await;
    }
    csd.create(student.to("needs"), json!({"category": "attendance", "description": words})).await;
    sign(csd, student, partner).await;
    student
}

/// A form that the family has signed: attached under a name of its own, and named by a consent.
async fn sign(csd: &Person, student: Student, partner: Uuid) {
    let (form, name) = (format!("%PDF-1.4\n% {SIGNED}\n%%EOF\n"), format!("attachment; filename=\"{SIGNED}.pdf\""));
    let attach = csd.call(Method::POST, student.to("attachments")).file("application/pdf", form.as_bytes());
    let attached = attach.header("content-disposition", name).await.expect(201).body;
    let consent = json!({
        "partner": partner, "purpose": "mentoring", "scope": ["directory"], "signatory": SIGNED, "relation": "parent", "signed_on": ago(1),
        "evidence": [{"attachment": attached["attachment"], "sha256": attached["sha256"]}]
    });
    csd.create(student.to("consents"), consent).await;
    let file = student.to(&format!("attachments/{}", attached["attachment"].as_str().expect("an id")));
    let read = csd.get(file).open().await.expect("an answer").bytes().await.expect("a file");
    assert_eq!(read, form.as_bytes());
}

/// The files below `directory` in which one of `words` stands, as it is, in UTF-16 or in base64.
fn files_with(directory: &Path, words: &[&str]) -> Vec<String> {
    let mut forms: Vec<Vec<u8>> = vec![];
    for word in words {
        forms.push(word.as_bytes().to_vec());
        forms.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        for before in 0..3 {
            // Whatever stands before and after it, these digits are its own.
            let digits = tests::base64(&[&b"???"[..before], word.as_bytes()].concat());
            forms.push(digits.as_bytes()[[0, 2, 3][before]..digits.len() - 4].to_vec());
        }
    }
    let escaped = |form: &Vec<u8>| form.iter().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    let pattern = forms.iter().map(escaped).collect::<Vec<_>>().join("|");
    let mut grep = Command::new("grep");
    let found = grep.env("LC_ALL", "C").args(["-rlaP", "-e", &pattern]).arg(directory).output().expect("a search");
    assert_ne!(found.status.code(), None);
    String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn an_erased_student_is_in_no_answer_no_table_and_no_file_and_the_log_verifies() {
    let directory = tests::directory().expect("a directory");
    let data = directory.path().join("data");
    let district = District::in_directory(&data).await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let clear = Clear::open(&district.url).await.expect("a connection");
    let student = known(&csd, &school, &clear, NAME, NUMBER, SAID).await;
    let other = known(&csd, &school, &clear, STAYS, "SN-1", "unremarkable").await;
    let throughline = |arguments: &[&str]| said(command().args(arguments).arg("--data-dir").arg(&data));
    let (id, by) = (student.0.to_string(), officer.id.to_string());

    clear.tell("CHECKPOINT").await.expect("a checkpoint");
    assert!(!files_with(&data, &[NAME]).is_empty(), "the search finds what is there");
    let sealed = files_with(&data, &[SAID, SIGNED]);
    assert_eq!(sealed, Vec::<String>::new(), "what is said and signed was never there in clear");

    let early = throughline(&["erase", &id, "--by", &by, "--confirm", &id]);
    assert!(!early.0 && early.1.contains("nobody has asked"), "{}", early.1);
    let not_theirs = throughline(&["erase", &id, "--by", &csd.id.to_string()]);
    assert!(!not_theirs.0 && not_theirs.1.contains("only a privacy officer"), "{}", not_theirs.1);
    let asked = throughline(&["erase", &id, "--by", &by]);
    assert!(asked.0 && asked.1.contains("Nothing is removed yet"), "{}", asked.1);
    assert!(csd.see(student.to("timeline")).await.to_string().contains(SAID));
    assert!(!throughline(&["erase", &id, "--by", &by, "--confirm", &other.0.to_string()]).0, "another one was named");
    let erased = throughline(&["erase", &id, "--by", &by, "--confirm", &id]);
    assert!(erased.0, "{}", erased.1);
    assert!(throughline(&["erase", &id, "--by", &by, "--confirm", &id]).0, "repeated it changes nothing");

    for path in ["case", "plan", "timeline", "entries"] {
        csd.get(student.to(path)).await.refused(404, "not-found");
    }
    csd.get(format!("/v1/students/{id}")).await.refused(404, "not-found");
    csd.post(student.to("notes"), json!({"text": "again"})).await.refused(404, "not-found");
    let names = json!({"given_name": "Ada", "family_name": NAME});
    csd.call(Method::PUT, format!("/v1/students/{id}")).json(names).await.refused(404, "not-found");
    let case = json!({"school": school.id, "reason": "again", "tier": 2});
    let reopened = csd.call(Method::PUT, student.to("case")).json(case).await;
    assert!([404, 409].contains(&reopened.status), "{:#}", reopened.body);
    assert!(!csd.see("/v1/caseload").await.to_string().contains(&id));
    assert!(csd.see(other.to("timeline")).await.to_string().contains("unremarkable"), "the others stay");

    assert_eq!(clear.tables_with(NAME).await.expect("an answer"), Vec::<String>::new());
    assert_eq!(clear.tables_with(NUMBER).await.expect("an answer"), Vec::<String>::new());
    assert_eq!(clear.kept_of(student.0).await.expect("an answer"), ["counted", "erasures"]);
    let verified = throughline(&["verify"]);
    assert!(verified.0 && verified.1.contains("All is as the events have it."), "{}", verified.1);
    assert!(throughline(&["rebuild"]).0);
    assert!(throughline(&["verify"]).0, "views that were built anew are without the erased");
    assert!(throughline(&["erase", "--scrub"]).0);
    let said = district.server.said();
    assert!([NAME, SAID, SIGNED].iter().all(|word| !said.contains(word)), "{said}");

    let dumped = dump(&district.url);
    assert!(dumped.contains(STAYS) && [NAME, NUMBER, SAID, SIGNED].iter().all(|word| !dumped.contains(word)));

    drop(clear);
    let District { mut server, .. } = district;
    server.signal(Signal::TERM).expect("a signal");
    server.ended().expect("an end");
    assert_eq!(files_with(&data, &[NAME, NUMBER, SAID, SIGNED]), Vec::<String>::new());
    assert!(!files_with(&data, &[STAYS]).is_empty(), "the search finds what is there");
}

#[tokio::test]
async fn who_was_erased_is_erased_again_when_a_backup_comes_back_and_not_let_in_by_an_import() {
    let directory = tests::directory().expect("a directory");
    let ledger = directory.path().join("erasures.ledger");
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let clear = Clear::open(&district.url).await.expect("a connection");
    let student = known(&csd, &school, &clear, NAME, NUMBER, SAID).await;
    let (id, by) = (student.0.to_string(), officer.id.to_string());
    let erase = |arguments: &[&str]| {
        let mut command = command();
        command.arg("erase").args(arguments).env("DATABASE_URL", &district.url);
        said(command.env("THROUGHLINE_ERASURE_LEDGER", &ledger))
    };
    assert!(erase(&[&id, "--by", &by]).0);
    // A backup is taken: everything of the student's is in it.
    clear.tell("CREATE SCHEMA backup; CREATE TABLE backup.students AS TABLE students;
                CREATE TABLE backup.external_ids AS TABLE external_ids; CREATE TABLE backup.student_keys AS TABLE student_keys").await.expect("a backup");
    assert!(erase(&[&id, "--by", &by, "--confirm", &id]).0);
    let line = fs::read_to_string(&ledger).expect("a ledger");
    assert!(line.contains(&id) && !line.contains(NAME) && !line.contains(NUMBER), "{line}");

    // It comes back, and knows nothing of the erasure.
    clear
        .tell(
            "INSERT INTO students SELECT * FROM backup.students ON CONFLICT DO NOTHING;
                INSERT INTO external_ids SELECT * FROM backup.external_ids ON CONFLICT DO NOTHING;
                INSERT INTO student_keys SELECT * FROM backup.student_keys ON CONFLICT DO NOTHING;
                DELETE FROM erasures; DELETE FROM erased_ids; DROP SCHEMA backup CASCADE",
        )
        .await
        .expect("a restore");
    assert!(!clear.tables_with(NAME).await.expect("an answer").is_empty());
    let mut serve = tests::serve();
    let server = Server::start(serve.env("DATABASE_URL", &district.url).env("THROUGHLINE_ERASURE_LEDGER", &ledger));
    let server = server.expect("a server");
    assert_eq!(clear.tables_with(NAME).await.expect("an answer"), Vec::<String>::new());
    assert_eq!(clear.tables_with(NUMBER).await.expect("an answer"), Vec::<String>::new());
    csd.at(&server.address).get(student.to("case")).await.refused(404, "not-found");
    assert_eq!(erase(&["--again"]), (true, "erased again: 0 students".to_owned()));

    // The district's system still knows the student.
    let export = directory.path().join("export");
    fs::create_dir(&export).expect("a directory");
    for (file, lines) in tests::one_roster(NUMBER, NAME) {
        fs::write(export.join(file), lines).expect("a file");
    }
    let rejects = directory.path().join("rejects.csv");
    let mut import = command();
    import.args(["import", "one-roster"]).arg(&export).arg("--rejects").arg(&rejects);
    let (done, told) = said(import.env("DATABASE_URL", &district.url));
    assert!(done, "{told}");
    assert!(fs::read_to_string(&rejects).expect("a list").contains("erased: is not to come back"), "{told}");
    assert_eq!(clear.tables_with(NAME).await.expect("an answer"), Vec::<String>::new());
}

#[tokio::test]
async fn of_every_table_with_students_it_is_said_whether_their_rows_go() {
    let district = District::shared().await;
    let clear = Clear::open(&district.url).await.expect("a connection");
    let known: Vec<&str> = [infrastructure::erasure::ERASED, infrastructure::erasure::KEPT].concat();
    let unknown: Vec<_> = clear
        .tables_of_students()
        .await
        .expect("tables")
        .into_iter()
        .filter(|table| !known.contains(&&**table))
        .collect();
    assert!(
        unknown.is_empty(),
        "say of {unknown:?} in infrastructure/src/erasure/tables.rs whether erasure removes its rows"
    );
}
