//! `serve --demo` shows a school with a year of support: made up once, by the rules that count for everybody.
use std::{
    process::{Child, Command},
    thread,
    time::Duration,
};

use infrastructure::private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase};
use serde_json::Value;
use tests::{Server, serve};
use tokio_postgres::{Client, NoTls};

/// Making up a year takes seconds, and minutes without optimisation on a machine that does other things besides.
const PATIENCE: Duration = Duration::from_secs(900);

/// A database for the demo.
struct Store {
    client: Client,
    url: String,
    _fresh: FreshDatabase,
    _postgres: EphemeralPostgres,
}

/// Ends the process with the value.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Store {
    async fn empty() -> Self {
        let postgres = EphemeralPostgres::start().await.expect("PostgreSQL");
        let fresh = postgres.fresh_database().await.expect("a database");
        let url = fresh.url().to_owned();
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await.expect("a connection");
        tokio::spawn(connection);
        Self { client, url, _fresh: fresh, _postgres: postgres }
    }

    fn serve(&self) -> Command {
        let mut command = serve();
        command.arg("--demo").env("DATABASE_URL", &self.url);
        command
    }

    async fn know(&self, sql: &str) -> Vec<String> {
        let rows = self.client.query(sql, &[]).await.expect("an answer");
        rows.iter().map(|row| row.get(0)).collect()
    }

    async fn events(&self) -> u64 {
        self.know("SELECT count(*)::text FROM events").await[0].parse().expect("a number")
    }
}

/// Every state in which something can be, and every kind of entry.
const STATES: &str = "consent given, consent refused, consent withdrawn, contact left_message, contact made, \
    contact no_answer, contact refused, contact unreachable, follow_up cancelled, follow_up completed, \
    follow_up open, goal active, goal cancelled, goal completed, goal on_hold, goal proposed, intervention active, \
    intervention completed, intervention discontinued, intervention paused, intervention planned, \
    mentor_assignment ended, mentor_assignment open, need open, need resolved, note noted, plan active, \
    plan completed, plan draft, plan on_hold, plan revoked, plan submitted, progress measured, referral accepted, \
    referral cancelled, referral completed, referral draft, referral failed, referral in_progress, referral on_hold, \
    referral rejected, referral requested, session cancelled, session held, session no_show, strength noted";

/// The requests that the server shows, each with the status that it is answered with.
fn paste_all(server: &Server) -> Vec<(String, String)> {
    // They come after everything else that the server says when it starts.
    while server.said().matches("\ncurl ").count() < 11 {
        thread::sleep(Duration::from_millis(50));
    }
    let said = server.said();
    let shown = said.lines().filter(|line| line.starts_with("curl "));
    shown.map(|line| (line.split(' ').nth(2).unwrap_or_default().to_owned(), paste(line))).collect()
}

fn paste(line: &str) -> String {
    let run = format!("{line} -o /dev/null -w '%{{http_code}}'");
    let output = Command::new("sh").args(["-c", &run]).output().expect("a shell");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_is_made_up_once_and_every_shown_request_works() {
    let store = Store::empty().await;
    // The first start ends half way through.
    let first = Ending(store.serve().stdout(std::process::Stdio::null()).spawn().expect("a server"));
    while store.events().await < 500 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(first);
    assert!(store.events().await < 8_000);

    let server = Server::start_within(PATIENCE, &mut store.serve()).expect("a server");
    assert!(!server.said().contains("is refused"), "{}", server.said());
    let events = store.events().await;
    assert!((8_000..16_000).contains(&events), "{events} events");
    let states = "SELECT DISTINCT kind || ' ' || status FROM entries ORDER BY 1";
    assert_eq!(store.know(states).await.join(", "), STATES);
    let again = "SELECT stream::text FROM events GROUP BY stream, command HAVING count(DISTINCT recorded_at) > 1";
    assert!(store.know(again).await.is_empty(), "nothing was done twice");
    let unordered = "SELECT a.stream::text FROM events a JOIN events b USING (stream, kind)
                     WHERE b.version = a.version + 1 AND b.recorded_at < a.recorded_at";
    assert!(store.know(unordered).await.is_empty(), "time goes forward in every case");
    let mentees = "SELECT count(*)::text FROM caseload, unnest(mentors) mentor
                   WHERE school = (SELECT id FROM schools WHERE name LIKE 'Alder%') GROUP BY mentor ORDER BY 1";
    assert_eq!(store.know(mentees).await, ["15", "15", "17"], "a mentor has 15 to 20 mentees");

    for (request, status) in paste_all(&server) {
        assert!(["200", "201", "204"].contains(&status.as_str()), "{status}: {request}");
    }
    let written = store.events().await;
    assert_eq!(written, events + 3, "a contact, a note, an acceptance");
    drop(server);

    let server = Server::start(&mut store.serve()).expect("a server");
    assert_eq!(store.events().await, written, "the second start makes nothing up");
    for (request, status) in paste_all(&server) {
        assert!(["200", "201", "204"].contains(&status.as_str()), "{status}: {request}");
    }
    assert_eq!(store.events().await, written + 2, "the referral was accepted already");
    sees_one_school(&server);
}

/// There are two schools; the principal of one sees that one alone.
fn sees_one_school(server: &Server) {
    let said = server.said();
    let principal = said.lines().skip_while(|line| !line.contains("principal:")).nth(1).expect("a request");
    let output = Command::new("sh").args(["-c", principal]).output().expect("a shell");
    let page: Value = serde_json::from_slice(&output.stdout).expect("a page");
    let mut schools: Vec<_> =
        page["items"].as_array().expect("lines").iter().map(|line| line["school"].to_string()).collect();
    schools.dedup();
    assert_eq!(schools.len(), 1, "{schools:?}");
}

#[tokio::test]
async fn a_store_with_other_data_is_left_alone() {
    let store = Store::empty().await;
    let school = "INSERT INTO schools (id, name, source) VALUES (gen_random_uuid(), 'Wren Academy', 'ed-fi')";
    store.client.batch_execute(school).await.expect("a school");
    let output = store.serve().output().expect("an end");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("holds data that is not the demo's"), "{said}");
    assert_eq!(store.events().await, 0);
}
