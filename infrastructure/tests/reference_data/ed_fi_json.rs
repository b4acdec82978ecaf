//! Ed-Fi over its REST interface: the same records as the bulk XML, of arrays and of lines, with bad rows told.
use std::{fs, path::Path};

use infrastructure::import::ImportError;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    district::{absence, school, student},
    support::{count, database, ed_fi, ed_fi_json, interchange, rejects, text},
};

const UNEXCUSED: &str = "uri://ed-fi.org/AttendanceEventCategoryDescriptor#Unexcused Absence";

fn write(directory: &Path, file: &str, items: &Value) {
    fs::write(directory.join(file), items.to_string()).expect("a file");
}

/// What the API answers of the school that the XML tests have, too.
fn the_same_school(directory: &Path) {
    let link = json!({"rel": "School", "href": "/ed-fi/schools/x"});
    write(
        directory,
        "schools.json",
        &json!([{"id": "x", "schoolId": 7, "nameOfInstitution": "Elm & Ash", "_etag": "1"}]),
    );
    let session = json!([{
        "sessionName": "Fall", "schoolYearTypeReference": {"schoolYear": 2027}, "schoolReference": {"schoolId": 7, "link": link},
        "beginDate": "2026-09-08", "endDate": "2026-12-23"
    }]);
    write(directory, "sessions.json", &session);
    let calendar = json!([{
        "calendarCode": "c", "calendarTypeDescriptor": "uri://ed-fi.org/X#School", "schoolReference": {"schoolId": 7},
        "schoolYearTypeReference": {"schoolYear": 2027}
    }]);
    write(directory, "calendars.json", &calendar);
    let day = |date: &str, event: &str| {
        json!({
            "date": date, "calendarReference": {"calendarCode": "c", "schoolId": 7, "schoolYear": 2027},
            "calendarEvents": [{"calendarEventDescriptor": format!("uri://ed-fi.org/CalendarEventDescriptor#{event}")}]
        })
    };
    write(directory, "calendarDates.json", &json!([day("2026-11-26", "Holiday"), day("2026-11-28", "Make-up day")]));
}

fn a_student(number: &str, given: &str) -> Value {
    json!({"studentUniqueId": number, "firstName": given, "lastSurname": "Secretname", "birthDate": "2010-02-03"})
}

fn an_absence(number: &str, day: &str) -> Value {
    json!({
        "studentReference": {"studentUniqueId": number}, "schoolReference": {"schoolId": 7}, "eventDate": day,
        "sessionReference": {"schoolId": 7, "schoolYear": 2027, "sessionName": "Fall"},
        "attendanceEventCategoryDescriptor": UNEXCUSED
    })
}

#[tokio::test]
async fn what_the_api_answers_is_known_already_where_the_bulk_files_were_imported() {
    let (pool, xml, rest) = (database().await, tempdir().expect("a directory"), tempdir().expect("a directory"));
    school(xml.path());
    interchange(xml.path(), "c.xml", "Student", &[student("1", "Ada", "Secretname", "2010-02-03")]);
    interchange(xml.path(), "d.xml", "StudentAttendance", &[absence("1", "7", "2026-09-09", UNEXCUSED)]);
    // The bulk files say both years of a school year, the API the one in which it ends.
    for file in ["b.xml", "d.xml"] {
        let path = xml.path().join(file);
        let both = fs::read_to_string(&path).expect("a file").replace("<SchoolYear>2026<", "<SchoolYear>2026-2027<");
        fs::write(path, both).expect("a file");
    }
    assert_eq!(ed_fi(&pool, xml.path()).await.expect("an import").rejected(), 0);

    the_same_school(rest.path());
    write(rest.path(), "students.json", &json!([a_student("1", "Ada")]));
    fs::write(rest.path().join("studentSchoolAttendanceEvents.ndjson"), an_absence("1", "2026-09-09").to_string())
        .expect("a file");
    let report = ed_fi_json(&pool, rest.path()).await.expect("an import");
    assert_eq!((report.written(), report.rejected(), report.listed), (0, 0, 0), "{report:#?}");
    let unchanged: u64 = report.kinds.iter().map(|kind| kind.unchanged).sum();
    assert_eq!((report.kinds.len(), unchanged), (6, 7), "{report:#?}");
}

