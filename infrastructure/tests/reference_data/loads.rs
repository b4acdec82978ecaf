//! A large district's year, file by file: interrupted it goes on, and one day's file touches that day's students.
use std::{fmt::Write, fs, path::Path, sync::Arc};

use application::indicators::{KeepPolicies, named};
use deadpool_postgres::Pool;
use infrastructure::{
    DistrictBands, Judged, PgIndicators,
    import::{ImportError, NoProgress, Options, Report, plain_csv},
};
use tempfile::tempdir;

use crate::support::{count, database, rejects};

const STUDENTS: u32 = 900;
const HEAD: &str = "student_id,school_id,date,status\n";

/// Three schools with all their students.
fn roster(directory: &Path) {
    let mut students = "student_id,given_name,family_name,school_id,entry_date\n".to_owned();
    for student in 0..STUDENTS {
        writeln!(students, "{student},A,B,{},2025-09-01", student % 3).expect("a line");
    }
    fs::write(directory.join("students.csv"), students).expect("a file");
    fs::write(directory.join("schools.csv"), "school_id,name\n0,A\n1,B\n2,C\n").expect("a file");
    let terms = "term_id,school_id,name,begin_date,end_date\ny,0,Y,2025-09-01,2026-06-30\ny,1,Y,2025-09-01,2026-06-30\ny,2,Y,2025-09-01,2026-06-30\n";
    fs::write(directory.join("terms.csv"), terms).expect("a file");
}

/// Everybody was away on the days of March up to `days`, in a file a day.
fn marks(directory: &Path, days: u32) {
    for day in 2..2 + days {
        let mut file = HEAD.to_owned();
        for student in 0..STUDENTS {
            writeln!(file, "{student},{},2026-03-{day:02},unexcused", student % 3).expect("a line");
        }
        fs::write(directory.join(format!("attendance-{day}.csv")), file).expect("a file");
    }
}

async fn load(pool: &Pool, directory: &Path, at_once: usize) -> Result<Report, ImportError> {
    let rejects = Some(directory.join("rejects.csv"));
    let options = Options { rejects, by_file: Some(at_once), ..Options::default() };
    plain_csv::import(pool, directory, &options, Arc::new(NoProgress)).await
}

async fn rows(pool: &Pool) -> i64 {
    count(pool, "SELECT count(*) FROM student_school_attendance_events").await
}

#[tokio::test]
async fn a_load_that_is_interrupted_goes_on_with_the_files_that_are_not_stored() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    roster(home.path());
    marks(home.path(), 4);
    // The smallest comes last.
    fs::write(home.path().join("attendance-9.csv"), "no,such,columns\n").expect("a file");
    let error = load(&pool, home.path(), 1).await.expect_err("an error");
    assert!(matches!(&error, ImportError::Malformed { file, .. } if file == "attendance-9.csv"), "{error}");
    assert_eq!((rows(&pool).await, count(&pool, "SELECT count(*) FROM loaded_files").await), (3_600, 4));
    assert_eq!(count(&pool, "SELECT count(*) FROM import_batches WHERE outcome = 'failed'").await, 1);

    fs::write(
        home.path().join("attendance-9.csv"),
        format!("{HEAD}1,1,2026-03-09,excused\n901,1,2026-03-09,excused\n"),
    )
    .expect("a file");
    let report = load(&pool, home.path(), 3).await.expect("a load");
    let attendance = report.kind("attendance");
    assert_eq!((attendance.read, attendance.new, attendance.rejected), (2, 1, 1));
    assert_eq!(
        report.not_used.keys().filter(|what| what.ends_with("stored before the load was interrupted")).count(),
        4
    );
    assert_eq!((report.listed, rejects(home.path()).lines().count()), (1, 2), "a header and a row");
    assert_eq!(count(&pool, "SELECT count(*) FROM loaded_files WHERE NOT through").await, 0);

    let again = load(&pool, home.path(), 3).await.expect("a load");
    assert_eq!((again.kind("attendance").unchanged, again.written()), (3_601, 0));
    assert_eq!((again.as_before, again.listed), (4, 1), "of which a row could not be used is read again");
    assert_eq!(rows(&pool).await, 3_601);
}

