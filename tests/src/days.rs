//! Days, as they are at the schools of these tests.
use chrono::{Days, NaiveDate, Utc};
use chrono_tz::America::New_York;

/// Today at the school.
pub fn today() -> NaiveDate {
    Utc::now().with_timezone(&New_York).date_naive()
}

/// So many days ago.
pub fn ago(days: u64) -> NaiveDate {
    today() - Days::new(days)
}

/// In so many days.
pub fn ahead(days: u64) -> NaiveDate {
    today() + Days::new(days)
}
