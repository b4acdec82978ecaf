//! A district's files, imported beside a running server: what the district knows of interventions stands on the cases.
use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::json;
use tests::{District, Person, School, command, grand_bend};
use uuid::Uuid;

fn import(district: &District, folder: &Path, home: &Path) -> Command {
    let mut command = command();
    command.args(["import", "ed-fi"]).arg(folder).env("DATABASE_URL", &district.url).current_dir(home);
    command
}

/// What an import tells, in its order; the columns are separated by single spaces.
fn told(import: &mut Command) -> Vec<String> {
    let output = import.output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

async fn versions(person: &Person, school: Uuid) -> Vec<u64> {
    let lines = person.walk(&format!("/v1/caseload?school={school}"), 10).await;
    lines.iter().map(|line| line["version"].as_u64().expect("a version")).collect()
}

#[tokio::test]
async fn grand_bends_interventions_stand_on_their_students_cases_once() {
    let Some(folder) = grand_bend() else { return };
    let (district, home) = (District::fresh().await.expect("a district"), tempfile::tempdir().expect("a directory"));
    let first = told(&mut import(&district, &folder, home.path()));
    assert!(first.contains(&"Student 960 960 0 0 0".to_owned()), "{first:#?}");
    assert_eq!(first.last().expect("a line"), "interventions on students' cases: 25 new, 0 known, 25 cases opened");

    let service = School::in_district(&district).await.district_staff("service").await;
    let schools = service.walk("/v1/schools", 10).await;
    let high = schools.iter().find(|school| school["name"] == "Grand Bend High School").expect("the high school");
    let high: Uuid = high["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let csd = School::at(&district, high).csd().await;
    assert_eq!(versions(&csd, high).await, [3; 25]);
    for intervention in csd.walk(&format!("/v1/interventions?school={high}"), 10).await {
        let record = &intervention["content"];
        assert_eq!((&record["started_on"], &record["date_assumed"]), (&json!("2021-08-23"), &json!(true)));
        assert_eq!(record["plan"]["kind"], "check_and_connect");
        assert_eq!((&record["status"], &record["dosage"]), (&json!("active"), &json!(null)), "nobody said how often");
    }

    let second = told(&mut import(&district, &folder, home.path()));
    assert_eq!(second.last().expect("a line"), "interventions on students' cases: 0 new, 25 known, 0 cases opened");
    assert!(second.contains(&"Student 960 0 0 960 0".to_owned()), "{second:#?}");
    assert_eq!(versions(&csd, high).await, [3; 25]);
}

#[tokio::test]
async fn an_import_that_cannot_be_read_says_so_and_fails() {
    let (school, home) = (School::found().await, tempfile::tempdir().expect("a directory"));
    let mut import = import(school.district(), home.path(), home.path());
    let output = import.stdin(Stdio::null()).output().expect("an end");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("no XML file in this directory"), "{said}");
}
