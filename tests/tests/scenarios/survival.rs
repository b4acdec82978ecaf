//! What was acknowledged is there, whatever is killed; and stopping is in order.
use std::{fs, io, path::Path, time::Duration};

use futures::{StreamExt, future::join_all, stream};
use reqwest::{Body, Method};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::{Value, json};
use tests::{Answer, District, Person, School, Server, Student, directory, serve};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

fn postgres(directory: &Path) -> Option<Pid> {
    let file = fs::read_to_string(directory.join("postgres/postmaster.pid")).ok()?;
    file.lines().next()?.parse().ok().and_then(Pid::from_raw)
}

/// Writes notes until the server is gone; returns the keys of those that it acknowledged.
async fn write_until_it_ends(csd: Person, student: Student) -> Vec<Uuid> {
    let mut acknowledged = vec![];
    loop {
        let key = Uuid::now_v7();
        match csd.post(student.to("notes"), json!({"text": key})).key(key).send().await {
            Ok(answer) if answer.status == 201 => acknowledged.push(key),
            Ok(answer) if answer.status == 503 => {}
            Ok(answer) => panic!("{} {:#}", answer.status, answer.body),
            Err(_) => return acknowledged,
        }
    }
}

fn texts(notes: &[Value]) -> Vec<String> {
    let mut texts: Vec<_> =
        notes.iter().filter_map(|note| note["content"]["note"]["text"].as_str().map(str::to_owned)).collect();
    texts.sort_unstable();
    texts
}

#[tokio::test]
async fn what_was_acknowledged_survives_the_servers_sudden_end_once() {
    let directory = directory().expect("a directory");
    let mut district = District::in_directory(directory.path()).await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let mut students = vec![];
    for _ in 0..3 {
        students.push(csd.open_case(&school).await);
    }
    drop(school);

    let writers = students.iter().map(|student| tokio::spawn(write_until_it_ends(csd.clone(), *student)));
    let writers: Vec<_> = writers.collect();
    sleep(Duration::from_millis(700)).await;
    district.server.kill().expect("an end");
    let acknowledged: Vec<_> = join_all(writers).await.into_iter().map(|keys| keys.expect("keys")).collect();
    assert!(acknowledged.iter().any(|keys| keys.len() > 2), "{acknowledged:?}");

    let again = Server::in_directory(directory.path()).expect("a server");
    let csd = csd.at(&again.address);
    for (student, keys) in students.iter().zip(&acknowledged) {
        let there = texts(&csd.walk(&student.to("entries?kind=note"), 200).await);
        for key in keys {
            let found = there.iter().filter(|text| **text == key.to_string()).count();
            assert_eq!(found, 1, "an acknowledged note is there once");
        }
        // At most the one that was under way when the server ended was stored without being acknowledged.
        assert!(there.len() <= keys.len() + 1, "{there:?}");
        if let Some(key) = keys.last() {
            let repeated = csd.post(student.to("notes"), json!({"text": key})).key(*key).await.expect(201);
            assert_eq!(repeated.entry(), *key);
            assert_eq!(texts(&csd.walk(&student.to("entries?kind=note"), 200).await).len(), there.len());
        }
        let lines = csd.walk(&student.to("timeline"), 200).await;
        assert_eq!(json!(lines.len()), csd.see(student.to("case")).await["version"], "one line an event");
    }
}

