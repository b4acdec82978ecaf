//! OneRoster: whole or what changed, from a directory or an archive; deleting ends.
use std::{fs, io::Write, path::Path};

use application::indicators::ReadIndicators;
use domain::{SchoolId, indicator::SchoolYear};
use infrastructure::{PgIndicators, import::ImportError};
use tempfile::tempdir;
use uuid::Uuid;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::{count, database, one_roster, rejects, text};

const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,phone,agentSourcedIds,grades,password\n";
const ENROLLMENTS: &str =
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n";

fn export(mode: &str, files: &[(&str, String)]) -> Vec<(String, String)> {
    let all = ["orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics", "results"];
    let listed = |file: &str| if files.iter().any(|(name, _)| *name == file) { mode } else { "absent" };
    let manifest: String = all.iter().map(|file| format!("file.{file},{}\n", listed(file))).collect();
    let manifest = format!("propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n{manifest}");
    let rest = files.iter().map(|(name, rows)| (format!("{name}.csv"), rows.clone()));
    std::iter::once(("manifest.csv".to_owned(), manifest)).chain(rest).collect()
}

fn roster() -> Vec<(String, String)> {
    let orgs = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n\
                s1,,,\"Elm, Upper\",school,,d1\nd1,,,District,district,,\nx1,,,Maths,department,,s1\ns2,,,Lost,school,,nowhere\n";
    let sessions = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n\
                    t1,,,Fall,term,2026-09-08,2026-12-23,,2027\ng1,,,Q1,gradingPeriod,2026-09-08,2026-11-01,t1,2027\n";
    let courses = "sourcedId,status,dateLastModified,title,courseCode\nc1,,,Algebra,ALG\n";
    let classes = "sourcedId,status,dateLastModified,title,courseSourcedId,classCode,classType,schoolSourcedId\n\
                   k1,,,Algebra 1,c1,A1,scheduled,s1\n";
    let users = format!(
        "\u{feff}{USERS}u1,,,true,s1,student,ada,Ada,Secretname,,,\"p1,p9\",\"09\",hunter2\n\
         u2,,,true,\"s1,s8\",student,ben,Ben,Secretname,,,,10,\n\
         u3,,,true,s1,teacher,ms,Mia,Secretname,mia@example.org,,,,\n\
         p1,,,true,,parent,,Pia,Secretname,,555,,,\n\
         u4,,,true,s1,student,dan,,Secretname,,,,,\n\
         u5,,,true,s1,student,broken\n"
    );
    let enrollments = format!(
        "{ENROLLMENTS}e1,,,k1,s1,u1,student,,2026-09-09,\ne2,,,k1,s1,u3,teacher,true,2026-09-08,\ne3,,,k9,s1,u9,student,,,\n"
    );
    let demographics =
        "sourcedId,status,dateLastModified,birthDate,sex\nu1,,,2010-02-03,female\nu2,,,2010-02-30,male\n";
    export(
        "bulk",
        &[
            ("orgs", orgs.into()),
            ("academicSessions", sessions.into()),
            ("courses", courses.into()),
            ("classes", classes.into()),
            ("users", users),
            ("enrollments", enrollments),
            ("demographics", demographics.into()),
            ("results", "sourcedId\n".into()),
        ],
    )
}

fn write(directory: &Path, files: &[(String, String)]) {
    for (name, rows) in files {
        fs::write(directory.join(name), rows).expect("a file");
    }
}

fn archive(path: &Path, files: &[(String, String)]) {
    let mut zip = ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, rows) in files {
        zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
            .expect("an entry");
        zip.write_all(rows.as_bytes()).expect("an entry");
    }
    zip.finish().expect("an archive");
}

#[tokio::test]
async fn a_roster_arrives_with_every_dangling_reference_told() {
    let (pool, home, rows) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    write(rows.path(), &roster());
    let report = one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    assert!(!rejects(home.path()).contains("Secretname"));
    insta::assert_json_snapshot!((&report.kinds, &report.derived, &report.not_used, report.listed));
    let enrolled =
        "SELECT string_agg(s.given_name || ' ' || e.entry_date || ' ' || e.entry_grade_level, ', ' ORDER BY 1)
                    FROM enrolments e JOIN students s ON s.id = e.student WHERE s.given_name = 'Ada'";
    assert_eq!(text(&pool, enrolled).await, "Ada 2026-09-09 09");
    assert_eq!(text(&pool, "SELECT string_agg(role, ',') FROM staff_roles WHERE until IS NULL").await, "school_staff");
    assert_eq!(text(&pool, "SELECT birth_date::text FROM students WHERE given_name = 'Ada'").await, "2010-02-03");
    assert_eq!(count(&pool, "SELECT count(*) FROM student_contacts").await, 1);

    let again = one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    assert_eq!(again.written(), 0, "{again:#?}");
}