#[tokio::test]
async fn the_files_of_a_load_come_to_what_one_transaction_comes_to() {
    let (home, one, other) = (tempdir().expect("a directory"), database().await, database().await);
    roster(home.path());
    marks(home.path(), 5);
    let options = Options { rejects: Some(home.path().join("rejects.csv")), ..Options::default() };
    let whole = plain_csv::import(&one, home.path(), &options, Arc::new(NoProgress)).await.expect("an import");
    let parts = load(&other, home.path(), 3).await.expect("a load");
    assert_eq!(whole.kinds, parts.kinds);
    assert_eq!(whole.derived, parts.derived);
    assert_eq!((rows(&one).await, rows(&other).await), (4_500, 4_500));
}

async fn status(pool: &Pool, day: &str) -> Option<String> {
    let select =
        "SELECT attendance_event_category FROM student_school_attendance_events JOIN external_ids ON id = student
                  WHERE external_id = '1' AND kind = 'student' AND event_date = $1::text::date";
    let row = pool.get().await.expect("a connection").query_opt(select, &[&day]).await.expect("a row");
    row.map(|row| row.get(0))
}

#[tokio::test]
async fn of_two_files_that_tell_the_same_day_the_first_by_name_counts_however_they_are_stored() {
    let (home, one, other) = (tempdir().expect("a directory"), database().await, database().await);
    roster(home.path());
    let file = |name: &str, rows: &str| fs::write(home.path().join(name), format!("{HEAD}{rows}")).expect("a file");
    file("attendance-a.csv", "1,1,2026-03-02,unexcused\n");
    let many: String = (2..STUDENTS).map(|student| format!("{student},{},2026-03-02,tardy\n", student % 3)).collect();
    file("attendance-b.csv", &format!("1,1,2026-03-02,excused\n{many}"));
    file("attendance-c.csv", "1,1,2026-03-02,tardy\n1,1,2026-03-03,tardy\n");
    let options = Options { rejects: Some(home.path().join("rejects.csv")), ..Options::default() };
    let whole = plain_csv::import(&one, home.path(), &options, Arc::new(NoProgress)).await.expect("an import");
    for at_once in [3, 1, 2] {
        let parts = load(&other, home.path(), at_once).await.expect("a load");
        let (whole, parts) = (whole.kind("attendance"), parts.kind("attendance"));
        assert_eq!((parts.read, parts.rejected), (whole.read, whole.rejected), "{at_once} at once");
        assert_eq!(
            (status(&one, "2026-03-02").await, status(&other, "2026-03-02").await).0.as_deref(),
            Some("unexcused")
        );
        assert_eq!(status(&other, "2026-03-02").await.as_deref(), Some("unexcused"), "{at_once} at once");
        let listed = rejects(home.path());
        let reason = "attendance,\"duplicate student-day: attendance-a.csv has it, too, and comes first\"";
        for file in ["attendance-b.csv", "attendance-c.csv"] {
            assert!(listed.contains(&format!("{file},2,{reason}")), "{listed}");
        }
    }
    // What the first no longer tells, the next does; and what it tells again it takes back.
    file("attendance-a.csv", "1,1,2026-03-04,unexcused\n");
    load(&other, home.path(), 2).await.expect("a load");
    assert_eq!(status(&other, "2026-03-02").await.as_deref(), Some("excused"));
    file("attendance-a.csv", "1,1,2026-03-03,excused\n");
    load(&other, home.path(), 2).await.expect("a load");
    assert_eq!(status(&other, "2026-03-03").await.as_deref(), Some("excused"), "a file that was not read again");
}

