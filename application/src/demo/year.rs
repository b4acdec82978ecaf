//! The year that the demo tells of: it ends on the day before today.
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::SchoolCalendar;

use super::calendar;

/// A year of school, told in weeks that are counted back from this one, which is week 0.
pub(super) struct Year {
    pub(super) today: NaiveDate,
    pub(super) calendar: SchoolCalendar,
}

impl Year {
    /// How many weeks it has.
    pub(super) const WEEKS: i64 = 52;

    pub(super) fn before(today: NaiveDate) -> Self {
        let days = calendar::days(today).into_iter().map(|day| (day.day, day.instructional));
        Self { today, calendar: SchoolCalendar::new(Tz::America__New_York, days) }
    }

    /// A day of a week; Monday is 0.
    pub(super) fn day(&self, week: i64, weekday: i64) -> NaiveDate {
        let monday = self.today - Days::new(self.today.weekday().num_days_from_monday().into());
        monday + TimeDelta::days(7 * week + weekday)
    }

    /// The week of a day.
    pub(super) fn week_of(&self, day: NaiveDate) -> i64 {
        (day - self.day(0, 0)).num_days().div_euclid(7)
    }

    /// The first school day on or after `day`.
    pub(super) fn school_day(&self, day: NaiveDate) -> NaiveDate {
        if self.calendar.is_school_day(day) { day } else { self.calendar.school_days_after(day, 1) }
    }

    /// The first day on or after `day` on which there is somebody in the office, in recesses too.
    pub(super) fn office_day(&self, day: NaiveDate) -> NaiveDate {
        let weekend = day.weekday().num_days_from_monday().saturating_sub(4);
        if weekend == 0 { day } else { day + Days::new(u64::from(3 - weekend)) }
    }

    /// A time of day, in hours and minutes.
    pub(super) fn at(&self, day: NaiveDate, hour: i64, minute: i64) -> DateTime<Utc> {
        self.calendar.start_of(day) + TimeDelta::minutes(60 * hour + minute)
    }

    /// The moment at which it is over.
    pub(super) fn end(&self) -> DateTime<Utc> {
        self.calendar.start_of(self.today)
    }
}
