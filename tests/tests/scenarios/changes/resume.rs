//! Whoever was disconnected goes on where they were: nothing is lost, nothing comes twice.
use futures::future::join_all;
use serde_json::json;
use tests::Person;
use uuid::Uuid;

use super::at_school;

#[tokio::test]
async fn after_a_disconnect_nothing_is_lost_and_nothing_comes_twice() {
    const EACH: usize = 25;
    let (school, csd, mentor, student) = at_school().await;
    let other = csd.open_case(&school).await;
    let mut place = csd.follow("").await.last;
    let write = |person: Person, student: tests::Student| async move {
        let mut written = vec![];
        for _ in 0..EACH {
            written.push(person.create(student.to("notes"), json!({"text": "x"})).await);
        }
        written
    };
    let writing = [(csd.clone(), student), (mentor, student), (csd.clone(), other)];
    let writing: Vec<_> = writing.map(|(person, student)| tokio::spawn(write(person, student))).into();

    let mut heard: Vec<(u64, Uuid)> = vec![];
    while heard.len() < 3 * EACH {
        // Leaves after every few words, in the middle of what is being said.
        let mut following = csd.follow(&place).await;
        for _ in 0..7.min(3 * EACH - heard.len()) {
            let change = following.change().await;
            let entry = change["entry"].as_str().and_then(|id| id.parse().ok()).expect("an entry");
            heard.push((following.last.parse().expect("a place"), entry));
        }
        place = following.last;
    }
    let written = join_all(writing).await.into_iter().flat_map(|written| written.expect("notes"));
    let (mut written, mut entries): (Vec<_>, Vec<_>) = (written.collect(), heard.iter().map(|(_, id)| *id).collect());
    written.sort_unstable();
    entries.sort_unstable();
    assert_eq!(entries, written);
    assert!(heard.is_sorted_by(|one, next| one.0 < next.0), "in the order of the log: {heard:?}");
    // The address says it as well, and the header counts more.
    let from_start = csd.get(format!("/v1/changes?after={}", heard[0].0)).open().await.expect("an answer");
    assert_eq!(tests::Following::of(from_start).await.change().await["entry"], json!(heard[1].1));
    let both = csd.get("/v1/changes?after=0").header("last-event-id", heard[1].0).open().await.expect("an answer");
    assert_eq!(tests::Following::of(both).await.change().await["entry"], json!(heard[2].1));
}

#[tokio::test]
async fn from_the_beginning_of_the_log_every_page_is_read() {
    let (school, csd, _, student) = at_school().await;
    // More than a page, in batches that are written together.
    let intervention = csd.start_intervention(student, "team").await;
    for _ in 0..6 {
        let share = |_| json!({"entry": Uuid::now_v7(), "student": student.0, "intervention": intervention});
        let students: Vec<_> = (0..100).map(share).collect();
        let session = json!({"held_on": tests::today(), "outcome": "held", "minutes": 5});
        let batch = json!({"session": session, "students": students});
        csd.post("/v1/sessions:batch", batch).await.expect(200);
    }
    let version = csd.see(student.to("case")).await["version"].as_u64().expect("a version");
    assert!(version > 600);
    let late = school.csd().await;
    let mut following = late.follow("0").await;
    for expected in 1..=version {
        assert_eq!(following.change().await["version"], json!(expected));
    }
}
