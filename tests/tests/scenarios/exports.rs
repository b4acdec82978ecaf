//! Tables for researchers: who gets them, what is in them, and that they name nobody.
use chrono::NaiveDate;
use serde_json::json;
use tests::{Person, School};

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
    school.teaches(day("2026-01-05"), day("2026-06-26"), day("2026-03-31")).await;
    let (csd, mentor) = (school.csd().await, school.mentor().await);
    let mut students = vec![];
    for _ in 0..11 {
        let student = school.enrol(day("2026-01-05")).await;
        let body = json!({"school": school.id, "reason": "Absent", "tier": 2});
        csd.call(reqwest::Method::PUT, student.to("case")).json(body).await.expect(201);
        let assignment = json!({"mentor": mentor.id, "since": "2026-02-09", "primary": true});
        csd.create(student.to("mentor-assignments"), assignment).await;
        let contact = json!({"on": "2026-02-11", "outcome": "made", "medium": "phone", "note": "Ada was at home"});
        mentor.create(student.to("contacts"), contact).await;
        students.push(student.0.to_string());
    }
    (school, students)
}

#[tokio::test]
async fn case_histories_name_nobody_and_go_through_the_privacy_officer() {
    let (school, students) = mentored().await;
    let officer = school.district_staff("privacy_officer").await;
    let path = "/v1/exports/case-histories?school_year=2026";
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

    school.district_staff("program_manager").await.get(path).await.refused(403, "forbidden");
    school.csd().await.get(path).await.refused(403, "forbidden");
    let none = bytes(&officer, "/v1/exports/case-histories?school_year=1990", "text/csv").await;
    assert_eq!(none, b"subject,grades,school_day,what,code,number,of\n", "of nobody only the columns");
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
    let said = school.mentor().await.see("/v1/exports/data-dictionary").await;
    let columns: Vec<_> = said["items"].as_array().expect("columns").iter().map(|column| &column["column"]).collect();
    assert!(columns.contains(&&json!("school_day")) && columns.contains(&&json!("difference")));
    let names = "table,column,kind,unit,source,meaning\n";
    let table = bytes(&manager, "/v1/exports/data-dictionary", "text/csv").await;
    assert!(table.starts_with(names.as_bytes()));
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
