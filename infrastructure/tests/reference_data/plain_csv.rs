//! CSV of schools without Ed-Fi or OneRoster: a whole small school, real exports as bad as they come, and bad rows told.
use std::{fs, path::Path};

use infrastructure::import::ImportError;
use tempfile::tempdir;

use crate::{
    shared_data::x2_fixtures,
    support::{count, database, plain_csv, rejects, text},
};

fn write(directory: &Path, file: &str, text: impl AsRef<[u8]>) {
    fs::write(directory.join(file), text).expect("a file");
}

/// A school with two students in each of the files that there can be.
fn whole_school(directory: &Path) {
    write(directory, "schools.csv", "school_id,name\nE,Elm Street\n");
    write(
        directory,
        "terms.csv",
        "term_id,school_id,name,school_year,begin_date,end_date,days\nF,E,Fall,2027,2026-09-08,2026-12-23,70\n",
    );
    write(
        directory,
        "students.csv",
        "student_id,given_name,family_name,birth_date\n1,Ada,Secretname,2010-02-03\n2,Ben,Secretname,\n",
    );
    write(
        directory,
        "enrolments.csv",
        "student_id,school_id,entry_date,exit_date,grade_level\n1,E,9/8/2026,,09\n2,E,9/8/26,2026-10-01,09\n",
    );
    write(directory, "calendar.csv", "school_id,date,instructional\nE,2026-11-26,no\nE,2026-11-28,yes\n");
    write(
        directory,
        "attendance-09.csv",
        "student_id,school_id,date,status,reason\n1,E,2026-09-09,unexcused,\n2,E,2026-09-09,Tardy,Bus\n",
    );
    write(directory, "attendance-10.csv", "student_id,school_id,date,status\n1,E,2026-10-01,excused\n");
    write(
        directory,
        "section_attendance.csv",
        "student_id,school_id,term_id,course,section,date,status\n1,E,F,ALG,a,2026-09-10,absent\n",
    );
    write(directory, "grades.csv", "student_id,school_id,term_id,course,grade\n1,E,F,ALG,61.5 D\n2,E,F,ALG,B+\n");
    write(directory, "credits.csv", "student_id,school_id,school_year,course,attempted,earned\n1,E,2026,ALG,1.0,0.5\n");
    write(
        directory,
        "assessments.csv",
        "student_id,date,assessment,subject,score,level\n1,2026-05-01,MCAS,Math,222,NI\n",
    );
    write(
        directory,
        "incidents.csv",
        "incident_id,school_id,date,time,behavior,student_id,role\ni,E,2026-10-02,1:05 PM,Fighting,1,offender\ni,E,2026-10-02,1:05 PM,Fighting,2,victim\n",
    );
    write(
        directory,
        "discipline.csv",
        "student_id,school_id,date,action,days,incident_id\n1,E,2026-10-03,Out of School Suspension,2,i\n",
    );
}

#[tokio::test]
async fn a_whole_school_comes_of_its_files_and_a_second_time_changes_nothing() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    whole_school(home.path());
    let report = plain_csv(&pool, home.path()).await.expect("an import");
    assert_eq!((report.rejected(), report.listed), (0, 0), "{}", rejects(home.path()));
    let new: Vec<_> = report.kinds.iter().map(|kind| (kind.kind, kind.new)).collect();
    insta::assert_debug_snapshot!(new);
    assert_eq!(report.derived["days submitted"], 3);
    let marks = "SELECT string_agg(event_date || ' ' || attendance_event_category, ', ' ORDER BY event_date, attendance_event_category COLLATE \"C\") FROM student_school_attendance_events";
    assert_eq!(text(&pool, marks).await, "2026-09-09 Tardy, 2026-09-09 unexcused, 2026-10-01 excused");
    assert_eq!(count(&pool, "SELECT count(*) FROM school_days WHERE NOT instructional").await, 1);
    assert_eq!(text(&pool, "SELECT incident_time::text FROM discipline_incidents").await, "13:05:00");

    let again = plain_csv(&pool, home.path()).await.expect("an import");
    assert_eq!((again.written(), again.rejected()), (0, 0), "{again:#?}");
    write(
        home.path(),
        "attendance-10.csv",
        "student_id,school_id,date,status\n1,E,2026-10-01,present\n2,E,2026-10-01,excused\n",
    );
    let changed = plain_csv(&pool, home.path()).await.expect("an import").kind("attendance");
    assert_eq!((changed.new, changed.changed, changed.unchanged), (1, 1, 2));
}