#[tokio::test]
async fn files_that_are_as_they_were_are_not_read_again_unless_something_else_changed_what_they_told() {
    let (pool, home, day) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    roster(home.path());
    marks(home.path(), 4);
    load(&pool, home.path(), 2).await.expect("a load");
    let again = async |as_before: u64, (new, changed): (u64, u64)| {
        let report = load(&pool, home.path(), 2).await.expect("a load");
        let attendance = report.kind("attendance");
        assert_eq!((report.as_before, attendance.new, attendance.changed), (as_before, new, changed));
        assert_eq!((attendance.read, attendance.rejected, rows(&pool).await), (3_600, 0, 3_600));
        assert_eq!(status(&pool, "2026-03-02").await.as_deref(), Some("unexcused"));
    };
    again(4, (0, 0)).await;

    let file = home.path().join("attendance-3.csv");
    let text = fs::read_to_string(&file).expect("a file");
    fs::write(&file, text.replacen("unexcused", "excused", 1)).expect("a file");
    again(3, (0, 1)).await;

    let other = format!("{HEAD}1,1,2026-03-02,excused\n");
    fs::write(day.path().join("attendance.csv"), &other).expect("a file");
    let options = Options { rejects: Some(day.path().join("rejects.csv")), ..Options::default() };
    plain_csv::import(&pool, day.path(), &options, Arc::new(NoProgress)).await.expect("an import");
    assert_eq!(status(&pool, "2026-03-02").await.as_deref(), Some("excused"));
    again(0, (0, 1)).await;
    again(4, (0, 0)).await;

    load(&pool, day.path(), 2).await.expect("a load of other files");
    again(0, (0, 1)).await;

    let gone = "DELETE FROM student_school_attendance_events WHERE event_date = '2026-03-04'";
    pool.get().await.expect("a connection").execute(gone, &[]).await.expect("a loss");
    again(0, (900, 0)).await;
}

async fn bands(pool: &Pool, whom: Judged) -> DistrictBands {
    let pg = PgIndicators::new(pool.clone());
    let policies = pg.policies().await.expect("policies");
    let policy = named(&policies, "attendance-works", "2026-03-31".parse().expect("a date")).expect("a policy");
    pg.district_bands(policy, whom, None).await.expect("bands")
}

#[tokio::test]
async fn one_days_file_touches_that_days_students_and_nobody_else() {
    let (pool, home, day) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    roster(home.path());
    marks(home.path(), 4);
    load(&pool, home.path(), 2).await.expect("a load");
    let before = bands(&pool, Judged::Everybody).await;
    assert_eq!((before.schools, before.students), (3, 900));
    assert_eq!(before.on_track + before.at_risk + before.chronic + before.severe + before.unknown, 900);

    // Two have a mark of which something else was told, one is told again as before, three are new.
    let told = "0,0,2026-03-02,excused\n3,0,2026-03-02,excused\n6,0,2026-03-02,unexcused\n1,1,2026-03-06,unexcused\n\
                4,1,2026-03-06,unexcused\n2,2,2026-03-06,tardy\n";
    fs::write(day.path().join("attendance-2026-03-06.csv"), format!("{HEAD}{told}")).expect("a file");
    let options = Options { rejects: Some(day.path().join("rejects.csv")), ..Options::default() };
    let report = plain_csv::import(&pool, day.path(), &options, Arc::new(NoProgress)).await.expect("an import");
    let attendance = report.kind("attendance");
    assert_eq!((attendance.new, attendance.changed, attendance.unchanged), (3, 2, 1));
    assert_eq!(report.written(), 7, "five rows, and two schools that submitted a day more: {report:#?}");
    let touched = bands(&pool, Judged::ToldOfBy(report.batch)).await;
    assert_eq!((touched.schools, touched.students), (3, 5));
    assert_eq!(bands(&pool, Judged::Everybody).await.students, 900);
}
