//! Grand Bend's indicators and bands, held against a count of the same files in plain SQL.
use std::{collections::BTreeMap, sync::Arc};

use application::indicators::{KeepPolicies, ReadIndicators, named};
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{
    SchoolId, StudentId,
    case::Band,
    indicator::{FindingKind, SchoolYear, Schools, StudentYear, Unknown},
};
use infrastructure::{
    PgIndicators, draw_consequences,
    import::{NoProgress, Options, ed_fi, record},
};
use uuid::Uuid;

use crate::{
    shared_data::grand_bend,
    support::{commands, count, database},
};

fn last_day() -> NaiveDate {
    "2022-05-27".parse().expect("a date")
}

async fn import(pool: &Pool, folder: &std::path::Path, assume_enrolled: bool) {
    let home = tempfile::tempdir().expect("a directory");
    let options = Options { rejects: Some(home.path().join("rejects.csv")), assume_enrolled, ..Options::default() };
    ed_fi::import(pool, folder, &options, Arc::new(NoProgress)).await.expect("an import");
}

/// Everybody, with the schools whose days count.
async fn everybody(pool: &Pool) -> (BTreeMap<StudentId, StudentYear>, Schools) {
    let client = pool.get().await.expect("a connection");
    let ids = |rows: Vec<tokio_postgres::Row>| rows.iter().map(|row| row.get::<_, Uuid>(0)).collect::<Vec<_>>();
    let students = ids(client.query("SELECT id FROM students", &[]).await.expect("students"));
    let schools = ids(client.query("SELECT id FROM schools", &[]).await.expect("schools"));
    let (year, pg) = (SchoolYear::of(last_day()), PgIndicators::new(pool.clone()));
    let students: Vec<StudentId> = students.into_iter().map(StudentId::from).collect();
    let schools: Vec<SchoolId> = schools.into_iter().map(SchoolId::from).collect();
    let years = pg.years(&students, year).await.expect("years");
    (years, pg.teaching_days(&schools, year).await.expect("days"))
}

/// How many students are in which band under a policy.
async fn bands(pool: &Pool, policy: &str) -> BTreeMap<Option<Band>, usize> {
    let policies = PgIndicators::new(pool.clone()).policies().await.expect("policies");
    let policy = &named(&policies, policy, last_day()).expect("a policy").policy;
    let (years, schools) = everybody(pool).await;
    let mut bands = BTreeMap::new();
    for year in years.values() {
        *bands.entry(policy.judge(year, &schools, last_day()).band).or_default() += 1;
    }
    bands
}

/// The same, counted by PostgreSQL from the rows alone: 169 days each, every absence on a weekday once, and five days for the
/// one who was expelled.
async fn counted(pool: &Pool, share_absent: &str) -> i64 {
    let sql = format!(
        "WITH away AS (
             SELECT student, event_date AS day FROM student_school_attendance_events
             WHERE attendance_event_category LIKE '%Absence' AND extract(isodow FROM event_date) < 6
         ), absent AS (
             SELECT s.id, (SELECT count(DISTINCT day) FROM away a WHERE a.student = s.id)
                    + (SELECT coalesce(sum(discipline_action_length), 0) FROM discipline_actions d
                       WHERE d.student = s.id AND d.disciplines::text LIKE '%Expulsion%') AS days
             FROM students s
         )
         SELECT count(*) FROM absent WHERE {share_absent}"
    );
    count(pool, &sql).await
}

#[tokio::test]
async fn without_enrolments_every_band_of_grand_bend_is_unknown() {
    let Some(folder) = grand_bend() else { return };
    let pool = database().await;
    import(&pool, &folder, false).await;
    let (years, schools) = everybody(&pool).await;
    let known = years.values().map(|year| year.known_days(&schools, &SchoolYear::of(last_day()).days()));
    assert_eq!(known.filter(|known| known.unknown == Some(Unknown::NoEnrolment)).count(), 960);
    assert_eq!(bands(&pool, "attendance-works").await, [(None, 960)].into());
}

