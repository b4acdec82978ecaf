//! The days on which the made-up schools teach.
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The days of term among these weekdays.
pub(super) fn days(from: NaiveDate, to: NaiveDate, weekdays: &[Weekday]) -> Vec<NaiveDate> {
    let term = from.iter_days().take_while(|day| *day < to);
    term.filter(|day| weekdays.contains(&day.weekday()) && in_term(*day) == *day).collect()
}

/// That day, or the next one in term: no weekends, and nothing in July and August.
pub(super) fn in_term(day: NaiveDate) -> NaiveDate {
    let mut day = day;
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || matches!(day.month(), 7 | 8) {
        day = day + Days::new(1);
    }
    day
}
