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

/// The bands of a school's students on the last day of school, by number.
async fn bands(person: &Person, school: &str, policy: &str) -> Vec<u64> {
    let path = format!("/v1/schools/{school}/bands?as_of=2022-05-27&policy={policy}");
    let shown = person.see(path).await;
    ["students", "on_track", "at_risk", "chronic", "severe", "unknown"]
        .map(|band| shown[band].as_u64().unwrap_or(0))
        .into()
}

#[tokio::test]
async fn grand_bend_has_bands_under_two_policies_once_it_is_taken_to_be_enrolled() {
    let Some(folder) = grand_bend() else { return };
    let (district, home) = (District::fresh().await.expect("a district"), tempfile::tempdir().expect("a directory"));
    told(&mut import(&district, &folder, home.path()));
    let service = School::in_district(&district).await.district_staff("service").await;
    let schools = service.walk("/v1/schools", 10).await;
    let high = schools.iter().find(|school| school["name"] == "Grand Bend High School").expect("the high school");
    let high = high["id"].as_str().expect("an id").to_owned();
    let principal = School::at(&district, high.parse().expect("an id")).staff("principal").await;
    assert_eq!(bands(&principal, &high, "attendance-works").await[0], 0, "nobody says who is enrolled");

    let second = told(import(&district, &folder, home.path()).arg("--assume-enrolled"));
    assert!(second.iter().any(|line| line.starts_with("stays (assumed): 960")), "{second:#?}");
    let (works, nysed) =
        (bands(&principal, &high, "attendance-works").await, bands(&principal, &high, "nysed-2025").await);
    assert!(works[0] > 50 && works[0] == works[1..].iter().sum::<u64>() && works[5] == 0, "{works:?}");
    assert!(nysed[0] == works[0] && nysed[1..].iter().sum::<u64>() == works[0], "{nysed:?}");

    let warnings = format!("/v1/schools/{high}/early-warnings?as_of=2022-05-27");
    let listed = principal.walk(&warnings, 7).await;
    let at_risk =
        listed.iter().filter(|warning| warning["signals"].to_string().contains("at_risk_without_case")).count();
    let with_case =
        listed.iter().filter(|warning| warning["has_case"] == true && warning["band"] != "on_track").count();
    assert!(at_risk as u64 + with_case as u64 >= works[2] + works[3] + works[4], "{at_risk} {with_case} {works:?}");
    let first = listed.first().expect("a warning");
    let student = first["student"].as_str().expect("an id");
    let shown =
        principal.see(format!("/v1/students/{student}/indicators?policy=attendance-works&policy=nysed-2025")).await;
    assert_eq!((&shown["as_of"], &shown["attendance"]["enrolled"]), (&json!("2022-05-27"), &json!(169)));
    assert_eq!((&shown["enrolment_assumed"], &shown["days_placed"]), (&json!(true), &json!(true)));
    let policies: Vec<_> =
        shown["policies"].as_array().expect("policies").iter().map(|p| p["in_force"].clone()).collect();
    assert_eq!(policies, [true, false], "nysed-2025 was not in force in 2022, and can be looked at");
    let picture = principal.get(format!("/v1/students/{student}/outcomes")).header("accept", "image/svg+xml").await;
    let drawn = picture.expect(200).body;
    assert!(drawn.as_str().is_some_and(|svg| svg.starts_with("<svg") && svg.contains("role=\"img\"")));
}

#[tokio::test]
async fn an_import_that_cannot_be_read_says_so_and_fails() {
    let (school, home) = (School::found().await, tempfile::tempdir().expect("a directory"));
    let mut import = import(school.district(), home.path(), home.path());
    let output = import.stdin(Stdio::null()).output().expect("an end");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("no XML file in this directory"), "{said}");
}
