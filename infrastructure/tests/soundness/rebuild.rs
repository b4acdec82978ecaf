//! Views are built anew beside those who use them.
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use application::{Error, Table};
use futures::future::join_all;
use infrastructure::rebuild::{RebuildError, Rebuilt, Standing, View, Watch, rebuild, standing};
use tokio::sync::Notify;

use crate::support::Store;

/// Wakes whoever waits for a step.
pub struct Steps {
    awaited: &'static str,
    pub begun: Notify,
}

impl Watch for Steps {
    fn begins(&self, step: &str, _: u64) {
        if step == self.awaited {
            self.begun.notify_one();
        }
    }

    fn done(&self, _: u64) {
        if self.awaited == "done" {
            self.begun.notify_one();
        }
    }

    fn says(&self, _: &str) {}
}

pub fn steps(awaited: &'static str) -> Arc<Steps> {
    Arc::new(Steps { awaited, begun: Notify::new() })
}

const ENTRIES: View = View::Written(Table::Entries);

/// The views that are written with the events.
fn written() -> Vec<View> {
    View::all().into_iter().filter(|view| matches!(view, View::Written(_))).collect()
}

pub async fn all(store: &Store) -> Result<Rebuilt, RebuildError> {
    rebuild(store.pool(), &[], steps("")).await
}

/// Names and definitions of everything that hangs on the live tables.
const SHAPE: &str = "SELECT string_agg(what, E'\\n' ORDER BY what) FROM (
    SELECT indexdef AS what FROM pg_indexes WHERE tablename IN ('case_files', 'caseload', 'entries', 'timeline')
    UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ANY ('{case_files,caseload,entries,timeline}'::regclass[])
    UNION ALL SELECT concat_ws(' ', table_schema, table_name, column_name, data_type, is_nullable) FROM information_schema.columns WHERE table_name IN ('case_files', 'caseload', 'entries', 'timeline')
    UNION ALL SELECT relname || relacl::text FROM pg_class WHERE relacl IS NOT NULL AND relname = 'caseload') AS all_of_it";

#[tokio::test]
async fn what_is_built_anew_is_what_was_there() {
    let store = Store::told(12).await;
    store.say("CREATE ROLE reporting; GRANT SELECT ON caseload TO reporting").await;
    let before: String = store.ask(SHAPE).await;
    let rebuilt = all(&store).await.expect("a rebuild");
    assert_eq!(rebuilt.views, View::all());
    assert!(rebuilt.repaired.is_empty(), "{rebuilt:?}");
    let events: i64 = store.ask("SELECT count(*) FROM events").await;
    assert_eq!(rebuilt.events as i64, 3 * events, "once for the views, once for the figures, once for who is served");
    store.is_sound().await;
    assert_eq!(store.ask::<String>(SHAPE).await, before);
    store.say("DROP OWNED BY reporting; DROP ROLE reporting").await;
    let left = "SELECT count(*) FROM pg_tables WHERE schemaname = 'rebuild'";
    assert_eq!(store.ask::<i64>(left).await, 2, "only what a rebuild keeps of itself, which is nothing now");
}

#[tokio::test]
async fn rows_that_were_wrong_are_right_afterwards_and_named() {
    let store = Store::told(4).await;
    let student: uuid::Uuid = store.ask("SELECT student FROM entries WHERE kind = 'goal' LIMIT 1").await;
    store.say(&format!("UPDATE entries SET status = 'on_fire' WHERE student = '{student}' AND kind = 'goal'")).await;
    store.say(&format!("DELETE FROM timeline WHERE student = '{student}' AND version = 3")).await;
    let rebuilt = rebuild(store.pool(), &[Table::Entries, Table::Timeline].map(View::Written), steps(""))
        .await
        .expect("a rebuild");
    assert_eq!(rebuilt.repaired, [student]);
    store.is_sound().await;
}

#[tokio::test]
async fn nobody_waits_and_nothing_is_lost_while_people_write() {
    let store = Store::told(12).await;
    let (instance, ended) = (store.instance().await, Arc::new(AtomicBool::new(false)));
    let writers = (0..6).map(|_| {
        let (instance, ended) = (instance.clone(), ended.clone());
        tokio::spawn(async move {
            let (mut written, student) = (1, instance.open().await.expect("a case"));
            while !ended.load(Ordering::Relaxed) {
                instance.note(student).await.expect("a note");
                written += 1;
            }
            written
        })
    });
    let writers: Vec<_> = writers.collect();
    for _ in 0..3 {
        let rebuilt = all(&store).await.expect("a rebuild");
        assert!(rebuilt.repaired.is_empty(), "{rebuilt:?}");
    }
    ended.store(true, Ordering::Relaxed);
    let mut written = 0;
    for writer in join_all(writers).await {
        written += writer.expect("an end");
    }
    let stored: i64 = store.ask("SELECT count(*) FROM events WHERE recorded_at > now() - interval '1 hour'").await;
    assert_eq!(stored, written);
    store.is_sound().await;
}

