//! A school, its terms, and the days on which it teaches.
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::SchoolId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A school.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000001",
    "name": "Grand Bend High School",
    "short_name": "GBHS",
    "time_zone": "America/New_York",
    "grade_levels": ["uri://ed-fi.org/GradeLevelDescriptor#Ninth grade"],
    "source": "ed-fi"
}))]
pub struct School {
    /// The school.
    pub id: SchoolId,
    /// What it is called.
    pub name: String,
    /// What it is called for short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub short_name: Option<String>,
    /// The time zone in which its days are judged, by its IANA name.
    #[schema(value_type = String, example = "America/New_York")]
    pub time_zone: Tz,
    /// The grades it teaches, as Ed-Fi `GradeLevelDescriptor` URIs.
    pub grade_levels: Vec<String>,
    /// The day on which it closed, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ended_on: Option<NaiveDate>,
    /// The system that owns the record: `ed-fi`, `one-roster` or `hand`.
    pub source: String,
}

/// The days of a school over a stretch of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school": "0192a000-0000-7000-8000-000000000001",
    "time_zone": "America/New_York",
    "from": "2021-11-01",
    "to": "2021-11-30",
    "terms": [{
        "name": "2021-2022 Fall Semester", "school_year": "2021-2022",
        "begins_on": "2021-08-23", "ends_on": "2021-12-17", "instructional_days": 81
    }],
    "days": [{"day": "2021-11-25", "instructional": false}]
}))]
pub struct SchoolCalendarDays {
    /// The school.
    pub school: SchoolId,
    /// The time zone in which its days are judged.
    #[schema(value_type = String, example = "America/New_York")]
    pub time_zone: Tz,
    /// The first day of the stretch.
    pub from: NaiveDate,
    /// The last day of the stretch.
    pub to: NaiveDate,
    /// The terms that touch the stretch, earliest first.
    pub terms: Vec<Term>,
    /// The days of which something is known, earliest first. Any other day is instructional from Monday to Friday.
    pub days: Vec<SchoolDay>,
}

/// A term of a school: what Ed-Fi calls a session.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Term {
    /// What it is called.
    pub name: String,
    /// The school year, as the source writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_year: Option<String>,
    /// The first day.
    pub begins_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// How many days are taught, where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub instructional_days: Option<i32>,
}

/// One day of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"day": "2021-11-25", "instructional": false}))]
pub struct SchoolDay {
    /// The day.
    pub day: NaiveDate,
    /// Whether students are taught on it.
    pub instructional: bool,
}
