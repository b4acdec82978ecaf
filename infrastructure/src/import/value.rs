//! A field's text becomes a typed value, or the reason why it cannot.
use chrono::{NaiveDate, NaiveTime};
use postgres_types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_util::bytes::BytesMut;
use uuid::Uuid;

use super::kind::Holds;

/// Longer texts are not what these fields are for.
const LONGEST: usize = 4_000;

/// A value on its way to the staging table. Prints nothing of itself: most are about people.
pub(crate) enum Value {
    Null,
    Text(String),
    Texts(Vec<String>),
    Date(NaiveDate),
    Time(NaiveTime),
    Whole(i32),
    Truth(bool),
    Id(Uuid),
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(..)")
    }
}

impl Value {
    /// Reads `text` as what `holds` wants. The reason never repeats the text.
    pub(crate) fn read(text: &str, holds: Holds) -> Result<Self, &'static str> {
        if text.len() > LONGEST {
            return Err("is too long");
        }
        if text.contains('\0') {
            return Err("holds a character that cannot be kept");
        }
        match holds {
            Holds::Text | Holds::Refers(_) => Ok(Self::Text(text.to_owned())),
            Holds::Texts | Holds::Staged => Ok(Self::Texts(vec![text.to_owned()])),
            Holds::Date => date(text).map(Self::Date).ok_or("is not a date"),
            Holds::Time => time(text).map(Self::Time).ok_or("is not a time of day"),
            Holds::Whole => text.parse().map(Self::Whole).map_err(|_| "is not a whole number"),
            Holds::Decimal if is_decimal(text) => Ok(Self::Text(text.to_owned())),
            Holds::Decimal => Err("is not a number"),
            Holds::Truth => truth(text).map(Self::Truth).ok_or("is neither true nor false"),
        }
    }

    /// The type of the staging column.
    pub(crate) fn staged_type(holds: Holds) -> (Type, &'static str) {
        match holds {
            Holds::Text | Holds::Refers(_) | Holds::Decimal => (Type::TEXT, "text"),
            Holds::Texts | Holds::Staged => (Type::TEXT_ARRAY, "text[]"),
            Holds::Date => (Type::DATE, "date"),
            Holds::Time => (Type::TIME, "time"),
            Holds::Whole => (Type::INT4, "integer"),
            Holds::Truth => (Type::BOOL, "boolean"),
        }
    }

    /// The type of the same column once references are looked up.
    pub(crate) fn resolved_type(holds: Holds) -> (Type, &'static str) {
        match holds {
            Holds::Refers(_) => (Type::UUID, "uuid"),
            other => Self::staged_type(other),
        }
    }
}

/// `xs:date` may carry a zone and `xs:dateTime` a time, which say nothing about a school day.
fn date(text: &str) -> Option<NaiveDate> {
    let day = text.get(..10)?;
    let rest = text.get(10..)?;
    let zone = match rest.strip_prefix('T') {
        Some(time) => {
            NaiveTime::parse_from_str(time.get(..8)?, "%H:%M:%S").ok()?;
            time[8..].trim_start_matches(|c: char| c == '.' || c.is_ascii_digit())
        }
        None => rest,
    };
    let plain = zone.is_empty() || zone == "Z" || (zone.len() == 6 && zone.starts_with(['+', '-']));
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok().filter(|_| plain)
}

fn time(text: &str) -> Option<NaiveTime> {
    let plain = text.trim_end_matches('Z');
    ["%H:%M:%S%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(plain, format).ok())
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    text.len() <= 30
        && !(whole.is_empty() && part.is_empty())
        && whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit())
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Text(v) => v.to_sql(ty, out),
            Self::Texts(v) => v.to_sql(ty, out),
            Self::Date(v) => v.to_sql(ty, out),
            Self::Time(v) => v.to_sql(ty, out),
            Self::Whole(v) => v.to_sql(ty, out),
            Self::Truth(v) => v.to_sql(ty, out),
            Self::Id(v) => v.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_carry_a_zone_and_must_exist() {
        assert!(date("2021-08-31").is_some() && date("2021-08-31Z").is_some() && date("2021-08-31-06:00").is_some());
        assert!(date("2021-08-31T16:00:00").is_some() && date("2021-08-31T16:00:00.25Z").is_some());
        assert!(date("2021-08-31T25:00:00").is_none() && date("2021-08-31 16:00:00").is_none());
        assert!(date("2021-02-30").is_none() && date("31.8.2021").is_none() && date("2021-08-31T00:00").is_none());
    }

    #[test]
    fn numbers_are_decimal_digits() {
        assert!(is_decimal("0.5") && is_decimal("10") && is_decimal("-3.") && is_decimal(".5"));
        assert!(!is_decimal("NaN") && !is_decimal("1e9") && !is_decimal("") && !is_decimal("."));
    }

    #[test]
    fn a_reason_does_not_repeat_the_text() {
        let reason = Value::read("Tyrone", Holds::Date).err().unwrap_or_default();
        assert_eq!(reason, "is not a date");
    }
}