#[tokio::test]
async fn what_was_killed_half_way_goes_on() {
    let store = Store::told(30).await;
    let events: i64 = store.ask("SELECT count(*) FROM events").await;
    for step in ["done", "comparing"] {
        let watch = steps(step);
        let (pool, watching) = (store.pool().clone(), watch.clone());
        let killed = tokio::spawn(async move { rebuild(&pool, &written(), watching).await });
        watch.begun.notified().await;
        killed.abort();
        assert!(killed.await.expect_err("an end").is_cancelled());
        // Its connections take a moment to be gone.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let done: i64 = store.ask("SELECT coalesce(sum(version), 0)::bigint FROM rebuild.streams").await;
        assert!(done > 0, "{step}");
        let rebuilt = rebuild(store.pool(), &written(), steps("")).await.expect("a rebuild");
        assert!((rebuilt.events as i64) <= events - done, "{step}: {} of {events} after {done}", rebuilt.events);
        store.is_sound().await;
    }
}

#[tokio::test]
async fn who_does_not_know_the_live_views_writes_nothing() {
    let store = Store::told(2).await;
    let instance = store.instance().await;
    let student = instance.open().await.expect("a case");
    store.say("UPDATE live_views SET version = version + 1 WHERE view = 'entries'").await;
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Newer(ENTRIES));
    assert!(matches!(instance.note(student).await, Err(Error::Unavailable(_))));
    assert!(matches!(all(&store).await, Err(RebuildError::Newer(_))));

    store.say("UPDATE live_views SET version = 0 WHERE view = 'entries'").await;
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Older(vec![ENTRIES]));
    assert!(matches!(instance.note(student).await, Err(Error::Unavailable(_))));
    assert!(store.findings().await.iter().any(|finding| finding.contains("of another version")));
    assert_eq!(all(&store).await.expect("a rebuild").views, [ENTRIES]);
    instance.note(student).await.expect("a note");
    store.is_sound().await;
}

#[tokio::test]
async fn two_rebuilds_at_once_are_one_too_many() {
    let store = Store::told(2).await;
    let lock = store.pool().get().await.expect("a connection");
    let taken = i64::from_be_bytes(*b"Rebuild ");
    lock.batch_execute(&format!("SELECT pg_advisory_lock({taken})")).await.expect("a lock");
    assert!(matches!(all(&store).await, Err(RebuildError::UnderWay)));
}

#[tokio::test]
async fn tables_of_an_earlier_shape_get_the_later_one_and_everything_that_hangs_on_them() {
    let store = Store::told(4).await;
    let (instance, before) = (store.instance().await, store.ask::<String>(SHAPE).await);
    let student = instance.open().await.expect("a case");
    store
        .say(
            "ALTER TABLE case_files ALTER COLUMN body TYPE jsonb USING body::jsonb;
             ALTER TABLE entries ALTER COLUMN body TYPE jsonb USING body::jsonb;
             ALTER TABLE timeline ALTER COLUMN words TYPE text;
             UPDATE live_views SET version = 1",
        )
        .await;
    let older =
        vec![View::Written(Table::CaseFiles), View::Written(Table::Caseload), ENTRIES, View::Written(Table::Timeline)];
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Older(older.clone()));
    assert_eq!(all(&store).await.expect("a rebuild").views, older);
    assert_eq!(store.ask::<String>(SHAPE).await, before);
    store.is_sound().await;
    instance.note(student).await.expect("a note");
    store.is_sound().await;
}

#[tokio::test]
async fn a_vacuum_of_the_shadow_does_not_stop_the_switch() {
    let store = Store::told(4).await;
    let watch = steps("comparing");
    let (pool, watching) = (store.pool().clone(), watch.clone());
    let rebuilding = tokio::spawn(async move { rebuild(&pool, &[], watching).await });
    watch.begun.notified().await;
    let mut client = store.pool().get().await.expect("a connection");
    let vacuum = client.transaction().await.expect("a transaction");
    vacuum.batch_execute("LOCK TABLE rebuild.entries IN SHARE UPDATE EXCLUSIVE MODE").await.expect("a lock");
    tokio::time::sleep(Duration::from_secs(2)).await;
    vacuum.rollback().await.expect("an end");
    let rebuilt = rebuilding.await.expect("an end").expect("a rebuild");
    assert!(rebuilt.repaired.is_empty(), "{rebuilt:?}");
    store.is_sound().await;
}
