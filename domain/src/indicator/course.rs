//! Courses and their grades.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::StudentYear;

/// A grade in a course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"course": "ALG-1", "from": "2021-08-23", "until": "2021-12-17", "numeric": 6400, "is_final": true}))]
pub struct CourseGrade {
    /// The course, by the district's code.
    pub course: String,
    /// The first day of the time for which it was given.
    pub from: NaiveDate,
    /// The last day of that time.
    pub until: NaiveDate,
    /// The grade in hundredths of a point, where it is a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub numeric: Option<u32>,
    /// The grade, where it is a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub letter: Option<String>,
    /// Whether it is the last word on that time.
    #[serde(default)]
    pub is_final: bool,
}

/// Courses as they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"graded": 6, "failed": 1, "average": 7825}))]
pub struct Courses {
    /// Courses with a grade.
    pub graded: u32,
    /// Of these, failed ones.
    pub failed: u32,
    /// The mean of grades that are numbers, in hundredths of a point, rounded down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub average: Option<u32>,
}

impl CourseGrade {
    /// Whether the course is failed, where `passing` points are enough; a number counts more than a letter.
    pub fn is_failed(&self, passing: u16) -> bool {
        match (self.numeric, &self.letter) {
            (Some(numeric), _) => numeric < u32::from(passing) * 100,
            (None, Some(letter)) => letter.trim().to_uppercase().starts_with('F'),
            (None, None) => false,
        }
    }
}

impl StudentYear {
    /// The latest grade of each course whose time had begun on `as_of`.
    pub fn courses(&self, as_of: NaiveDate, passing: u16) -> Courses {
        let mut latest: BTreeMap<&str, &CourseGrade> = BTreeMap::new();
        let later = |grade: &CourseGrade| (grade.until, grade.is_final, grade.from);
        for grade in self.grades.iter().filter(|grade| grade.from <= as_of) {
            let known = latest.entry(&grade.course).or_insert(grade);
            if later(grade) > later(known) {
                *known = grade;
            }
        }
        let numbers: Vec<_> = latest.values().filter_map(|grade| grade.numeric).collect();
        let count = |grades: &mut dyn Iterator<Item = &&CourseGrade>| grades.map(|_| 1).sum();
        Courses {
            graded: count(&mut latest.values()),
            failed: count(&mut latest.values().filter(|grade| grade.is_failed(passing))),
            average: numbers.iter().sum::<u32>().checked_div(u32::try_from(numbers.len()).unwrap_or(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::{day, year};

    fn grade(course: &str, until: &str, numeric: Option<u32>, letter: Option<&str>) -> CourseGrade {
        let (course, letter) = (course.to_owned(), letter.map(str::to_owned));
        CourseGrade { course, from: day("2026-03-02"), until: day(until), numeric, letter, is_final: false }
    }

    #[test]
    fn the_latest_grade_of_a_course_counts_and_exactly_passing_passes() {
        let grades = vec![
            grade("ALG", "2026-03-31", Some(6_499), None),
            grade("ALG", "2026-04-30", Some(6_500), Some("F")),
            grade("ELA", "2026-03-31", Some(6_499), None),
            grade("ART", "2026-03-31", None, Some(" f ")),
            grade("PE", "2026-03-31", None, None),
        ];
        let year = StudentYear { grades, ..year() };
        let courses = year.courses(day("2026-05-01"), 65);
        assert_eq!(courses, Courses { graded: 4, failed: 2, average: Some(6_499) });
        assert_eq!(year.courses(day("2026-03-01"), 65), Courses::default(), "nothing had begun");
    }
}
