//! Two stretches of equal length in school days: before support began, and from its first day on.
use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

use crate::indicator::TeachingDays;

/// The days from the first of a span to the last, both included.
pub type Span = RangeInclusive<NaiveDate>;

/// Two stretches of equal length in school days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Windows {
    /// The school days before the start.
    pub before: Span,
    /// The school days from the start on.
    pub after: Span,
}

impl Windows {
    /// The `length` school days before `start` and the `length` from it on; nothing where the year does not have so many
    /// before, or the school has not submitted so many after.
    pub fn around(start: NaiveDate, length: usize, school: &TeachingDays) -> Option<Self> {
        let days = school.days();
        let at = days.partition_point(|&day| day < start);
        let before = days.get(at.checked_sub(length)?..at)?;
        let after = days.get(at..at + length)?;
        let (first, last) = (*after.first()?, *after.last()?);
        if school.through().is_none_or(|through| through < last) {
            return None;
        }
        Some(Self { before: *before.first()?..=*before.last()?, after: first..=last })
    }

    /// The same days of the calendar a year before: 52 weeks, so that Mondays stay Mondays.
    #[must_use]
    pub fn year_before(&self) -> Self {
        let back = |span: &Span| *span.start() - Days::new(364)..=*span.end() - Days::new(364);
        Self { before: back(&self.before), after: back(&self.after) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::{day, march, school, submitted};

    #[test]
    fn windows_are_equally_long_in_school_days() {
        let windows = Windows::around(day("2026-03-14"), 5, &march()[&school()]).expect("windows");
        // The fourteenth is a Saturday: the window after begins on Monday.
        assert_eq!(windows.before, day("2026-03-09")..=day("2026-03-13"));
        assert_eq!(windows.after, day("2026-03-16")..=day("2026-03-20"));
        assert_eq!(windows.year_before().after, day("2025-03-17")..=day("2025-03-21"));
    }

    #[test]
    fn there_are_none_where_the_year_is_too_short_or_nothing_was_submitted_yet() {
        let start = day("2026-03-09");
        assert_eq!(Windows::around(start, 6, &march()[&school()]), None, "five days lie before");
        assert_eq!(Windows::around(day("2026-03-27"), 5, &march()[&school()]), None, "three come after");
        assert_eq!(Windows::around(start, 5, &submitted("2026-03-12")[&school()]), None);
        assert!(Windows::around(start, 5, &submitted("2026-03-13")[&school()]).is_some());
    }
}
