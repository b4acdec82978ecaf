//! How a student was marked on a day.
use serde::{Deserialize, Serialize};
use strum::FromRepr;
use utoipa::ToSchema;

/// A day's mark, weakest first: of several on one day the strongest counts, and the contradiction is told.
///
/// Absence is stronger than coming late, coming late stronger than presence; among absences the one that explains more
/// is stronger, since reasons are handed in later than absences are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, FromRepr)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Mark {
    /// Something that nobody here can read; the day stays what it was.
    Unrecognised = 0,
    /// There.
    Present = 1,
    /// There, and gone before the end.
    LeftEarly = 2,
    /// There, and late.
    Tardy = 3,
    /// There for a part of the day.
    Partial = 4,
    /// Away without an excuse.
    Unexcused = 5,
    /// Away with an excuse.
    Excused = 6,
    /// Away for long, for medical reasons.
    ExtendedMedical = 7,
    /// Away because suspended from school.
    Suspended = 8,
}

impl Mark {
    /// Whether the student was away all day.
    pub fn is_absence(self) -> bool {
        self >= Self::Unexcused
    }
}

/// What a category says, by words in it; the first line that fits counts. Categories are Ed-Fi's
/// `AttendanceEventCategoryDescriptor`s or a district's own, in lower case.
pub const CATEGORY_WORDS: &[(&str, Mark)] = &[
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

/// What a reason makes of an absence, by words in it, in lower case; the first line that fits counts.
pub const ABSENCE_REASONS: &[(&str, Mark)] = &[
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
    fn a_stored_mark_is_read_again() {
        for number in 0..=8 {
            assert_eq!(Mark::from_repr(number).map(|mark| mark as i16), Some(number));
        }
        assert_eq!(Mark::from_repr(9), None);
    }
}
