//! Tables for researchers: who gets them, what is in them, and that they name nobody.
use chrono::{DateTime, NaiveDate, Utc};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Clear, Person, School, command, said};
use uuid::Uuid;

const HISTORIES: &str = "/v1/exports/case-histories";
const PARQUET: &str = "application/vnd.apache.parquet";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

async fn bytes(person: &Person, path: &str, form: &'static str) -> Vec<u8> {
    let answer = person.get(path).header("accept", form).open().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.bytes().await.expect("a table").to_vec()
}

/// Eleven students who have a mentor since February, and were contacted once.
async fn mentored() -> (School<'static>, Vec<String>) {
    let school = School::found().await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let mut enrolled = vec![];
    for _ in 0..11 {
        enrolled.push(school.enrol(day("2026-01-05")).await);
    }
    // Only now is there a year that could be worked out.
    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    let mut students = vec![];
    for student in enrolled {
        let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
        csd.call(Method::PUT, student.to("case")).json(body).await.expect(201);
        let assignment = json!({"mentor": mentor.id, "since": "2026-02-09", "primary": true});
        csd.create(student.to("mentor-assignments"), assignment).await;
        let contact = json!({"on": "2026-02-11", "outcome": "made", "medium": "phone", "note": "Ada was at home"});
        mentor.create(student.to("contacts"), contact).await;
        students.push(student.0.to_string());
    }
    (school, students)
}

/// Asks for the case histories of a year, and has `officer` agree; where they can be exported.
async fn agreed(who: &Person, officer: &Person, year: i16) -> String {
    let purpose = json!({"purpose": "Evaluation of mentoring", "school_year": year});
    let path = who.post(HISTORIES, purpose).await.expect(201).header("location").to_owned();
    officer.act(format!("{path}/decision"), json!({"agreed": true})).await;
    path
}

