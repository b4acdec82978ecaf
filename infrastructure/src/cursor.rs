//! What stands in a cursor: a time or a day that PostgreSQL knows, too, or a number.
use application::Error;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// A time from a cursor.
pub fn time(text: &str) -> Result<DateTime<Utc>, Error> {
    let time = text.parse::<DateTime<Utc>>().ok();
    // PostgreSQL knows no such times as the others.
    time.filter(|time| (1..=9999).contains(&time.year())).ok_or(Error::BadCursor)
}

/// A day from a cursor.
pub fn day(text: &str) -> Result<NaiveDate, Error> {
    let day = text.parse::<NaiveDate>().ok();
    day.filter(|day| (1..=9999).contains(&day.year())).ok_or(Error::BadCursor)
}

/// A number from a cursor.
pub fn number(text: &str) -> Result<i64, Error> {
    text.parse().map_err(|_| Error::BadCursor)
}
