//! A student, by name and school. Prints nothing of itself but the id.
use std::fmt;

use chrono::NaiveDate;
use domain::{SchoolId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Personal;

/// A student, with all enrolments.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000a1",
    "given_name": "Ada", "family_name": "Example", "preferred_given_name": "Addy", "birth_date": "2010-02-03",
    "enrolments": [{
        "id": "0192a000-0000-7000-8000-0000000000c1",
        "school": "0192a000-0000-7000-8000-000000000001",
        "entered_on": "2026-09-08",
        "grade_level": "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade",
        "assumed": false,
        "source": "ed-fi"
    }],
    "source": "ed-fi"
}))]
pub struct Student {
    /// The student.
    pub id: StudentId,
    /// The given name.
    pub given_name: Personal,
    /// Names in the middle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub middle_name: Option<Personal>,
    /// The family name.
    pub family_name: Personal,
    /// The given name that the student goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub preferred_given_name: Option<Personal>,
    /// The family name that the student goes by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub preferred_family_name: Option<Personal>,
    /// The day of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub birth_date: Option<NaiveDate>,
    /// The enrolments, latest first.
    pub enrolments: Vec<Enrolment>,
    /// The system that owns the record: `ed-fi`, `one-roster` or `hand`.
    pub source: String,
}

/// A student's time at a school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000c1", "school": "0192a000-0000-7000-8000-000000000001",
    "entered_on": "2026-09-08", "grade_level": "9", "assumed": false, "source": "hand"
}))]
pub struct Enrolment {
    /// The enrolment.
    pub id: Uuid,
    /// The school.
    pub school: SchoolId,
    /// The first day.
    pub entered_on: NaiveDate,
    /// The grade on entering, as the source writes it (Ed-Fi: a descriptor's URI).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grade_level: Option<String>,
    /// The last day, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub exited_on: Option<NaiveDate>,
    /// Whether the first day is assumed: the source names the school without it, or only events tell of the school.
    pub assumed: bool,
    /// The system that owns the record.
    pub source: String,
}

/// A student as lists show one.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000a1",
    "given_name": "Ada", "family_name": "Example",
    "school": "0192a000-0000-7000-8000-000000000001",
    "grade_level": "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade"
}))]
pub struct StudentLine {
    /// The student.
    pub id: StudentId,
    /// The given name that the student goes by.
    pub given_name: Personal,
    /// The family name that the student goes by.
    pub family_name: Personal,
    /// The school of the enrolment that the list is about.
    pub school: SchoolId,
    /// The grade on entering it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub grade_level: Option<String>,
}

impl fmt::Debug for Student {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Student({}, ..)", self.id)
    }
}

impl fmt::Debug for StudentLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StudentLine({}, ..)", self.id)
    }
}
