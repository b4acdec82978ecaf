//! A district of our own making: one school, one session, a few students.
use std::path::Path;

use crate::support::{interchange, row};

pub const STUDENT: &str = "StudentReference/StudentIdentity/StudentUniqueId";
pub const SCHOOL: &str = "SchoolReference/SchoolIdentity/SchoolId";
const SESSION: &str = "SessionReference/SessionIdentity";

/// The school, its session and calendar.
pub fn school(directory: &Path) {
    let school = row("School", &[("SchoolId", "7"), ("NameOfInstitution", "Elm &amp; Ash")]);
    interchange(directory, "a.xml", "EducationOrganization", &[school]);
    let session = row(
        "Session",
        &[
            ("SessionName", "Fall"),
            ("SchoolYear", "2026"),
            ("BeginDate", "2026-09-08"),
            ("EndDate", "2026-12-23"),
            (SCHOOL, "7"),
        ],
    );
    let calendar = row(
        "Calendar",
        &[("CalendarCode", "c"), ("CalendarType", "uri://ed-fi.org/X#School"), (SCHOOL, "7"), ("SchoolYear", "2026")],
    );
    let day = |date: &str, event: &str| {
        row(
            "CalendarDate",
            &[
                ("Date", date),
                ("CalendarEvent", &format!("uri://ed-fi.org/CalendarEventDescriptor#{event}")),
                ("CalendarReference/CalendarIdentity/CalendarCode", "c"),
                ("CalendarReference/CalendarIdentity/SchoolReference/SchoolIdentity/SchoolId", "7"),
                ("CalendarReference/CalendarIdentity/SchoolYear", "2026"),
            ],
        )
    };
    // Days before the calendar and the calendar before the session: the order in a file does not matter.
    let days = [day("2026-11-26", "Holiday"), day("2026-11-28", "Make-up day"), calendar, session];
    interchange(directory, "b.xml", "EducationOrgCalendar", &days);
}

/// A student.
pub fn student(number: &str, given: &str, family: &str, born: &str) -> String {
    row(
        "Student",
        &[
            ("StudentUniqueId", number),
            ("Name/FirstName", given),
            ("Name/LastSurname", family),
            ("BirthData/BirthDate", born),
        ],
    )
}

/// An absence.
pub fn absence(number: &str, school: &str, day: &str, category: &str) -> String {
    row(
        "StudentSchoolAttendanceEvent",
        &[
            ("AttendanceEvent/EventDate", day),
            ("AttendanceEvent/AttendanceEventCategory", category),
            (STUDENT, number),
            (SCHOOL, school),
            (&format!("{SESSION}/SessionName"), "Fall"),
            (&format!("{SESSION}/SchoolYear"), "2026"),
            (&format!("{SESSION}/{SCHOOL}"), "7"),
        ],
    )
}