#[tokio::test]
async fn case_histories_name_nobody_and_go_through_the_privacy_officer() {
    let (school, students) = mentored().await;
    let (officer, other) =
        (school.district_staff("privacy_officer").await, school.district_staff("privacy_officer").await);
    let path = &agreed(&officer, &other, 2026).await;
    let mut text = String::new();
    for _ in 0..100 {
        text = String::from_utf8(bytes(&officer, path, "text/csv").await).expect("text");
        if text.matches("contact_made").count() >= 11 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(text.starts_with("subject,grades,school_day,what,code,number,of\n"), "{text}");
    assert!(text.matches(",2,contact_made,").count() >= 11, "two school days after the mentor was assigned");
    for word in students.iter().map(String::as_str).chain(["Ada", "2026-", &school.id.to_string()]) {
        assert!(!text.contains(word), "{word}");
    }
    let again = String::from_utf8(bytes(&officer, path, "text/csv").await).expect("text");
    let subject = |text: &str| text.lines().nth(1).and_then(|line| line.split(',').next()).map(str::to_owned);
    assert!(!again.contains(&subject(&text).expect("a subject")), "another export knows them by other ids");
    assert!(bytes(&officer, path, PARQUET).await.starts_with(b"PAR1"));
    let none = bytes(&officer, &agreed(&officer, &other, 1990).await, "text/csv").await;
    assert_eq!(none, b"subject,grades,school_day,what,code,number,of\n", "of nobody only the columns");
}

#[tokio::test]
async fn case_histories_go_to_who_asked_for_them_once_another_has_agreed_and_for_some_days() {
    let school = School::found().await;
    let (manager, colleague) =
        (school.district_staff("program_manager").await, school.district_staff("program_manager").await);
    let (officer, other) =
        (school.district_staff("privacy_officer").await, school.district_staff("privacy_officer").await);
    let asked = json!({"purpose": "Evaluation of mentoring", "school_year": 2026});
    school.csd().await.post(HISTORIES, asked.clone()).await.refused(403, "forbidden");
    let key = Uuid::now_v7();
    for _ in 0..2 {
        let answer = manager.post(HISTORIES, asked.clone()).key(key).await.expect(201);
        assert_eq!(answer.header("location"), format!("{HISTORIES}/{key}"));
    }
    colleague.post(HISTORIES, asked.clone()).key(key).await.refused(409, "idempotency-key-reused");
    let (path, decision) = (format!("{HISTORIES}/{key}"), format!("{HISTORIES}/{key}/decision"));

    manager.get(&path).await.refused(409, "histories-not-agreed");
    manager.post(&decision, json!({"agreed": true})).await.refused(403, "forbidden");
    officer.post(&decision, json!({"agreed": true, "days": 91})).await.refused(400, "invalid-body");
    for _ in 0..2 {
        officer.act(&decision, json!({"agreed": true, "days": 3})).await;
    }
    other.post(&decision, json!({"agreed": false})).await.refused(409, "histories-decided");
    manager.get(&path).open().await.expect("an answer").error_for_status().expect("the histories");
    colleague.get(&path).await.refused(403, "forbidden");
    school.csd().await.get(&path).await.refused(403, "forbidden");
    manager.get(format!("{HISTORIES}/{}", Uuid::now_v7())).await.refused(404, "not-found");

    let listed = colleague.walk(HISTORIES, 50).await;
    let line = listed.iter().find(|line| line["request"] == json!(key)).expect("the request");
    assert_eq!((&line["state"], &line["decided_by"]), (&json!("agreed"), &json!(officer.id)), "{line:#}");
    let log = officer.walk(&format!("/v1/accesses?staff={}", manager.id), 50).await;
    let line = json!(["export_case_histories", key, 2026]);
    assert!(
        log.iter().all(|read| json!([read["operation"], read["request"], read["school_year"]]) == line),
        "{log:#?}"
    );
    assert_eq!(log.len(), 1, "what was refused did not go out");
    assert_eq!(log[0]["exported"], json!({"what": "case_histories", "form": "csv"}));
    manager.get("/v1/accesses").await.refused(403, "forbidden");

    // Time passes, as far as the database knows.
    let store = Clear::open(&school.district().url).await.expect("a database");
    let past = format!("UPDATE case_history_requests SET until = now() - interval '1 minute' WHERE id = '{key}'");
    store.tell(&past).await.expect("an hour later");
    manager.get(&path).await.refused(409, "histories-lapsed");

    let own = officer.post(HISTORIES, asked).await.expect(201).header("location").to_owned();
    let decision = format!("{own}/decision");
    officer.post(&decision, json!({"agreed": true})).await.refused(409, "another-officer-decides");
    other.act(&decision, json!({"agreed": false})).await;
    officer.get(&own).await.refused(409, "histories-not-agreed");
}

#[tokio::test]
async fn an_agreement_to_case_histories_is_taken_back_and_the_decision_is_kept() {
    let school = School::found().await;
    let manager = school.district_staff("program_manager").await;
    let (officer, other) =
        (school.district_staff("privacy_officer").await, school.district_staff("privacy_officer").await);
    let path = agreed(&manager, &officer, 2026).await;
    let withdrawal = format!("{path}/withdrawal");
    manager.get(&path).open().await.expect("an answer").error_for_status().expect("the histories");
    manager.call(Method::POST, &withdrawal).await.refused(403, "forbidden");
    let nothing = format!("{HISTORIES}/{}/withdrawal", Uuid::now_v7());
    officer.call(Method::POST, nothing).await.refused(404, "not-found");

    let line = async || {
        let listed = manager.walk(HISTORIES, 50).await;
        listed.into_iter().find(|line| path.ends_with(line["request"].as_str().expect("an id"))).expect("the request")
    };
    let before = line().await;
    // Another than who agreed, and then both again.
    for who in [&other, &officer, &other] {
        who.act(&withdrawal, Value::Null).await;
    }
    for who in [&manager, &officer] {
        who.get(&path).await.refused(409, "histories-withdrawn");
    }
    let mut after = line().await;
    assert_eq!((&after["state"], &after["withdrawn_by"]), (&json!("withdrawn"), &json!(other.id)), "{after:#}");
    let at = after["withdrawn_at"].as_str().expect("a time").parse::<DateTime<Utc>>().expect("a time");
    assert!(at > after["decided_at"].as_str().expect("a time").parse::<DateTime<Utc>>().expect("a time"));
    let said = after.as_object_mut().expect("a line");
    said.remove("withdrawn_by");
    said.remove("withdrawn_at");
    said.insert("state".to_owned(), json!("agreed"));
    assert_eq!(after, before, "the decision stays as it was");
    // Neither is it agreed to once more.
    for said in [true, false] {
        let decision = json!({"agreed": said});
        officer.post(format!("{path}/decision"), decision).await.refused(409, "histories-withdrawn");
    }
    assert_eq!(exports_of(&manager, &officer).await.len(), 1, "what had gone out is still told");

    let asked = json!({"purpose": "Evaluation of mentoring", "school_year": 2026});
    let waiting = manager.post(HISTORIES, asked).await.expect(201).header("location").to_owned();
    let withdraw = |path: &str| officer.call(Method::POST, format!("{path}/withdrawal"));
    withdraw(&waiting).await.refused(409, "histories-never-agreed");
    officer.act(format!("{waiting}/decision"), json!({"agreed": false})).await;
    withdraw(&waiting).await.refused(409, "histories-never-agreed");

    // Time passes, as far as the database knows.
    let again = agreed(&manager, &officer, 2026).await;
    let store = Clear::open(&school.district().url).await.expect("a database");
    for path in [&path, &again] {
        let id = path.rsplit('/').next().expect("an id");
        let past = format!("UPDATE case_history_requests SET until = now() - interval '1 minute' WHERE id = '{id}'");
        store.tell(&past).await.expect("an hour later");
    }
    withdraw(&again).await.refused(409, "histories-agreement-ended");
    officer.act(&withdrawal, Value::Null).await;
    assert_eq!(line().await["state"], "withdrawn", "it did not end by itself");
}

#[tokio::test]
async fn figures_are_exported_to_program_managers_with_what_their_columns_say() {
    let (school, _) = mentored().await;
    let manager = school.district_staff("program_manager").await;
    let bands = "/v1/exports/school-bands?school_year=2026";
    let text = String::from_utf8(bytes(&manager, bands, "text/csv").await).expect("text");
    let march = format!("{},attendance-works@1,2026-03-31,11,11,,,,", school.id);
    assert!(text.contains(&march), "{text}");
    for path in [bands, "/v1/exports/effects?by=mentor_programme&school_year=2026"] {
        let table = manager.get(path).header("accept", PARQUET).open().await.expect("an answer");
        assert_eq!(table.headers()["content-type"], PARQUET);
        assert!(table.bytes().await.expect("a table").starts_with(b"PAR1"), "{path}");
        school.csd().await.get(path).await.refused(403, "forbidden");
        school.district_staff("privacy_officer").await.get(path).await.refused(403, "forbidden");
    }
    let line = |operation, what, asked, form| json!([operation, {"what": what, "asked": asked, "form": form}]);
    let lines = [
        line("export_effects", "effects", "by=mentor_programme&school_year=2026", "parquet"),
        line("export_school_bands", "school_bands", "school_year=2026", "parquet"),
        line("export_school_bands", "school_bands", "school_year=2026", "csv"),
    ];
    let officer = school.district_staff("privacy_officer").await;
    assert_eq!(exports_of(&manager, &officer).await, lines, "what was refused did not go out");
    let said = school.mentor().await.see("/v1/exports/data-dictionary").await;
    let columns: Vec<_> = said["items"].as_array().expect("columns").iter().map(|column| &column["column"]).collect();
    assert!(columns.contains(&&json!("school_day")) && columns.contains(&&json!("difference")));
    let names = "table,column,kind,unit,source,meaning\n";
    let table = bytes(&manager, "/v1/exports/data-dictionary", "text/csv").await;
    assert!(table.starts_with(names.as_bytes()));
}

/// The lines of a school, without its id.
fn of_school(text: &str, school: &School<'_>) -> Vec<String> {
    let id = format!("{},", school.id);
    text.lines().filter_map(|line| line.strip_prefix(&id)).map(str::to_owned).collect()
}

#[tokio::test]
async fn what_was_done_at_each_school_is_exported_without_small_numbers() {
    let (school, students) = mentored().await;
    let manager = school.district_staff("program_manager").await;
    let small = school.another().await;
    let csd = small.csd().await;
    let one = csd.open_case(&small).await;
    let contact = json!({"on": "2026-02-11", "outcome": "made", "medium": "phone"});
    let written = csd.post(one.to("contacts"), contact).await.expect(201);
    let token = written.header("consistency-token").to_owned();
    let path = "/v1/exports/school-figures?weeks=104";
    let text = manager.get(path).header("consistency-token", &token).header("accept", "text/csv");
    let text = text.open().await.expect("an answer").text().await.expect("a table");
    assert!(text.starts_with("school,as_of,measure,status,week,tier,waiting,due,number,minutes\n"), "{text}");
    let lines = of_school(&text, &school);
    let ends = |end: &str| lines.iter().any(|line| line.ends_with(end));
    assert!(ends(",cases,open,,2,,,11,") && ends(",contacts,made,2026-02-09,,,,11,0"), "{lines:#?}");
    let lines = of_school(&text, &small);
    assert!(
        lines.iter().any(|line| line.ends_with(",cases,open,,2,,,,")),
        "of one student nothing is told: {lines:#?}"
    );
    assert!(lines.iter().any(|line| line.ends_with(",contacts,made,2026-02-09,,,,,")), "{lines:#?}");
    assert!(students.iter().all(|student| !text.contains(student)));
    let parquet = manager.get(path).header("accept", PARQUET).open().await.expect("an answer");
    assert!(parquet.bytes().await.expect("a table").starts_with(b"PAR1"));
    let short = manager.get("/v1/exports/school-figures?weeks=0").await.refused(400, "invalid-parameter");
    assert_eq!(short.body["errors"][0]["parameter"], "weeks");

    let home = tempfile::tempdir().expect("a directory");
    let export = |arguments: &[&str]| {
        let mut command = command();
        command.arg("export").args(arguments).env("DATABASE_URL", &school.district().url);
        said(command.env_remove("THROUGHLINE_MASTER_KEY").current_dir(home.path()))
    };
    let only = school.id.to_string();
    let (done, told) =
        export(&["school-figures", "--weeks", "104", "--school", &only, "--format", "csv", "--to", "figures.csv"]);
    let file = std::fs::read_to_string(home.path().join("figures.csv")).expect("a file");
    assert_eq!(of_school(&file, &school), of_school(&text, &school), "the same as over HTTP");
    let rows = file.lines().count() - 1;
    assert!(done && told.starts_with(&format!("{rows} rows of school_figures in figures.csv")), "{told}");
    for kind in ["effects", "school-bands", "data-dictionary"] {
        let (done, told) = export(&[kind, "--format", "parquet", "--to", kind]);
        let file = std::fs::read(home.path().join(kind)).expect("a file");
        assert!(done && file.starts_with(b"PAR1") && file.ends_with(b"PAR1"), "{told}");
    }
    let nobody = "0192a000-0000-7000-8000-000000000001";
    let (done, told) = export(&["school-bands", "--school", nobody, "--to", "none.csv"]);
    assert!(!done && told.contains("there is no school"), "{told}");
    let (done, told) = export(&["effects", "--policy", "no-such", "--to", "none.csv"]);
    assert!(!done && told.contains("no policy of that name"), "{told}");
    assert_eq!(std::fs::read_dir(home.path()).expect("a directory").count(), 4, "no file where there is no table");

    let officer = school.district_staff("privacy_officer").await;
    let log = officer.walk("/v1/accesses", 7).await;
    let asked = json!(format!("104 weeks, {only}"));
    let by_command: Vec<_> = log.iter().filter(|line| line["exported"]["asked"] == asked).collect();
    let exported = json!({"what": "school_figures", "asked": asked, "form": "csv", "lines": rows});
    assert_eq!(by_command.len(), 1, "{log:#?}");
    assert_eq!((&by_command[0]["operation"], &by_command[0]["exported"]), (&json!("export"), &exported));
    assert!(by_command[0]["os_user"].as_str().is_some_and(|user| !user.is_empty()));
    assert!(by_command[0].get("staff").is_none(), "nobody signs in on the server's machine");
    let over_http =
        |form| json!(["export_school_figures", {"what": "school_figures", "asked": "weeks=104", "form": form}]);
    assert_eq!(exports_of(&manager, &officer).await, [over_http("parquet"), over_http("csv")], "the latest first");
}

/// What somebody exported, as it stands in the log that the privacy officer reads.
async fn exports_of(somebody: &Person, officer: &Person) -> Vec<Value> {
    let log = officer.walk(&format!("/v1/accesses?staff={}", somebody.id), 50).await;
    log.iter().map(|line| json!([line["operation"], line["exported"]])).collect()
}

#[tokio::test]
async fn a_school_stands_beside_the_district_year_by_year() {
    let (school, _) = mentored().await;
    let path = format!("/v1/schools/{}/years", school.id);
    let own = school.csd().await.see(&path).await;
    let year = &own["years"][0];
    assert_eq!((&year["school_year"], &year["known_through"]), (&json!(2026), &json!("2026-03-31")));
    assert_eq!(year["school"], json!({"students": 11, "judged": 11, "chronic": 0, "chronic_thousandths": 0}));
    assert!(year["schools"].as_u64().is_some_and(|schools| schools >= 1));
    assert!(own["not_known"].to_string().contains("graduation"));
    school.district_staff("program_manager").await.get(&path).await.expect(200);
    school.mentor().await.get(&path).await.refused(403, "forbidden");
    school.another().await.csd().await.get(&path).await.refused(404, "not-found");
}
