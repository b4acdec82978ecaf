//! A mentee is absent: the mentor is asked to call home the same day, until the family is reached or the mark corrected.
use std::path::Path;

use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{
    District, Person, School, Server, Student, ago, attendance, command, said, school_with_students, today, until,
};
use uuid::Uuid;

const ABSENT: &str = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#Unexcused Absence";
const PRESENT: &str = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#In Attendance";

/// A district in whose school a mentor has mentees, who come by the district's files.
struct Mentoring {
    district: District,
    home: tempfile::TempDir,
    csd: Person,
    mentor: Person,
    mentees: Vec<Student>,
}

/// Imports what stands in `home` into `district`.
fn import(district: &District, home: &Path) -> String {
    let mut import = command();
    import.args(["import", "ed-fi"]).arg(home).env("DATABASE_URL", &district.url).current_dir(home);
    let (success, said) = said(&mut import);
    assert!(success, "{said}");
    said
}

impl Mentoring {
    /// With mentees of these numbers, whose mentor came a month ago.
    async fn of(numbers: &[&str]) -> Self {
        let (district, home) =
            (District::fresh().await.expect("a district"), tempfile::tempdir().expect("a directory"));
        school_with_students(home.path(), today(), numbers);
        import(&district, home.path());
        let service = School::in_district(&district).await.district_staff("service").await;
        let schools = service.walk("/v1/schools", 10).await;
        let elm = schools.iter().find(|school| school["name"] == "Elm").and_then(|school| school["id"].as_str());
        let elm: Uuid = elm.and_then(|id| id.parse().ok()).expect("a school");
        let school = School::at(&district, elm);
        let (csd, mentor) = (school.csd().await, school.mentor().await);
        let mut mentees = vec![];
        for number in numbers {
            let found = csd.post("/v1/students:search", json!({"name": number})).await.expect(200).body;
            let id: Uuid = found["items"][0]["id"].as_str().and_then(|id| id.parse().ok()).expect("a student");
            let (student, opening) = (Student(id), json!({"school": elm, "reason": "Absent", "tier": 2}));
            csd.call(Method::PUT, student.to("case")).json(opening).await.expect(201);
            csd.assign(&mentor, student).await;
            mentees.push(student);
        }
        Self { district, home, csd, mentor, mentees }
    }

    fn import(&self, marks: &[(&str, NaiveDate, &str)]) -> String {
        attendance(self.home.path(), marks);
        import(&self.district, self.home.path())
    }

    /// The calls home of a mentee, as the support plan has them.
    async fn calls(&self, mentee: usize) -> Vec<Value> {
        let plan = self.mentor.see(self.mentees[mentee].to("plan")).await;
        let all = plan["follow_ups"].as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|listed| listed["content"]["follow_up"].clone())
            .filter(|call| !call["absence"].is_null())
            .collect()
    }

    async fn reach(&self, mentee: usize, with: &str, on: NaiveDate) -> Uuid {
        let contact = json!({"on": on, "outcome": "made", "medium": "phone", "with": with});
        self.mentor.create(self.mentees[mentee].to("contacts"), contact).await
    }
}

