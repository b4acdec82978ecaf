//! What is put away is still there, and comes back.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use application::ReadCases;
use chrono::{DateTime, Utc};
use domain::StudentId;
use infrastructure::{
    PgCases,
    archive::{Moved, bring_back, put_away},
    rebuild::{Watch, rebuild},
};
use uuid::Uuid;

use crate::support::Store;

struct Quiet;

impl Watch for Quiet {
    fn begins(&self, _: &str, _: u64) {}
    fn done(&self, _: u64) {}
    fn says(&self, _: &str) {}
}

/// Everything that was ever written, in one figure.
const LOG: &str = "SELECT md5(string_agg(log::text, '' ORDER BY position)) FROM log";
/// Who is put away.
const AWAY: &str = "SELECT DISTINCT stream FROM archived_events ORDER BY stream";

fn at(time: &str) -> DateTime<Utc> {
    time.parse().expect("a time")
}

/// A few cases in the middle of their year, and some that are over.
async fn with_closed_cases() -> Store {
    let store = Store::told(3).await;
    let instance = store.instance().await;
    for _ in 0..3 {
        let student = instance.open().await.expect("a case");
        instance.note(student).await.expect("a note");
        instance.close(student).await.expect("an end");
    }
    store
}

/// Whose events lie in the archive.
async fn away(store: &Store) -> Vec<Uuid> {
    let rows = store.pool().get().await.expect("a connection").query(AWAY, &[]).await.expect("an answer");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn closed_cases_are_put_away_whole_and_are_read_reopened_and_brought_back_as_before() {
    let store = with_closed_cases().await;
    let (log, cases) = (store.ask::<String>(LOG).await, PgCases::new(store.pool().clone()));
    let closed: i64 = store.ask("SELECT count(*) FROM caseload WHERE status = 'closed'").await;

    let nobody = put_away(store.pool(), at("2020-01-01T00:00:00Z"), |_| ()).await.expect("a move");
    assert_eq!(nobody, Moved::default(), "nothing ended that early");
    assert!(closed >= 3);
    let moved = put_away(store.pool(), at("2030-01-01T00:00:00Z"), |_| ()).await.expect("a move");
    let (away, events): (Vec<_>, i64) = (away(&store).await, store.ask("SELECT count(*) FROM archived_events").await);
    assert_eq!(moved, Moved { cases: closed as u64, events: events as u64 });
    assert_eq!(away.len() as i64, closed);
    let both = "SELECT count(*) FROM events JOIN archived_events USING (stream)";
    assert_eq!(store.ask::<i64>(both).await, 0, "a case is put away whole");
    assert_eq!(store.ask::<String>(LOG).await, log);
    store.is_sound().await;

    let student = StudentId::from(away[0]);
    let before = cases.case(student, Some(Utc::now())).await.expect("an answer");
    assert!(before.is_some(), "as of an earlier time it is folded from the archive");
    let instance = store.instance().await;
    instance.reopen(student).await.expect("a case that is open again");
    instance.note(student).await.expect("a note");
    store.is_sound().await;
    let rebuilt = rebuild(store.pool(), &[], Arc::new(Quiet)).await.expect("a rebuild");
    assert!(rebuilt.repaired.is_empty(), "{rebuilt:?}");

    let moved = put_away(store.pool(), at("2030-01-01T00:00:00Z"), |_| ()).await.expect("a move");
    assert_eq!(moved, Moved::default(), "what is open stays");
    let moved = bring_back(store.pool(), &away).await.expect("a move");
    assert_eq!(moved, Moved { cases: closed as u64, events: events as u64 });
    assert_eq!(store.ask::<i64>("SELECT count(*) FROM archived_events").await, 0);
    assert_eq!(bring_back(store.pool(), &away).await.expect("a move"), Moved::default());
    store.is_sound().await;
}

#[tokio::test]
async fn nothing_leaves_one_place_but_for_the_other() {
    let store = with_closed_cases().await;
    put_away(store.pool(), at("2030-01-01T00:00:00Z"), |_| ()).await.expect("a move");
    let edits = [
        "DELETE FROM archived_events",
        "UPDATE archived_events SET actor = id",
        "TRUNCATE archived_events",
        "DELETE FROM events WHERE position = 1",
        // What is put in its place is not the same.
        "WITH gone AS (DELETE FROM archived_events RETURNING *)
         INSERT INTO events SELECT position, stream, kind, version, id, type, type_version, '{}', occurred_at, recorded_at,
                actor, role, on_behalf_of, basis, zone, command, chain FROM gone",
    ];
    for edit in edits {
        let client = store.pool().get().await.expect("a connection");
        let refused = client.batch_execute(edit).await.expect_err("a refusal");
        assert_eq!(refused.as_db_error().expect("an answer").message(), "history is not edited", "{edit}");
    }
    store.is_sound().await;
}

#[tokio::test]
async fn nobody_waits_while_cases_are_put_away_and_brought_back() {
    let store = with_closed_cases().await;
    let (instance, ended) = (store.instance().await, Arc::new(AtomicBool::new(false)));
    let writer = tokio::spawn({
        let ended = ended.clone();
        async move {
            let (mut written, student) = (1, instance.open().await.expect("a case"));
            while !ended.load(Ordering::Relaxed) {
                instance.note(student).await.expect("a note");
                written += 1;
            }
            written
        }
    });
    let log: i64 = store.ask("SELECT count(*) FROM log").await;
    for _ in 0..10 {
        put_away(store.pool(), at("2030-01-01T00:00:00Z"), |_| ()).await.expect("a move");
        bring_back(store.pool(), &away(&store).await).await.expect("a move");
    }
    ended.store(true, Ordering::Relaxed);
    assert!(writer.await.expect("an end") > 10);
    assert!(store.ask::<i64>("SELECT count(*) FROM log").await > log);
    store.is_sound().await;
}
