//! How a student was marked on a day.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A day's mark, weakest first: of several on one day the strongest counts, and the contradiction is told.
///
/// Absence is stronger than coming late, coming late stronger than presence; among absences the one that explains more
/// is stronger, since reasons are handed in later than absences are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Something that nobody here can read; the day stays what it was.
    Unrecognised,
    /// There.
    Present,
    /// There, and gone before the end.
    LeftEarly,
    /// There, and late.
    Tardy,
    /// There for a part of the day.
    Partial,
    /// Away without an excuse.
    Unexcused,
    /// Away with an excuse.
    Excused,
    /// Away for long, for medical reasons.
    ExtendedMedical,
    /// Away because suspended from school.
    Suspended,
}

impl Mark {
    /// Whether the student was away all day.
    pub fn is_absence(self) -> bool {
        self >= Self::Unexcused
    }

    /// What a category says, Ed-Fi's `AttendanceEventCategoryDescriptor` or a district's own, and what a reason makes of an
    /// absence; of a descriptor's URI what stands after the `#` counts.
    pub fn read(category: &str, reason: Option<&str>) -> Self {
        let by_category = first_of(CATEGORY_WORDS, category).unwrap_or(Self::Unrecognised);
        let by_reason =
            reason.filter(|_| by_category.is_absence()).and_then(|reason| first_of(ABSENCE_REASONS, reason));
        by_reason.unwrap_or(by_category)
    }
}

fn first_of(words: &[(&str, Mark)], text: &str) -> Option<Mark> {
    let code = text.rsplit('#').next().unwrap_or(text).to_lowercase();
    words.iter().find(|(word, _)| code.contains(word)).map(|&(_, mark)| mark)
}

/// What a category says, by words in it; the first line that fits counts.
const CATEGORY_WORDS: &[(&str, Mark)] = &[
    ("in-school suspension", Mark::Present),
    ("in school suspension", Mark::Present),
    ("tard", Mark::Tardy),
    ("late", Mark::Tardy),
    ("early", Mark::LeftEarly),
    ("partial", Mark::Partial),
    ("suspen", Mark::Suspended),
    ("medical", Mark::ExtendedMedical),
    ("unexcused", Mark::Unexcused),
    ("excused", Mark::Excused),
    ("absen", Mark::Unexcused),
    ("attendance", Mark::Present),
    ("present", Mark::Present),
];

/// What a reason makes of an absence, by words in it; the first line that fits counts.
const ABSENCE_REASONS: &[(&str, Mark)] = &[
    ("suspen", Mark::Suspended),
    ("extended medical", Mark::ExtendedMedical),
    ("long-term medical", Mark::ExtendedMedical),
    ("home instruction", Mark::ExtendedMedical),
    ("hospital", Mark::ExtendedMedical),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absence_is_stronger_than_coming_late_and_coming_late_than_presence() {
        assert!(Mark::Excused > Mark::Partial && Mark::Tardy > Mark::Present);
        assert!(Mark::Excused > Mark::Unexcused, "an excuse comes later than the absence");
        assert!(!Mark::Partial.is_absence() && Mark::Unexcused.is_absence() && Mark::Suspended.is_absence());
    }

    #[test]
    fn categories_and_reasons_are_read_by_their_words() {
        let read = |category: &str, reason| {
            Mark::read(&format!("uri://ed-fi.org/AttendanceEventCategoryDescriptor#{category}"), reason)
        };
        assert_eq!(read("Excused Absence", Some("Absent excused")), Mark::Excused);
        assert_eq!(read("Unexcused Absence", None), Mark::Unexcused);
        assert_eq!(read("Partial", Some("Absent excused")), Mark::Partial, "a reason makes no absence");
        assert_eq!(read("Tardy", Some("suspended")), Mark::Tardy);
        assert_eq!(read("Early departure", None), Mark::LeftEarly);
        assert_eq!(read("In Attendance", None), Mark::Present);
        assert_eq!(read("Excused Absence", Some("uri://x#Extended Medical Leave")), Mark::ExtendedMedical);
        assert_eq!(read("Absent", Some("Out-of-school suspension")), Mark::Suspended);
        assert_eq!(read("In-School Suspension", None), Mark::Present);
        assert_eq!(Mark::read("T-E", None), Mark::Unrecognised);
    }
}
