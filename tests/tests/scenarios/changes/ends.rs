//! A stream ends with the rights of who follows, and says so.
use std::time::Duration;

use chrono::Utc;
use rustix::process::Signal;
use serde_json::json;
use tests::{District, School, Server, serve};
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use super::at_school;

#[tokio::test]
async fn it_ends_when_rights_end_whatever_ends_them() {
    let (school, csd, mentor, student) = at_school().await;
    let lapsed = school.csd().await;
    let (mut dismissed, mut unsigned) = (mentor.follow("").await, lapsed.follow("").await);
    school.dismiss(&mentor).await;
    school.never_signed(&lapsed).await;
    let began = Instant::now();
    assert_eq!(dismissed.end().await["type"], "/problems/not-found");
    assert_eq!(unsigned.end().await["type"], "/problems/no-confidentiality-agreement");
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    mentor.get("/v1/changes").await.refused(404, "not-found");

    // A token is good for another minute, since clocks differ.
    let subject = Uuid::now_v7().to_string();
    let id = school.district().enter(&subject).await.expect("a staff record");
    let token = school.district().key.token_until(&subject, Utc::now().timestamp() - 55);
    let late = school.with_token(id, &token);
    school.give(&late, "principal").await;
    let mut expiring = late.follow("").await;
    csd.create(student.to("notes"), json!({"text": "Still"})).await;
    assert_eq!(expiring.change().await["type"], "NoteAdded");
    let end = expiring.end().await;
    assert_eq!((&end["type"], &end["status"]), (&json!("/problems/unauthenticated"), &json!(401)));
}

#[tokio::test]
async fn who_is_no_longer_the_mentor_hears_no_more_of_the_student() {
    let (school, csd, mentor, student) = at_school().await;
    let other = csd.open_case(&school).await;
    csd.assign(&mentor, other).await;
    let mut following = mentor.follow("").await;
    let assignment = mentor.see(student.to("entries?kind=mentor_assignment")).await["items"][0]["entry"].clone();
    let end = student.to(&format!("mentor-assignments/{}/end", assignment.as_str().expect("an id")));
    csd.act(&end, json!({"on": tests::today(), "reason": "mentor_left"})).await;
    csd.create(student.to("notes"), json!({"text": "Not for her"})).await;
    let note = csd.create(other.to("notes"), json!({"text": "For her"})).await;
    assert_eq!(following.change().await["entry"], json!(note));
}

#[tokio::test]
async fn a_caller_has_so_many_streams_and_an_answers_time_is_not_a_streams() {
    let school = School::found().await;
    let mut command = serve();
    command.args(["--max-streams", "2", "--answer-time", "1"]).env("DATABASE_URL", &school.district().url);
    let mut server = Server::start(&mut command).expect("a server");
    let csd = school.csd().await.at(&server.address);
    let student = csd.open_case(&school).await;
    let (mut first, second) = (csd.follow("").await, csd.follow("").await);
    csd.get("/v1/changes").await.refused(429, "too-many-requests");
    drop(second);
    let mut third = loop {
        // That somebody left is noticed with the next word to them.
        sleep(Duration::from_millis(500)).await;
        csd.create(student.to("notes"), json!({"text": "A word"})).await;
        let again = csd.get("/v1/changes").open().await.expect("an answer");
        if again.status() == 200 {
            break tests::Following::of(again).await;
        }
    };
    assert_eq!(first.change().await["type"], "NoteAdded");

    server.signal(Signal::TERM).expect("a signal");
    let began = Instant::now();
    for following in [&mut first, &mut third] {
        assert_eq!(following.end().await["type"], "/problems/unavailable");
    }
    assert!(server.ended().expect("an end").success());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_quiet_stream_gives_signs_of_life_with_the_place_to_go_on_from() {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, elsewhere) = (school.csd().await, school.another().await);
    let mut following = csd.follow("").await;
    let place = following.last.clone();
    elsewhere.csd().await.open_case(&elsewhere).await;
    assert_eq!(following.hears_within(Duration::from_secs(14)).await, None);
    assert_ne!(following.last, place);
}