#[tokio::test]
async fn while_postgres_is_down_the_answer_is_503_and_then_it_goes_on() {
    let directory = directory().expect("a directory");
    let district = District::in_directory(directory.path()).await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let note = csd.create(student.to("notes"), json!({"text": "before"})).await;

    let first = postgres(directory.path()).expect("PostgreSQL");
    kill_process(first, Signal::KILL).expect("an end");
    // Whoever was connected is served for another moment; then a question is refused at once.
    let (mut refused, key) = (0, Uuid::now_v7());
    let mut refuse = |answer: &Answer| {
        refused += 1;
        assert_eq!(answer.problem(), "unavailable");
        assert!(!answer.header("retry-after").is_empty());
    };
    let noticed = async {
        loop {
            let answer = csd.get(student.entry(note)).await;
            match answer.status {
                200 => sleep(Duration::from_millis(5)).await,
                503 => return answer,
                other => panic!("{other}: {:#}", answer.body),
            }
        }
    };
    refuse(&timeout(Duration::from_secs(60), noticed).await.expect("the sudden end is noticed"));
    let recovered = async {
        loop {
            let answer = csd.post(student.to("notes"), json!({"text": "after"})).key(key).await;
            match answer.status {
                201 => return,
                503 => refuse(&answer),
                other => panic!("{other}: {:#}", answer.body),
            }
            csd.get("/livez").await.expect(200);
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(60), recovered).await.expect("it goes on");

    assert!(refused > 0, "the sudden end was noticed");
    csd.get("/readyz").await.expect(200);
    csd.get(student.entry(note)).await.expect(200);
    let there = texts(&csd.walk(&student.to("entries?kind=note"), 200).await);
    assert_eq!(there, ["after", "before"]);
    assert_ne!(postgres(directory.path()), Some(first));
}

#[tokio::test]
async fn asked_to_stop_it_answers_what_was_asked_and_stops_postgres_too() {
    let directory = directory().expect("a directory");
    let mut district = District::in_directory(directory.path()).await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    let database = postgres(directory.path()).expect("PostgreSQL");
    drop(school);

    // A request whose body is still on its way when the server is asked to stop.
    let (pause, paused) = tokio::sync::oneshot::channel::<()>();
    let halves = stream::iter([Ok("{\"text\": \"last".to_owned())]).chain(stream::once(async {
        let _ = paused.await;
        Ok::<_, io::Error>(" words\"}".to_owned())
    }));
    let call = csd.call(Method::POST, student.to("notes")).streamed(Body::wrap_stream(halves));
    let call = tokio::spawn(call.send());
    sleep(Duration::from_millis(300)).await;
    district.server.signal(Signal::TERM).expect("a signal");
    sleep(Duration::from_millis(300)).await;
    let _ = pause.send(());
    call.await.expect("an end").expect("an answer").expect(201);
    let status = district.server.ended().expect("an end");

    assert!(status.success(), "{status}: {}", district.server.said());
    assert!(district.server.said().contains("Stopped.\n"));
    assert!(test_kill_process(database).is_err(), "PostgreSQL goes on");
    let again = Server::in_directory(directory.path()).expect("a server");
    assert_eq!(csd.at(&again.address).walk(&student.to("entries"), 200).await.len(), 1);
}

#[tokio::test]
async fn a_second_instance_on_the_same_directory_is_refused_in_clear_words() {
    let directory = directory().expect("a directory");
    let district = District::in_directory(directory.path()).await.expect("a district");
    let second = Server::start(serve().arg("--data-dir").arg(directory.path()));
    let words = second.err().expect("a refusal").to_string();
    assert!(words.contains("process"), "{words}");
    let school = School::in_district(&district).await;
    school.csd().await.open_case(&school).await;
}

#[tokio::test]
async fn two_servers_on_one_database_are_one_service() {
    let first = District::fresh().await.expect("a district");
    let second = Server::on(&first.url).expect("a server");
    let school = School::in_district(&first).await;
    let here = school.csd().await;
    let there = here.at(&second.address);
    let student = here.open_case(&school).await;
    let notes = student.to("notes");
    let (key, both) = (Uuid::now_v7(), [&here, &there]);
    let raced = both.map(|csd| csd.post(&notes, json!({"text": "raced"})).key(key).send());
    for answer in join_all(raced).await {
        assert_eq!(answer.expect("an answer").expect(201).entry(), key);
    }
    let many = (0..10).map(|n| both[n % 2].post(&notes, json!({"text": "counted"})).send());
    for answer in join_all(many).await {
        answer.expect("an answer").expect(201);
    }
    assert_eq!(there.see(student.to("case")).await["version"], 12);
    assert_eq!(here.walk(&student.to("entries"), 3).await.len(), 11);
}
