//! Values that the demo is written in. What it says is known to be sayable; a test goes through all of it.
use domain::{
    Minutes, Text,
    case::{Quantity, SessionsPerWeek, Tier},
};

use crate::Personal;

const SAYABLE: &str = "the demo says nothing that cannot be said";

pub(crate) fn text(words: impl Into<String>) -> Text {
    words.into().try_into().expect(SAYABLE)
}

pub(crate) fn personal(words: &str) -> Personal {
    words.try_into().expect(SAYABLE)
}

pub(crate) fn minutes(number: i64) -> Minutes {
    u16::try_from(number).ok().and_then(|number| number.try_into().ok()).expect(SAYABLE)
}

pub(crate) fn quantity(amount: i64) -> Quantity {
    (amount as f64).try_into().expect(SAYABLE)
}

pub(crate) fn tier(number: u8) -> Tier {
    number.try_into().expect(SAYABLE)
}

pub(crate) fn weekly(sessions: u8) -> SessionsPerWeek {
    sessions.try_into().expect(SAYABLE)
}
