//! Ed-Fi: bad rows are told, changes are found, a broken file stores nothing.
use std::fs;

use infrastructure::import::ImportError;
use tempfile::tempdir;

use crate::{
    district::{SCHOOL, STUDENT, absence, school, student},
    support::{count, database, ed_fi, interchange, rejects, row, text},
};

#[tokio::test]
async fn rows_that_cannot_be_used_are_told_by_file_line_and_reason_without_what_stands_there() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    let students = [
        student("1", "Ada", "Secretname", "2010-02-03"),
        student("2", "Ben", "Secretname", "2010-02-31"),
        student("", "Cem", "Secretname", "2010-01-01"),
        student("1", "Other", "Secretname", "2010-02-03"),
        row("Student", &[("StudentUniqueId", "5"), ("Name/FirstName", "Eve")]),
    ];
    interchange(home.path(), "c.xml", "Student", &students);
    let absences = [
        absence("1", "7", "2026-09-09", "x#Excused"),
        absence("1", "7", "2026-09-09", "x#Unexcused"),
        absence("9", "8", "2026-09-09", "x#Excused"),
        absence("1", "7", "yesterday", "x#Excused"),
    ];
    interchange(home.path(), "d.xml", "StudentAttendance", &absences);

    let report = ed_fi(&pool, home.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    assert!(!rejects(home.path()).contains("Secretname"));
    assert_eq!((report.rejected(), report.listed), (7, 7));
    assert_eq!((report.kind("Student").read, report.kind("Student").new), (5, 1));
    assert_eq!(count(&pool, "SELECT count(*) FROM student_school_attendance_events").await, 1);
    assert_eq!(text(&pool, "SELECT name FROM schools").await, "Elm & Ash");
    let days = "SELECT string_agg(day || ' ' || instructional, ', ' ORDER BY day) FROM school_days";
    assert_eq!(text(&pool, days).await, "2026-11-26 false, 2026-11-28 true");
    assert_eq!(text(&pool, "SELECT outcome FROM import_batches").await, "finished");
}

#[tokio::test]
async fn a_changed_file_changes_what_changed() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    let mut students: Vec<String> = (1..=5_000).map(|n| student(&n.to_string(), "A", "B", "2010-01-01")).collect();
    interchange(home.path(), "c.xml", "Student", &students);
    ed_fi(&pool, home.path()).await.expect("an import");
    let ids = "SELECT md5(string_agg(id::text, ',' ORDER BY external_id)) FROM external_ids WHERE kind = 'student'";
    let before = text(&pool, ids).await;

    students[17] = student("18", "Ann", "B", "2010-01-01");
    students.push(student("5001", "New", "B", "2010-01-01"));
    interchange(home.path(), "c.xml", "Student", &students);
    let report = ed_fi(&pool, home.path()).await.expect("an import");
    let seen = report.kind("Student");
    assert_eq!((seen.read, seen.new, seen.changed, seen.unchanged, seen.rejected), (5_001, 1, 1, 4_999, 0));
    assert_eq!(report.written(), 2, "{report:#?}");
    let renamed = "SELECT count(*) FROM students s JOIN external_ids x USING (id) WHERE external_id = '18' AND given_name = 'Ann'";
    assert_eq!(count(&pool, renamed).await, 1);
    assert_eq!(text(&pool, &ids.replace("= 'student'", "= 'student' AND external_id <> '5001'")).await, before);
    assert_eq!(count(&pool, "SELECT count(DISTINCT batch) FROM students").await, 2);
}

#[tokio::test]
async fn a_file_cut_short_or_broken_stores_nothing_and_is_named_with_its_line() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    interchange(home.path(), "c.xml", "Student", &[student("1", "Ada", "Secretname", "2010-02-03")]);
    let whole = fs::read_to_string(home.path().join("c.xml")).expect("a file");
    let broken = [
        (whole[..whole.len() - 60].to_owned(), 3),
        (whole.replace("</Name>", "</Nam>"), 3),
        (whole.replace("Ada", "&ada;"), 3),
        (whole.replace("Ada", "A < b"), 3),
        (String::new(), 1),
    ];
    for (xml, at) in broken {
        fs::write(home.path().join("c.xml"), xml).expect("a file");
        let error = ed_fi(&pool, home.path()).await.expect_err("an error");
        assert!(!error.to_string().contains("Secretname"));
        assert!(matches!(error, ImportError::Malformed { file, line, .. } if file == "c.xml" && line == at));
        for table in ["schools", "students", "external_ids", "import_batches WHERE outcome <> 'failed'"] {
            assert_eq!(count(&pool, &format!("SELECT count(*) FROM {table}")).await, 0, "{table}");
        }
        assert_eq!(rejects(home.path()), "");
    }
}