#[tokio::test]
async fn an_absence_asks_for_one_call_home_that_reaching_the_family_closes() {
    let there = Mentoring::of(&["a1"]).await;
    let told = there.import(&[("a1", today(), ABSENT)]);
    let calls = until("the call home", async || Some(there.calls(0).await).filter(|calls| !calls.is_empty())).await;
    assert_eq!(calls.len(), 1, "{told}");
    assert_eq!(
        (&calls[0]["status"], &calls[0]["due_on"], &calls[0]["owner"]),
        (&json!("open"), &json!(today()), &json!(there.mentor.id))
    );
    assert_eq!(calls[0]["absence"], json!({"on": today(), "mark": "unexcused", "policy": "attendance-works@1"}));
    // It stands where any follow-up stands.
    let listed = there.mentor.see("/v1/follow-ups").await;
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1), "{listed:#}");
    let line = &there.mentor.see("/v1/caseload").await["items"][0];
    assert_eq!((&line["open_follow_ups"], &line["next_due_on"]), (&json!(1), &json!(today())));
    let timeline = there.mentor.see(there.mentees[0].to("timeline")).await;
    let says = format!("Call home asked for: absent on {}", today());
    assert!(timeline["items"].as_array().is_some_and(|items| items.iter().any(|item| item["headline"] == *says)));

    there.import(&[("a1", today(), ABSENT)]);
    there.reach(0, "student", today()).await;
    there.reach(0, "family", ago(1)).await;
    assert_eq!(there.calls(0).await, calls, "neither the same file, nor the student, nor a call of the day before");
    let contact = there.reach(0, "family", today()).await;
    let done = there.calls(0).await;
    assert_eq!((&done[0]["status"], &done[0]["contact"]), (&json!("completed"), &json!(contact)));
    let line = &there.csd.see("/v1/caseload").await["items"][0];
    assert_eq!(line["open_follow_ups"], 0);
    there.import(&[("a1", today(), ABSENT), ("a1", ago(1), PRESENT)]);
    assert_eq!(there.calls(0).await, done, "it is asked for once");

    // It was another student's family.
    let retraction = there.mentees[0].to(&format!("entries/{contact}/retraction"));
    there.mentor.act(retraction, json!({"reason": "Another family"})).await;
    until("the call home again", async || there.calls(0).await.into_iter().find(|call| call["status"] == "open")).await;
    there.reach(0, "family", today()).await;
    let calls = there.calls(0).await;
    assert!(calls.len() == 2 && calls.iter().all(|call| call["status"] == "completed"), "{calls:#?}");
}

#[tokio::test]
async fn what_is_told_late_asks_for_nothing_and_a_corrected_mark_takes_the_call_back() {
    let there = Mentoring::of(&["b1", "b2", "b3"]).await;
    there.import(&[("b1", today(), ABSENT), ("b2", ago(10), ABSENT), ("b3", ago(1), ABSENT)]);
    until("the last call home", async || Some(there.calls(2).await).filter(|calls| !calls.is_empty())).await;
    assert_eq!(there.calls(2).await[0]["due_on"], json!(today()), "yesterday's absence is told today");
    assert_eq!(there.calls(1).await, [] as [Value; 0], "ten school days late");
    assert_eq!(there.calls(0).await[0]["status"], "open");

    there.import(&[("b1", today(), PRESENT)]);
    let taken =
        until("the withdrawal", async || there.calls(0).await.into_iter().find(|call| call["status"] == "cancelled"));
    taken.await;
    assert_eq!(there.calls(2).await[0]["status"], "open", "the other absence stands");
    there.import(&[("b1", today(), ABSENT)]);
    until("the call home", async || there.calls(0).await.into_iter().find(|call| call["status"] == "open")).await;
    assert_eq!(there.calls(0).await.len(), 2);
}

#[tokio::test]
async fn two_servers_and_one_that_is_killed_in_the_middle_ask_once_each() {
    let numbers: Vec<String> = (0..12).map(|number| format!("c{number:02}")).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let mut there = Mentoring::of(&numbers).await;
    let second = Server::on(&there.district.url).expect("another server");
    let marks: Vec<_> = numbers.iter().map(|number| (*number, today(), ABSENT)).collect();
    there.import(&marks[..6]);
    attendance(there.home.path(), &marks);
    // The import itself is killed, or has just begun with what follows, when one of the servers goes.
    let mut cut = command();
    cut.args(["import", "ed-fi"]).arg(there.home.path()).env("DATABASE_URL", &there.district.url);
    let mut cut = cut.current_dir(there.home.path()).spawn().expect("an import");
    until("all marks", async || {
        let asked = there.csd.at(&second.address).see("/v1/caseload?limit=50").await;
        let asked =
            asked["items"].as_array().map_or(0, |items| items.iter().filter(|l| l["open_follow_ups"] == 1).count());
        (asked > 6).then_some(())
    })
    .await;
    drop(cut.kill());
    there.district.server.kill().expect("an end");
    there.mentor = there.mentor.at(&second.address);
    for mentee in 0..numbers.len() {
        let calls = until("the call home", async || Some(there.calls(mentee).await).filter(|calls| !calls.is_empty()));
        assert_eq!(calls.await.len(), 1);
    }
    drop(cut.wait());
}
