//! What the district's systems tell of one student in one school year.
use chrono::NaiveDate;

use super::{AssessmentResult, CourseCredits, CourseGrade, Mark, Suspension};
use crate::SchoolId;

/// A student's year, as it was told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudentYear {
    /// Where the student was enrolled, in the order of entering.
    pub stays: Vec<Stay>,
    /// How the student was marked; a day that is not named was a day of presence, as far as the school has submitted.
    pub marks: Vec<DayMark>,
    /// From when and for how long the student was suspended.
    pub suspensions: Vec<Suspension>,
    /// The days of incidents in which the student offended.
    pub incidents: Vec<NaiveDate>,
    /// Grades.
    pub grades: Vec<CourseGrade>,
    /// Credits, also those of the years before.
    pub credits: Vec<CourseCredits>,
    /// Assessments, earliest first.
    pub assessments: Vec<AssessmentResult>,
}

/// A stretch of days for which a student is enrolled at a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The school whose days count.
    pub school: SchoolId,
    /// The first day.
    pub from: NaiveDate,
    /// The last day, once there is one.
    pub until: Option<NaiveDate>,
    /// Whether nobody says so, and it is taken so because an import was told to.
    pub assumed: bool,
}

/// A mark of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMark {
    /// The day.
    pub day: NaiveDate,
    /// Who marked.
    pub school: SchoolId,
    /// How.
    pub mark: Mark,
}

impl Stay {
    /// Whether the student is enrolled there on `day`.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl StudentYear {
    /// Takes in the mark of a section. Coming late to it is coming late that day. Absence from it counts only where the school
    /// keeps no daily attendance: from one section it is a part of the day, from two or more the day.
    pub fn mark_section(&mut self, section: DayMark, school_keeps_days: bool) {
        let mark = match section.mark {
            Mark::Present => return,
            absence if absence.is_absence() && school_keeps_days => return,
            absence if absence.is_absence() => Mark::Partial,
            other => other,
        };
        let at = self.marks.partition_point(|other| other.day <= section.day);
        let known = self.marks[..at].iter_mut().rev().take_while(|other| other.day == section.day);
        for other in known.filter(|other| other.school == section.school) {
            if section.mark.is_absence() && (other.mark == Mark::Partial || other.mark.is_absence()) {
                other.mark = section.mark;
                return;
            }
            if other.mark == mark {
                return;
            }
        }
        self.marks.insert(at, DayMark { mark, ..section });
    }

    /// Where the student is enrolled on `day`: at the school entered last.
    pub fn at(&self, day: NaiveDate) -> Option<&Stay> {
        self.stays.iter().filter(|stay| stay.covers(day)).max_by_key(|stay| (stay.from, stay.school))
    }
}