#[tokio::test]
async fn a_district_comes_of_arrays_and_lines_with_bad_rows_told_and_a_second_time_changes_nothing() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    the_same_school(home.path());
    write(
        home.path(),
        "students.json",
        &json!([a_student("1", "Ada"), a_student("2", "Ben"), {"studentUniqueId": "3"}]),
    );
    write(home.path(), "students-2.json", &json!([a_student("1", "Other")]));
    let enrolment = json!([{"studentReference": {"studentUniqueId": "1"}, "schoolReference": {"schoolId": 7}, "entryDate": "2026-09-08",
                            "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade"}]);
    write(home.path(), "studentSchoolAssociations.json", &enrolment);
    let events = [
        an_absence("1", "2026-09-09"),
        an_absence("1", "2026-09-09"),
        an_absence("9", "2026-09-09"),
        an_absence("2", "yesterday"),
        an_absence("2", "2026-09-10"),
    ];
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    fs::write(home.path().join("studentSchoolAttendanceEvents.ndjson"), lines.join("\n")).expect("a file");
    let incident = json!([{"incidentIdentifier": "i", "schoolReference": {"schoolId": 7}, "incidentDate": "2026-10-01",
                           "behaviors": [{"behaviorDescriptor": "uri://x#Fighting"}]}]);
    write(home.path(), "disciplineIncidents.json", &incident);
    let offender = json!([{"studentReference": {"studentUniqueId": "1"}, "disciplineIncidentReference": {"incidentIdentifier": "i", "schoolId": 7},
                           "behaviorDescriptor": "uri://x#Fighting"}]);
    write(home.path(), "studentDisciplineIncidentBehaviorAssociations.json", &offender);
    let section = json!({"localCourseCode": "ALG", "schoolId": 7, "schoolYear": 2027, "sectionIdentifier": "a", "sessionName": "Fall",
                         "beginDate": "2026-09-08", "studentUniqueId": "1"});
    write(
        home.path(),
        "grades.json",
        &json!([{"studentSectionAssociationReference": section, "gradeTypeDescriptor": "uri://x#Final",
                                                "numericGradeEarned": 61.5}]),
    );
    write(home.path(), "weather.json", &json!([]));

    let report = ed_fi_json(&pool, home.path()).await.expect("an import");
    insta::assert_snapshot!(rejects(home.path()));
    assert!(!rejects(home.path()).contains("Secretname") && !rejects(home.path()).contains("yesterday"));
    let attendance = report.kind("StudentSchoolAttendanceEvent");
    assert_eq!((attendance.read, attendance.new, attendance.rejected), (5, 2, 3));
    assert_eq!((report.kind("Student").new, report.kind("Student").rejected), (2, 2));
    for kind in ["StudentDisciplineIncidentAssociation", "Grade", "StudentSchoolAssociation"] {
        assert_eq!((report.kind(kind).new, report.kind(kind).rejected), (1, 0), "{kind}");
    }
    assert_eq!(report.not_used.keys().collect::<Vec<_>>(), ["weather.json"]);
    assert_eq!(text(&pool, "SELECT numeric_grade_earned::text FROM grades").await, "61.5");
    assert_eq!(
        text(&pool, "SELECT string_agg(day::text, ' ' ORDER BY day) FROM submitted_days").await,
        "2026-09-09 2026-09-10"
    );
    let again = ed_fi_json(&pool, home.path()).await.expect("an import");
    assert_eq!((again.written(), again.rejected()), (0, report.rejected()), "{again:#?}");

    let excused = lines[4].replace("Unexcused", "Excused");
    fs::write(home.path().join("studentSchoolAttendanceEvents.ndjson"), excused).expect("a file");
    let changed = ed_fi_json(&pool, home.path()).await.expect("an import").kind("StudentSchoolAttendanceEvent");
    assert_eq!((changed.read, changed.new, changed.changed), (1, 0, 1));
}

#[tokio::test]
async fn a_file_cut_short_stores_nothing() {
    let (pool, home) = (database().await, tempdir().expect("a directory"));
    assert!(matches!(ed_fi_json(&pool, home.path()).await, Err(ImportError::Unusable { .. })));
    the_same_school(home.path());
    let whole = json!([a_student("1", "Ada")]).to_string();
    fs::write(home.path().join("students.json"), &whole[..whole.len() - 9]).expect("a file");
    let error = ed_fi_json(&pool, home.path()).await.expect_err("an error");
    assert!(matches!(&error, ImportError::Malformed { file, line: 1, .. } if file == "students.json"), "{error}");
    assert_eq!(count(&pool, "SELECT count(*) FROM schools").await, 0);
}
