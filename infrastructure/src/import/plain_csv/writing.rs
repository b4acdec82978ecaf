//! How people and programs write days, times, truths and texts, and how they are written here.
use std::borrow::Cow;

use chrono::{NaiveDate, NaiveTime};
use encoding_rs::WINDOWS_1252;

use crate::import::kind::Holds;

/// Ways to write a day, the month before the day where both are numbers, as schools of the United States do.
const DAYS: &[&str] = &["%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y", "%Y/%m/%d", "%d-%b-%Y", "%Y%m%d", "%m-%d-%Y"];
const TIMES: &[&str] = &["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%I:%M%p"];

/// A field as text: UTF-8, or else Windows-1252, which has a character for every byte. What stands for nothing is nothing.
pub(super) fn text(field: &[u8]) -> Cow<'_, str> {
    let text = match std::str::from_utf8(field) {
        Ok(text) => Cow::Borrowed(text.trim()),
        Err(_) => {
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(field);
            Cow::Owned(text.trim().to_owned())
        }
    };
    if matches!(&*text, "NULL" | "null" | "N/A" | "n/a" | "#N/A") { Cow::Borrowed("") } else { text }
}

/// The field as it is written here; what cannot be read stays as it is, and is refused with its reason.
pub(super) fn plain(text: Cow<'_, str>, holds: Holds) -> String {
    let found = match holds {
        Holds::Date => day(&text).map(|day| day.to_string()),
        Holds::Time => TIMES.iter().find_map(|f| NaiveTime::parse_from_str(&text, f).ok()).map(|time| time.to_string()),
        Holds::Truth => truth(&text).map(|truth| truth.to_string()),
        _ => None,
    };
    found.unwrap_or_else(|| text.into_owned())
}

/// A day; a time after it says nothing about a school day. Of two digits up to 68 are of this century.
fn day(text: &str) -> Option<NaiveDate> {
    let day = text.split_once([' ', 'T']).map_or(text, |(day, _)| day);
    // `%Y` would take 15 for the year 15, and `%y` what is left of 2015.
    let in_time = |day: &NaiveDate| (1900..2200).contains(&chrono::Datelike::year(day));
    DAYS.iter().filter_map(|format| NaiveDate::parse_from_str(day, format).ok()).find(in_time)
}

/// A yes or a no.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" => Some(true),
        "false" | "f" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_schools_write_them() {
        let plain = |text: &str| plain(text.into(), Holds::Date);
        for written in
            ["2018-05-15", "5/15/2018", "05/15/18", "2018/05/15", "15-May-2018", "20180515", "5/15/2018 0:00:00"]
        {
            assert_eq!(plain(written), "2018-05-15", "{written}");
        }
        assert_eq!(plain("7/5/98"), "1998-07-05");
        for written in ["nodate", "15/5/2018", "2018-02-30", "0"] {
            assert_eq!(plain(written), written, "it is refused as it is");
        }
    }

    #[test]
    fn times_and_truths_are_read_in_more_than_one_way() {
        assert_eq!(
            (plain("1:05 PM".into(), Holds::Time), plain("13:05".into(), Holds::Time)),
            ("13:05:00".into(), "13:05:00".into())
        );
        assert_eq!((truth("Yes"), truth("0"), truth("maybe")), (Some(true), Some(false), None));
    }

    #[test]
    fn a_text_is_utf_8_or_else_windows_1252_and_null_is_nothing() {
        assert_eq!(text("Zoë".as_bytes()), "Zoë");
        assert_eq!(text(b" Zo\xeb \x96 M\xfcller "), "Zoë – Müller");
        assert_eq!((text(b"NULL"), text(b" ")), ("".into(), "".into()));
    }
}