#[tokio::test]
async fn with_the_assumption_all_of_grand_bend_has_bands_under_two_policies_as_counted_by_hand() {
    let Some(folder) = grand_bend() else { return };
    let pool = database().await;
    import(&pool, &folder, true).await;
    let (years, schools) = everybody(&pool).await;
    let span = SchoolYear::of(last_day()).days();
    let (mut absent, mut expelled, mut outside) = (0, 0, vec![]);
    for year in years.values() {
        let known = year.known_days(&schools, &span);
        assert_eq!(known.attendance().enrolled, 169);
        assert!(year.stays.iter().all(|stay| stay.assumed), "it says what is assumed");
        absent += known.attendance().excused + known.attendance().unexcused;
        expelled += known.attendance().suspended;
        outside.extend(known.findings.iter().filter(|f| f.what == FindingKind::NoSchoolThatDay).map(|f| f.on));
    }
    assert!(schools.values().all(domain::indicator::TeachingDays::are_placed));
    // 1,077 excused and 773 unexcused in the file; one expulsion for five days, of which no mark tells; three students late on
    // a Sunday.
    assert_eq!((absent, expelled), (1_850, 5));
    assert_eq!(outside.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2022-05-15"; 3]);

    let found = bands(&pool, "attendance-works").await;
    let by_hand = [
        (Some(Band::OnTrack), counted(&pool, "days * 20 < 169").await),
        (Some(Band::AtRisk), counted(&pool, "days * 20 >= 169 AND days * 10 < 169").await),
        (Some(Band::Chronic), counted(&pool, "days * 10 >= 169 AND days * 5 < 169").await),
        (Some(Band::Severe), counted(&pool, "days * 5 >= 169").await),
    ];
    for (band, number) in by_hand {
        assert_eq!(
            found.get(&band).copied().unwrap_or_default(),
            usize::try_from(number).expect("a number"),
            "{band:?}"
        );
    }
    let found = bands(&pool, "nysed-2025@1").await;
    let by_hand = [
        (Some(Band::OnTrack), counted(&pool, "(169 - days) * 100 > 169 * 95").await),
        (Some(Band::AtRisk), counted(&pool, "(169 - days) * 100 <= 169 * 95 AND (169 - days) * 100 > 169 * 90").await),
        (Some(Band::Chronic), counted(&pool, "(169 - days) * 100 <= 169 * 90 AND (169 - days) * 100 > 169 * 85").await),
        (Some(Band::Severe), counted(&pool, "(169 - days) * 100 <= 169 * 85").await),
    ];
    for (band, number) in by_hand {
        assert_eq!(
            found.get(&band).copied().unwrap_or_default(),
            usize::try_from(number).expect("a number"),
            "{band:?}"
        );
    }
    println!("{found:?}");
}

#[tokio::test]
async fn a_change_of_band_is_written_on_the_case_once() {
    let Some(folder) = grand_bend() else { return };
    let pool = database().await;
    import(&pool, &folder, true).await;
    let commands = commands(&pool).await;
    record(&pool, &commands, ed_fi::SOURCE).await.expect("cases");
    let first = draw_consequences(&pool, &commands).await.expect("bands");
    let written = "SELECT count(*) FROM events WHERE type = 'RiskBandChanged'
                   AND basis = 'import(policy attendance-works@1)'";
    assert_eq!(i64::try_from(first.bands).expect("a number"), count(&pool, written).await);
    // Six of the 25 with a case have absences at all.
    assert!((1..=6).contains(&first.bands), "{first:?}");
    assert_eq!((first.cases, first.calls_home), (0, 0));
    let again = draw_consequences(&pool, &commands).await.expect("bands");
    assert_eq!((again.students, again.bands), (0, 0), "nothing was told since");
    import(&pool, &folder, true).await;
    let again = draw_consequences(&pool, &commands).await.expect("bands");
    assert_eq!(again.bands, 0, "the same files tell nothing new: {again:?}");

    let many = "INSERT INTO to_look_at (student)
                SELECT min(student::text)::uuid FROM caseload
                UNION ALL SELECT gen_random_uuid() FROM generate_series(1, 45000)
                UNION ALL SELECT max(student::text)::uuid FROM caseload";
    pool.get().await.expect("a connection").batch_execute(many).await.expect("what a large district tells");
    let again = draw_consequences(&pool, &commands).await.expect("bands");
    assert_eq!(again.students, 2, "who has no case is passed over");
    assert_eq!(count(&pool, "SELECT count(*) FROM to_look_at").await, 0);
}
