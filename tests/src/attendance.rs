//! A school, its students and their attendance as a district's system exports them (Ed-Fi XML).
use std::{fs, path::Path};

use chrono::{Days, NaiveDate};

const STUDENT: &str = "StudentReference/StudentIdentity/StudentUniqueId";
const SCHOOL: &str = "SchoolReference/SchoolIdentity/SchoolId";
const SESSION: &str = "SessionReference/SessionIdentity";

/// Writes a school that has taught on every day of the last sixty up to `today`, weekends too, and students who have
/// been enrolled there since, by number.
///
/// # Panics
/// Where the files cannot be written.
pub fn school_with_students(directory: &Path, today: NaiveDate, numbers: &[&str]) {
    let (first, last) = (today - Days::new(60), today + Days::new(60));
    let school = row("School", &[("SchoolId", "7"), ("NameOfInstitution", "Elm")]);
    file(directory, "1", "EducationOrganization", &[school]);
    let session = row(
        "Session",
        &[
            ("SessionName", "Year"),
            ("SchoolYear", "1"),
            ("BeginDate", &text(first)),
            ("EndDate", &text(last)),
            (SCHOOL, "7"),
        ],
    );
    let kind = ("CalendarType", "uri://ed-fi.org/X#School");
    let calendar = row("Calendar", &[("CalendarCode", "c"), kind, (SCHOOL, "7"), ("SchoolYear", "1")]);
    let day = |day: NaiveDate| {
        let of = "CalendarReference/CalendarIdentity";
        row(
            "CalendarDate",
            &[
                ("Date", &text(day)),
                ("CalendarEvent", "uri://ed-fi.org/CalendarEventDescriptor#Instructional day"),
                (&format!("{of}/CalendarCode"), "c"),
                (&format!("{of}/{SCHOOL}"), "7"),
                (&format!("{of}/SchoolYear"), "1"),
            ],
        )
    };
    let days: Vec<_> = first.iter_days().take_while(|&day| day <= today).map(day).collect();
    file(directory, "2", "EducationOrgCalendar", &[vec![session, calendar], days].concat());
    let student = |number: &&str| {
        row("Student", &[("StudentUniqueId", number), ("Name/FirstName", "Ada"), ("Name/LastSurname", number)])
    };
    file(directory, "3", "Student", &numbers.iter().map(student).collect::<Vec<_>>());
    let enrolled = |number: &&str| {
        let fields = [(STUDENT, *number), (SCHOOL, "7"), ("EntryDate", &text(first))];
        row("StudentSchoolAssociation", &fields)
    };
    file(directory, "4", "StudentEnrollment", &numbers.iter().map(enrolled).collect::<Vec<_>>());
}

/// Writes how students were marked, by number, day and category; what was written of attendance before is gone.
///
/// # Panics
/// Where the file cannot be written.
pub fn attendance(directory: &Path, marks: &[(&str, NaiveDate, &str)]) {
    let mark = |(number, day, category): &(&str, NaiveDate, &str)| {
        row(
            "StudentSchoolAttendanceEvent",
            &[
                ("AttendanceEvent/EventDate", &text(*day)),
                ("AttendanceEvent/AttendanceEventCategory", category),
                (STUDENT, number),
                (SCHOOL, "7"),
                (&format!("{SESSION}/SessionName"), "Year"),
                (&format!("{SESSION}/SchoolYear"), "1"),
                (&format!("{SESSION}/{SCHOOL}"), "7"),
            ],
        )
    };
    file(directory, "5", "StudentAttendance", &marks.iter().map(mark).collect::<Vec<_>>());
}

fn text(day: NaiveDate) -> String {
    day.to_string()
}

fn file(directory: &Path, name: &str, kind: &str, rows: &[String]) {
    let (root, rows) = (format!("Interchange{kind}"), rows.join("\n"));
    let xml = format!("<?xml version=\"1.0\"?>\n<{root} xmlns=\"http://ed-fi.org/5.2.0\">\n{rows}\n</{root}>\n");
    fs::write(directory.join(format!("{name}.xml")), xml).expect("a file");
}

/// A row: `name`, and the fields by their paths.
fn row(name: &str, fields: &[(&str, &str)]) -> String {
    let field = |(path, text): &(&str, &str)| {
        path.split('/').rev().fold((*text).to_owned(), |inner, name| format!("<{name}>{inner}</{name}>"))
    };
    format!("<{name}>{}</{name}>", fields.iter().map(field).collect::<String>())
}
