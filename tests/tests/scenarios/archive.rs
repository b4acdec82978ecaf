//! A case that is over is put away by hand, and nobody notices.
use chrono::{Days, Utc};
use serde_json::json;
use tests::{District, School, command};

/// Runs `throughline` beside the server, and returns what it says.
async fn throughline(district: &District, arguments: &[&str]) -> String {
    let mut command = command();
    command.args(arguments).env("DATABASE_URL", &district.url);
    let output = tokio::task::spawn_blocking(move || command.output()).await.expect("an end").expect("a run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[tokio::test]
async fn a_closed_case_that_was_put_away_is_read_reopened_and_brought_back() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let (closed, open) = (csd.open_case(&school).await, csd.open_case(&school).await);
    for student in [closed, open] {
        csd.create(student.to("notes"), json!({"text": "On time"})).await;
    }
    csd.act(closed.to("case/closure"), json!({"reason": "goals_met"})).await;
    let then = Utc::now().format("%Y-%m-%dT%H:%M:%S%.6fZ");
    let timeline = csd.walk(&closed.to("timeline"), 50).await;

    let today = Utc::now().date_naive();
    let tomorrow = (today + Days::new(1)).to_string();
    let early = throughline(&district, &["archive", "--closed-before", &today.to_string()]).await;
    assert_eq!(early, "put away: 0 (cases), 0 (events)\n");
    let moved = throughline(&district, &["archive", "--closed-before", &tomorrow]).await;
    assert_eq!(moved, "put away: 1 (cases), 3 (events)\n");

    assert_eq!(csd.walk(&closed.to("timeline"), 50).await, timeline);
    assert_eq!(csd.see(closed.to(&format!("case?as_of={then}"))).await["status"], "closed");
    csd.act(closed.to("case/reopening"), json!({"reason": "Absent again"})).await;
    assert_eq!(csd.see(closed.to("case")).await["status"], "open");
    assert!(throughline(&district, &["verify"]).await.contains("All is as the events have it."));

    let back = throughline(&district, &["archive", "--bring-back", &closed.0.to_string()]).await;
    assert_eq!(back, "brought back: 1 (cases), 3 (events)\n");
    assert!(throughline(&district, &["verify"]).await.contains("All is as the events have it."));
}
