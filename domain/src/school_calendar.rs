//! The days of a school: its time zone, and the days on which it teaches.
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// How far ahead a school day is looked for, in days: a calendar without any is a mistake, not a reason to hang.
const HORIZON: usize = 3_660;

/// When it is which day at a school, and which days are school days.
///
/// A day that the calendar does not name is a school day from Monday to Friday.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolCalendar {
    zone: Tz,
    days: BTreeMap<NaiveDate, bool>,
}

impl SchoolCalendar {
    /// A calendar in `zone`; `days` says of single days whether they are instructional.
    pub fn new(zone: Tz, days: impl IntoIterator<Item = (NaiveDate, bool)>) -> Self {
        Self { zone, days: days.into_iter().collect() }
    }

    /// The school's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// The date at the school at that instant.
    pub fn today(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The first instant of a day at the school.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        // Where a clock change skips midnight, the day starts an hour later.
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).map(|time| day.and_time(time));
        [0, 1]
            .into_iter()
            .filter_map(at)
            .find_map(|local| self.zone.from_local_datetime(&local).earliest())
            .map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |start| start.to_utc())
    }

    /// Whether the school teaches on that day.
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        let weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        self.days.get(&day).copied().unwrap_or(weekday)
    }

    /// The school day that comes `count` school days after `day`.
    pub fn school_days_after(&self, day: NaiveDate, count: u16) -> NaiveDate {
        let school_days = day.iter_days().skip(1).take(HORIZON).filter(|&day| self.is_school_day(day));
        let mut after = day;
        for next in school_days.take(count.into()) {
            after = next;
        }
        after
    }

    /// How many school days lie after `from`, up to and with `to`; none when `to` is not later.
    pub fn school_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take(HORIZON).take_while(|&day| day <= to);
        days.filter(|&day| self.is_school_day(day)).map(|_| 1).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn calendar() -> SchoolCalendar {
        SchoolCalendar::new(Tz::America__New_York, [(day("2026-11-26"), false), (day("2026-11-28"), true)])
    }

    #[test]
    fn today_is_judged_in_the_zone_of_the_school() {
        let late = "2026-03-03T02:30:00Z".parse().expect("a time");
        assert_eq!(calendar().today(late), day("2026-03-02"));
    }

    #[test]
    fn school_days_skip_weekends_and_holidays_and_know_make_up_days() {
        // Thanksgiving on Thursday 26th, a make-up Saturday on the 28th.
        assert_eq!(calendar().school_days_after(day("2026-11-25"), 1), day("2026-11-27"));
        assert_eq!(calendar().school_days_after(day("2026-11-25"), 2), day("2026-11-28"));
        assert_eq!(calendar().school_days_after(day("2026-11-25"), 3), day("2026-11-30"));
        assert_eq!(calendar().school_days_after(day("2026-11-25"), 0), day("2026-11-25"));
        assert_eq!(calendar().school_days_between(day("2026-11-25"), day("2026-11-30")), 3);
        assert_eq!(calendar().school_days_between(day("2026-11-30"), day("2026-11-25")), 0);
    }

    #[test]
    fn a_day_starts_at_local_midnight_or_where_the_clock_skips_it_an_hour_later() {
        assert_eq!(
            calendar().start_of(day("2026-01-15")),
            "2026-01-15T05:00:00Z".parse::<DateTime<Utc>>().expect("a time")
        );
        let havana = SchoolCalendar::new(Tz::America__Havana, []);
        assert_eq!(
            havana.start_of(day("2026-03-08")),
            "2026-03-08T05:00:00Z".parse::<DateTime<Utc>>().expect("a time")
        );
    }

    #[test]
    fn a_calendar_without_school_days_ends() {
        let none =
            SchoolCalendar::new(Tz::UTC, day("2026-01-01").iter_days().take(HORIZON + 9).map(|day| (day, false)));
        assert_eq!(none.school_days_after(day("2026-01-01"), 3), day("2026-01-01"));
    }
}
