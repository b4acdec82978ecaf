//! Courses at a school, by the end of the time for which they were graded.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::StudentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OfSchool;

/// Courses that were graded for a time that ended on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"until": "2026-01-30", "students_graded": 398, "students_failing": 61, "courses_failed": 97}))]
pub struct CoursesOnAxis {
    /// The day.
    pub until: NaiveDate,
    /// Students with a grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students_graded: Option<u32>,
    /// Students who failed a course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students_failing: Option<u32>,
    /// Courses failed, by all of them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub courses_failed: Option<u32>,
}

#[derive(Default)]
struct Graded {
    students: BTreeSet<StudentId>,
    failing: BTreeSet<StudentId>,
    failed: u32,
}

impl OfSchool<'_> {
    /// The courses, where `passing` points are enough.
    pub(super) fn courses(&self, passing: u16) -> Vec<CoursesOnAxis> {
        let mut all: BTreeMap<NaiveDate, Graded> = BTreeMap::new();
        let (from, to) = self.axis;
        for (&student, year) in &self.known.years {
            let on_axis = year.grades.iter().filter(|grade| (from..=to).contains(&grade.until));
            for grade in on_axis.filter(|grade| self.was_there(year, grade.from) || self.was_there(year, grade.until)) {
                let graded = all.entry(grade.until).or_default();
                graded.students.insert(student);
                if grade.is_failed(passing) {
                    graded.failing.insert(student);
                    graded.failed += 1;
                }
            }
        }
        let number = |students: &BTreeSet<StudentId>| u32::try_from(students.len()).unwrap_or(u32::MAX);
        let on_axis = |(until, graded): (NaiveDate, Graded)| {
            let (students, failing) = (number(&graded.students), number(&graded.failing));
            CoursesOnAxis {
                until,
                students_graded: self.told(students, students),
                students_failing: self.told_part(failing, failing, students),
                courses_failed: self.told_part(graded.failed, failing, students),
            }
        };
        all.into_iter().map(on_axis).collect()
    }
}
