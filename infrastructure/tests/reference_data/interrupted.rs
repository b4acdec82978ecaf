//! An import that is stopped leaves nothing half-done, and two do not run at once.
use std::sync::Arc;

use infrastructure::import::{ImportError, Options, Progress, ed_fi::import};
use tempfile::tempdir;
use tokio::sync::Notify;

use crate::{
    district::{absence, school, student},
    support::{count, database, ed_fi, interchange, text},
};

/// Tells when the merge has got to attendance.
#[derive(Default)]
struct FarIn(Notify);

impl Progress for FarIn {
    fn begins(&self, _: u64) {}
    fn read(&self, _: u64) {}
    fn now(&self, what: &str) {
        if what == "StudentSchoolAttendanceEvent" {
            self.0.notify_one();
        }
    }
}

#[tokio::test]
async fn a_stopped_import_leaves_nothing_and_the_next_one_goes_through() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    let students: Vec<String> = (0..900).map(|n| student(&n.to_string(), "A", "B", "2010-01-01")).collect();
    interchange(home.path(), "c.xml", "Student", &students);
    let absences: Vec<String> = (0..900).map(|n| absence(&n.to_string(), "7", "2026-09-09", "x#Excused")).collect();
    interchange(home.path(), "d.xml", "StudentAttendance", &absences);

    let watch = Arc::new(FarIn::default());
    let options = Options { rejects: Some(home.path().join("rejects.csv")), ..Options::default() };
    tokio::select! {
        _ = import(&pool, home.path(), &options, watch.clone()) => panic!("it was to be stopped"),
        () = watch.0.notified() => {}
    }
    for table in ["schools", "students", "external_ids", "import_batches WHERE outcome <> 'running'"] {
        assert_eq!(count(&pool, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
    }
    // The server notices that the connection is gone a moment after it went.
    let report = loop {
        match ed_fi(&pool, home.path()).await {
            Err(ImportError::Busy) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            done => break done.expect("an import"),
        }
    };
    assert_eq!(report.kind("StudentSchoolAttendanceEvent").new, 900);
    let outcomes = "SELECT string_agg(outcome, ', ' ORDER BY id) FROM import_batches";
    assert_eq!(text(&pool, outcomes).await, "interrupted, finished");
}

#[tokio::test]
async fn a_second_import_at_the_same_time_is_told_to_wait() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    let (one, two) = tokio::join!(ed_fi(&pool, home.path()), ed_fi(&pool, home.path()));
    let busy = [&one, &two].into_iter().filter(|done| matches!(done, Err(ImportError::Busy))).count();
    assert_eq!((busy, one.is_ok() || two.is_ok()), (1, true));
    assert_eq!(count(&pool, "SELECT count(*) FROM schools").await, 1);
}