#[tokio::test]
async fn what_a_delta_deletes_ends_and_comes_back_when_it_is_active_again() {
    let (pool, home, rows) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    write(rows.path(), &roster());
    one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    let gone = |user: &str| format!("{user},tobedeleted,2026-10-02T08:00:00.000Z");
    let users = format!(
        "{USERS}{},true,s1,student,ada,Ada,Secretname,,,,,\n{},true,s1,teacher,ms,Mia,Secretname,,,,,\n{},,,student,,,,,,,,\n",
        gone("u1"),
        gone("u3"),
        gone("u7"),
    );
    let enrollments = format!("{ENROLLMENTS}{},k1,s1,u1,student,,,\n", gone("e1"));
    write(rows.path(), &export("delta", &[("users", users), ("enrollments", enrollments)]));
    let report = one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    assert_eq!((report.kind("users.student").changed, report.kind("users.staff").changed), (1, 1));
    let left =
        "SELECT e.exit_date::text FROM enrolments e JOIN students s ON s.id = e.student WHERE s.given_name = 'Ada'";
    assert_eq!(text(&pool, left).await, "2026-10-02");
    assert_eq!(count(&pool, "SELECT count(*) FROM staff_roles WHERE until IS NULL").await, 0);
    assert_eq!(text(&pool, "SELECT end_date::text FROM class_students").await, "2026-10-02");
    assert_eq!(one_roster(&pool, home.path(), rows.path()).await.expect("an import").written(), 0);

    let users = format!("{USERS}u1,active,2026-10-05T08:00:00.000Z,true,s1,student,ada,Ada,Secretname,,,p1,09,\n");
    write(rows.path(), &export("delta", &[("users", users)]));
    one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    assert_eq!(count(&pool, "SELECT count(*) FROM enrolments e JOIN students s ON s.id = e.student WHERE s.given_name = 'Ada' AND exit_date IS NULL").await, 1);
    assert_eq!(count(&pool, "SELECT count(*) FROM students WHERE ended_on IS NOT NULL").await, 0);
}

#[tokio::test]
async fn an_archive_is_read_in_place_and_a_hostile_one_refused() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    let path = home.path().join("roster.zip");
    archive(&path, &roster());
    let report = one_roster(&pool, home.path(), &path).await.expect("an import");
    assert_eq!(report.kind("users.student").new, 2);

    let mut hostile = roster();
    hostile.push(("../../etc/passwd".to_owned(), "x".to_owned()));
    archive(&path, &hostile);
    let error = one_roster(&pool, home.path(), &path).await.expect_err("an error");
    assert!(matches!(error, ImportError::Unusable { .. }), "{error}");

    let bomb = format!("{USERS}{}", "\n".repeat(17 << 20));
    archive(&path, &export("bulk", &[("users", bomb)]));
    let error = one_roster(&pool, home.path(), &path).await.expect_err("an error");
    assert!(matches!(error, ImportError::Malformed { .. }), "{error}");

    fs::write(&path, "no archive").expect("a file");
    assert!(one_roster(&pool, home.path(), &path).await.is_err());
}

#[tokio::test]
async fn a_manifest_that_is_not_one_point_one_or_a_file_without_names_stores_nothing() {
    let (pool, home, rows) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    let mut files = roster();
    files[0].1 = files[0].1.replace("oneroster.version,1.1", "oneroster.version,1.2");
    write(rows.path(), &files);
    let error = one_roster(&pool, home.path(), rows.path()).await.expect_err("an error");
    assert!(matches!(error, ImportError::Malformed { ref file, line: 3, .. } if file == "manifest.csv"), "{error}");

    write(rows.path(), &roster());
    fs::write(rows.path().join("courses.csv"), "c1,,,Algebra,ALG\n").expect("a file");
    let error = one_roster(&pool, home.path(), rows.path()).await.expect_err("an error");
    assert!(matches!(error, ImportError::Malformed { ref file, line: 1, .. } if file == "courses.csv"), "{error}");
    assert_eq!(count(&pool, "SELECT count(*) FROM schools").await, 0);
}

#[tokio::test]
async fn since_when_somebody_is_enrolled_is_what_the_enrolments_in_classes_say_and_else_assumed() {
    let (pool, export, home) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    write(export.path(), &roster());
    one_roster(&pool, home.path(), export.path()).await.expect("an import");
    let told = "SELECT string_agg(s.given_name || ' ' || e.assumed, ', ' ORDER BY s.given_name)
                FROM enrolments e JOIN students s ON s.id = e.student";
    assert_eq!(text(&pool, told).await, "Ada false, Ben true");

    // The terms are those of every school of the roster: the 77 weekdays from the 8th of September to the 23rd of December.
    let client = pool.get().await.expect("a connection");
    let row = client.query_one("SELECT id FROM schools WHERE name LIKE 'Elm%'", &[]).await.expect("a school");
    let (elm, year) = (SchoolId::from(row.get::<_, Uuid>(0)), SchoolYear::from(2027));
    let days = PgIndicators::new(pool.clone()).teaching_days(&[elm], year).await.expect("days");
    assert_eq!(days[&elm].days().len(), 77);

    // Ben's enrolment in a class, once it is told, says since when.
    let later = format!("{ENROLLMENTS}e7,active,,k1,s1,u2,student,,2026-09-14,\n");
    let later = self::export("delta", &[("enrollments", later)]);
    let rows = tempdir().expect("a directory");
    write(rows.path(), &later);
    one_roster(&pool, home.path(), rows.path()).await.expect("an import");
    assert_eq!(text(&pool, told).await, "Ada false, Ben false");
    let since =
        "SELECT e.entry_date::text FROM enrolments e JOIN students s ON s.id = e.student WHERE s.given_name = 'Ben'";
    assert_eq!(text(&pool, since).await, "2026-09-14");
}