#[tokio::test]
async fn what_is_no_interchange_is_left_alone_and_an_empty_directory_is_an_error() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    let error = ed_fi(&pool, home.path()).await.expect_err("an error");
    assert!(matches!(error, ImportError::Unusable { .. }));
    school(home.path());
    fs::write(home.path().join("page.xml"), "<html><p>not ours<br></html>").expect("a file");
    let report = ed_fi(&pool, home.path()).await.expect("an import");
    assert_eq!(report.not_used.keys().collect::<Vec<_>>(), ["page.xml: no Ed-Fi interchange"]);
    assert_eq!(report.kind("School").new, 1);
}

#[tokio::test]
async fn a_student_without_enrolment_is_placed_by_events_until_the_district_says_where() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    interchange(home.path(), "c.xml", "Student", &[student("1", "Ada", "B", "2010-02-03")]);
    interchange(home.path(), "d.xml", "StudentAttendance", &[absence("1", "7", "2026-10-09", "x#Excused")]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let enrolments = "SELECT string_agg(entry_date || ' ' || assumed, ', ' ORDER BY entry_date) FROM enrolments";
    assert_eq!(text(&pool, enrolments).await, "2026-09-08 true");

    let grade = "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade";
    // First on the very day that was assumed, then on another.
    for (entry, enrolled) in [("2026-09-08", "2026-09-08 false"), ("2026-09-10", "2026-09-08 false, 2026-09-10 false")]
    {
        let enrolment = [(STUDENT, "1"), (SCHOOL, "7"), ("EntryDate", entry), ("EntryGradeLevel", grade)];
        let row = row("StudentSchoolAssociation", &enrolment);
        interchange(home.path(), "e.xml", "StudentEnrollment", &[row]);
        ed_fi(&pool, home.path()).await.expect("an import");
        assert_eq!(text(&pool, enrolments).await, enrolled);
        assert_eq!(ed_fi(&pool, home.path()).await.expect("an import").written(), 0);
    }
}

#[tokio::test]
async fn an_assumed_enrolment_goes_when_the_district_says_another_day() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    interchange(home.path(), "c.xml", "Student", &[student("1", "Ada", "B", "2010-02-03")]);
    interchange(home.path(), "d.xml", "StudentAttendance", &[absence("1", "7", "2026-10-09", "x#Excused")]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let enrolment = [(STUDENT, "1"), (SCHOOL, "7"), ("EntryDate", "2026-09-10")];
    interchange(home.path(), "e.xml", "StudentEnrollment", &[row("StudentSchoolAssociation", &enrolment)]);
    ed_fi(&pool, home.path()).await.expect("an import");
    let enrolments = "SELECT string_agg(entry_date || ' ' || assumed, ', ') FROM enrolments";
    assert_eq!(text(&pool, enrolments).await, "2026-09-10 false");
    assert_eq!(ed_fi(&pool, home.path()).await.expect("an import").written(), 0);
}

#[tokio::test]
async fn cohorts_and_grades_are_read_where_a_district_has_them() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    school(home.path());
    interchange(home.path(), "c.xml", "Student", &[student("1", "Ada", "B", "2010-02-03")]);
    let org = "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId";
    let cohort = row("Cohort", &[("CohortIdentifier", "ninth"), ("CohortType", "x#Study Hall"), (org, "7")]);
    let member = [
        (STUDENT, "1"),
        ("CohortReference/CohortIdentity/CohortIdentifier", "ninth"),
        (&format!("CohortReference/CohortIdentity/{org}"), "7"),
        ("BeginDate", "2026-09-08"),
    ];
    interchange(home.path(), "d.xml", "StudentCohort", &[row("StudentCohortAssociation", &member), cohort]);
    let section = "StudentSectionAssociationReference/StudentSectionAssociationIdentity";
    let offering = format!("{section}/SectionReference/SectionIdentity/CourseOfferingReference/CourseOfferingIdentity");
    let session = format!("{offering}/SessionReference/SessionIdentity");
    let grade = [
        (format!("{section}/{STUDENT}"), "1"),
        (format!("{section}/SectionReference/SectionIdentity/SectionIdentifier"), "s"),
        (format!("{offering}/LocalCourseCode"), "ALG"),
        (format!("{offering}/{SCHOOL}"), "7"),
        (format!("{session}/SessionName"), "Fall"),
        (format!("{session}/SchoolYear"), "2026"),
        (format!("{session}/{SCHOOL}"), "7"),
        ("GradeType".to_owned(), "x#Final"),
        ("NumericGradeEarned".to_owned(), "61.5"),
    ];
    let grade: Vec<(&str, &str)> = grade.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    interchange(home.path(), "e.xml", "StudentGrade", &[row("Grade", &grade), row("Grade", &grade)]);

    let report = ed_fi(&pool, home.path()).await.expect("an import");
    assert_eq!((report.kind("Cohort").new, report.kind("StudentCohortAssociation").new), (1, 1));
    assert_eq!((report.kind("Grade").new, report.kind("Grade").rejected), (1, 1));
    assert_eq!(text(&pool, "SELECT numeric_grade_earned::text FROM grades").await, "61.5");
    assert_eq!(ed_fi(&pool, home.path()).await.expect("an import").written(), 0);
}
