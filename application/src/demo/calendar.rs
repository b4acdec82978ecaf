//! The school's calendar: invented, but with the holidays and recesses that schools in New York City have.
use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::reference::SchoolDay;

/// How far back and ahead the calendar is kept, in days.
const BACK: u64 = 500;
const AHEAD: u64 = 330;

/// Holidays that follow other calendars, where they fall on weekdays in term.
const MOVABLE: &[(i32, u32, u32)] = &[
    (2025, 9, 23),
    (2025, 9, 24),
    (2025, 10, 2),
    (2025, 10, 20),
    (2026, 3, 20),
    (2026, 5, 27),
    (2026, 9, 21),
    (2027, 3, 9),
    (2027, 10, 11),
    (2027, 10, 29),
    (2028, 1, 26),
    (2028, 5, 5),
    (2028, 9, 21),
    (2028, 9, 22),
];

/// What the calendar says around `today`: the weekdays on which the school does not teach.
pub(super) fn days(today: NaiveDate) -> Vec<SchoolDay> {
    let first = today - Days::new(BACK);
    let days = first.iter_days().take((BACK + AHEAD) as usize);
    let closed = days.filter(|&day| is_weekday(day) && !is_taught(day));
    closed.map(|day| SchoolDay { day, instructional: false }).collect()
}

/// The year in which the school year of `day` began; the summer belongs to the year that it follows.
pub(super) fn school_year(day: NaiveDate) -> i32 {
    if day < first_day(day.year()) { day.year() - 1 } else { day.year() }
}

/// The first day of the school year that begins in `year`: the Thursday after Labor Day.
pub(super) fn first_day(year: i32) -> NaiveDate {
    nth(year, 9, Weekday::Mon, 1) + Days::new(3)
}

/// The last day of the school year that begins in `year`.
pub(super) fn last_day(year: i32) -> NaiveDate {
    on(year + 1, 6, 26)
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

pub(super) fn is_taught(day: NaiveDate) -> bool {
    let year = school_year(day);
    is_weekday(day) && day <= last_day(year) && !is_holiday(day)
}

fn is_holiday(day: NaiveDate) -> bool {
    let year = day.year();
    let lasts = |first: NaiveDate, days: u64| (first..first + Days::new(days)).contains(&day);
    let election = nth(year, 11, Weekday::Mon, 1) + Days::new(1);
    let good_friday = easter(year) - Days::new(2);
    lasts(nth(year, 10, Weekday::Mon, 2), 1)
        || lasts(election, 1)
        || lasts(on(year, 11, 11), 1)
        || lasts(nth(year, 11, Weekday::Thu, 4), 2)
        || lasts(on(year, 12, 24), 8)
        || lasts(on(year, 1, 1), 1)
        || lasts(nth(year, 1, Weekday::Mon, 3), 1)
        || lasts(nth(year, 2, Weekday::Mon, 3), 5)
        || lasts(good_friday, 8)
        || lasts(nth(year, 6, Weekday::Mon, 1) - Days::new(7), 1)
        || lasts(nth(year, 6, Weekday::Thu, 1), 1)
        || lasts(on(year, 6, 19), 1)
        || MOVABLE.contains(&(year, day.month(), day.day()))
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The `n`th such weekday of a month.
fn nth(year: i32, month: u32, weekday: Weekday, n: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n).unwrap_or_default()
}

/// Easter Sunday, by the anonymous Gregorian algorithm.
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    on(year, month.unsigned_abs(), day.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taught(text: &str) -> bool {
        is_taught(text.parse().expect("a date"))
    }

    #[test]
    fn holidays_recesses_and_the_summer_are_free() {
        for free in ["2025-11-27", "2025-12-31", "2026-02-18", "2026-04-03", "2026-05-25", "2026-07-14", "2026-09-09"] {
            assert!(!taught(free), "{free}");
        }
        for school in ["2025-09-04", "2025-11-26", "2026-01-05", "2026-04-13", "2026-06-26", "2026-09-10"] {
            assert!(taught(school), "{school}");
        }
    }

    #[test]
    fn a_year_has_about_180_school_days() {
        for year in 2024..2032 {
            let days = first_day(year).iter_days().take_while(|&day| day <= last_day(year));
            let taught = days.filter(|&day| is_taught(day)).count();
            assert!((174..=186).contains(&taught), "{year}: {taught}");
        }
    }
}
