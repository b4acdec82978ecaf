//! What the tests of the rules begin with: `given(events).when(command)`.
use std::sync::Arc;

use chrono_tz::Tz;
use cqrs_es::test::{AggregateResultValidator, AggregateTestExecutor, TestFramework};
use uuid::Uuid;

use super::*;
use crate::{Decide, SchoolCalendar, StaffId, Stamp, Text};

/// A case with that past.
pub fn given(past: impl IntoIterator<Item = CaseEvent>) -> Given {
    Given(TestFramework::with(()).given(past.into_iter().collect()))
}

/// A case with a past, waiting for a command.
pub struct Given(AggregateTestExecutor<Case>);

impl Given {
    /// Carries out `command` with [`stamp`].
    pub fn when(self, command: impl Decide<Case>) -> AggregateResultValidator<Case> {
        self.0.when(Stamped::new(stamp(), command))
    }
}

/// Monday, 2 March 2026, nine in the morning in New York; the command's id is 7, its author 1.
pub fn stamp() -> Stamp {
    let at = "2026-03-02T14:00:00Z".parse().expect("a time");
    Stamp {
        id: Uuid::from_u128(7),
        by: staff(1),
        at,
        calendar: Arc::new(SchoolCalendar::new(Tz::America__New_York, [])),
    }
}

/// Day `number` of March 2026.
pub fn march(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, number).expect("a date")
}

/// Some words.
pub fn text(words: &str) -> Text {
    words.try_into().expect("a text")
}

/// Whatever has that number.
pub fn id<Id: From<Uuid>>(number: u128) -> Id {
    Uuid::from_u128(number).into()
}

/// A member of staff.
pub fn staff(number: u128) -> StaffId {
    Uuid::from_u128(number).into()
}

/// The id that the stamped command gives to what it creates.
pub fn created<Id: From<Uuid>>() -> Id {
    stamp().id.into()
}

/// An open case at school 100.
pub fn opened() -> CaseEvent {
    CaseOpened { school: Uuid::from_u128(100).into(), reason: text("absent too often"), tier: Tier::TWO }.into()
}

/// A closed case.
pub fn closed() -> Vec<CaseEvent> {
    vec![opened(), CaseClosed { reason: CloseReason::GoalsMet, note: None }.into()]
}

/// An entry of staff member 1, as it stands on the case.
pub fn entry(content: Content) -> Entry {
    let Stamp { by, at: recorded_at, .. } = stamp();
    let occurred_on = content.occurred_on().unwrap_or(march(2));
    let (role, status) = (crate::Role::SuccessMentor, EntryStatus::Current);
    Entry { id: Uuid::from_u128(90).into(), content, by, role, recorded_at, occurred_on, status }
}
