//! Files of a school without Ed-Fi, imported from the command line: what they hold is seen over HTTP.
use std::{fs, path::Path};

use reqwest::Method;
use serde_json::json;
use tests::{District, School, Student, command};
use uuid::Uuid;

/// Tells what a command printed; it must succeed.
fn told(district: &District, home: &Path, arguments: &[&str]) -> String {
    let mut command = command();
    let output = command.args(arguments).env("DATABASE_URL", &district.url).current_dir(home).output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Two students at a school; one was away twice, missed a credit and sat a test.
fn files(directory: &Path) {
    let write = |file: &str, text: &str| fs::write(directory.join(file), text).expect("a file");
    write("schools.csv", "school_id,name\nE,Elm Street\n");
    write(
        "terms.csv",
        "term_id,school_id,name,school_year,begin_date,end_date\nF,E,Fall,2026,2025-09-02,2026-01-30\nS,E,Spring,2026,2026-02-02,2026-06-26\n",
    );
    write(
        "students.csv",
        "Student ID,Full Name,School ID,Entry Date,Grade\n001,\"Byron, Ada\",E,9/2/2025,09\n002,\"Example, Ben\",E,9/2/2025,09\n",
    );
    write("attendance.csv", "student_id,school_id,date,status\n001,E,2026-03-02,unexcused\n001,E,2026-03-03,excused\n");
    write(
        "credits.csv",
        "student_id,school_id,school_year,term,course,attempted,earned\n001,E,2025,Year,ENG-8,6,6\n001,E,2026,Fall,ALG-1,1.5,0.25\n001,E,2026,Spring,ENG-9,1,1\n",
    );
    write("assessments.csv", "student_id,date,assessment,subject,score,level\n001,2026-03-01,MCAS,Math,222,NI\n");
}

#[tokio::test]
async fn credits_and_assessments_of_a_csv_stand_among_the_indicators_and_policies_measure_credits() {
    let (district, home) = (District::fresh().await.expect("a district"), tempfile::tempdir().expect("a directory"));
    let directory = home.path().join("files");
    fs::create_dir(&directory).expect("a directory");
    files(&directory);
    let import = ["import", "csv", "files"];
    let first = told(&district, home.path(), &import);
    assert!(!first.contains("not usable"), "{first}");

    let service = School::in_district(&district).await.district_staff("service").await;
    let schools = service.walk("/v1/schools", 10).await;
    let elm = schools.iter().find(|school| school["name"] == "Elm Street").expect("the school");
    let elm: Uuid = elm["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let school = School::at(&district, elm);
    let principal = school.staff("principal").await;
    let manager = school.district_staff("program_manager").await;
    let policy = json!({
        "title": "Credits missed", "source": "Made up", "effective_from": "2025-09-01",
        "thresholds": [{"measure": "credits_missed", "at_least": 125, "band": "at_risk"}]
    });
    manager.call(Method::PUT, "/v1/policies/credits/versions/1").json(policy).await.expect(201);

    let of = async |name: &str| {
        let found = principal.post("/v1/students:search", json!({"name": name, "school": elm})).await.expect(200);
        Student(found.items()[0]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id"))
    };
    let (ada, ben) = (of("Byron").await, of("Example").await);
    let shown = principal.see(ada.to("indicators?policy=credits")).await;
    assert_eq!((&shown["as_of"], &shown["attendance"]["unexcused"]), (&json!("2026-03-03"), &json!(1)));
    assert_eq!(shown["credits"], json!({"attempted": 150, "earned": 25, "earned_in_all": 625}), "spring is not over");
    let sat = json!([{"assessment": "MCAS", "subject": "Math", "on": "2026-03-01", "scores": [{"result": "222"}], "levels": ["NI"]}]);
    assert_eq!(shown["assessments"], sat);
    let judgement = &shown["policies"][0]["judgement"];
    assert_eq!((&judgement["band"], &judgement["triggers"][0]["found"]), (&json!("at_risk"), &json!(125)));
    let other = principal.see(ben.to("indicators?policy=credits")).await;
    assert_eq!((&other["credits"], &other["policies"][0]["judgement"]["band"]), (&json!(null), &json!("on_track")));
    assert_eq!(principal.see(ada.to("outcomes")).await["assessments"], sat);

    let bands = told(&district, home.path(), &["bands", "--policy", "credits@1"]);
    assert!(bands.starts_with("2 students of 1 schools in "), "{bands}");
    assert!(bands.ends_with("on_track 1\nat_risk 1\nchronic 0\nsevere 0\nunknown 0\n"), "{bands}");
    let again = told(&district, home.path(), &["import", "csv", "files", "--by-file"]);
    assert!(
        again.lines().skip(1).take_while(|line| !line.starts_with("interventions")).all(|line| {
            let counts: Vec<&str> = line.split_whitespace().collect();
            counts[2..4] == ["0", "0"]
        }),
        "{again}"
    );
}