#[tokio::test]
async fn rows_that_cannot_be_used_are_told_by_file_line_column_and_reason() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    whole_school(home.path());
    // A mark of the byte order, line ends of Windows, empty lines, fields left out and too many, a line of names repeated, a
    // text over two lines, a column twice, semicolons, Windows-1252.
    write(
        home.path(),
        "students-2.csv",
        b"\xef\xbb\xbf\"Student ID\";Given_Name;family_name;given_name;birth_date;;\r\n\
        3;Zo\xeb;M\xfcller;;7/5/12;;\r\n\r\n;;;;;;\r\n\
        4;\"Two\nlines\";\"O\"\"Hara\"\r\n\
        Student ID;Given_Name;family_name;given_name;birth_date;;\r\n\
        5;Secretname;X;Other;2010-01-01\r\n6;Fay;X;;2010-02-30\r\n;Gil;X;;\r\n7;Hal;X;;;;;too much\r\n"
            .as_slice(),
    );
    write(
        home.path(),
        "attendance-11.csv",
        "student_id,school_id,date,status,comment\n\
        3,E,2026-11-02,unexcused,\"said \"\"no\"\"\"\n3,E,2026-11-02,excused,\n99,E,2026-11-02,excused,\n\
        3,Z,2026-11-03,excused,\n3,E,soon,excused,\n3,E,2026-11-03,T-E,\n3,E,2026-11-04,NULL,\n",
    );
    let report = plain_csv(&pool, home.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    assert!(!rejects(home.path()).contains("Secretname"));
    assert_eq!((report.kind("students").read, report.kind("students").new), (8, 4));
    let names = "SELECT string_agg(given_name || ' ' || family_name, ', ' ORDER BY family_name COLLATE \"C\") FROM students WHERE family_name <> 'Secretname'";
    assert_eq!(text(&pool, names).await, "Zoë Müller, Two\nlines O\"Hara");
    assert!(report.not_used.contains_key("attendance-11.csv: column comment"), "{:?}", report.not_used);
}

#[tokio::test]
async fn a_file_that_is_none_is_named_and_nothing_is_stored() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    assert!(matches!(plain_csv(&pool, home.path()).await, Err(ImportError::Unusable { .. })));
    whole_school(home.path());
    let bad: [&[u8]; 3] = [b"1,E,2026-09-09,excused\n", b"PK\x03\x04", &[0xff, 0xfe, b's', 0]];
    for bytes in bad {
        write(home.path(), "attendance-09.csv", bytes);
        let error = plain_csv(&pool, home.path()).await.expect_err("an error");
        assert!(
            matches!(&error, ImportError::Malformed { file, line: 1, .. } if file == "attendance-09.csv"),
            "{error}"
        );
        assert_eq!(count(&pool, "SELECT count(*) FROM students").await, 0);
    }
}

#[tokio::test]
async fn exports_of_a_real_system_arrive_as_they_are() {
    let Some(folder) = x2_fixtures() else { return };
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    let files = [
        ("fake_students_export.csv", "students.csv"),
        ("fake_behavior_export.csv", "incidents.csv"),
        ("fake_x2_assessments.csv", "assessments.csv"),
        ("bad_x2_assessments.csv", "assessments-bad.csv"),
        ("attendance_dump.csv", "attendance.csv"),
    ];
    for (from, to) in files {
        fs::copy(folder.join(from), home.path().join(to)).expect("a copy");
    }
    write(
        home.path(),
        "schools.csv",
        "school_id,name\nSHS,Somerville High\nHEA,Healey\nBRN,Brown\nESCS,East\nSKL,Of the dump\n",
    );
    write(
        home.path(),
        "students-dump.csv",
        "student_id,given_name,family_name\nstd,Of,Dump\n10,A,B\n11,A,B\n13,A,B\n14,A,B\n111,A,B\n222,A,B\n333,A,B\n",
    );
    let grades = fs::read_to_string(folder.join("student_section_grades_fixture.csv")).expect("a file");
    write(
        home.path(),
        "terms.csv",
        "term_id,school_id,name,begin_date,end_date\nFY,SHS,Year,2025-09-01,2026-06-30\nFY,ESCS,Year,2025-09-01,2026-06-30\n",
    );
    write(
        home.path(),
        "grades.csv",
        format!("section_number,local_id,school_local_id,course_number,term_local_id,grade\n{grades}"),
    );

    let report = plain_csv(&pool, home.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    let fared: Vec<_> = report.kinds.iter().map(|k| (k.kind, k.read, k.new, k.rejected)).collect();
    insta::assert_debug_snapshot!(fared);
    assert_eq!(text(&pool, "SELECT attendance_event_category FROM student_school_attendance_events").await, "tardy");
    let grades = "SELECT string_agg(numeric_grade_earned || ' ' || letter_grade_earned, ', ' ORDER BY numeric_grade_earned) FROM grades";
    assert_eq!(text(&pool, grades).await, "85.12 B+, 85.45 B+, 85.78 B+, 85.99 B+, 99.99 A+");
    assert_eq!(plain_csv(&pool, home.path()).await.expect("an import").written(), 0);
}
