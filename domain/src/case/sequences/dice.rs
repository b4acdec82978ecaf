//! Chance, as property tests throw it: small numbers that shrink towards nothing.
use std::sync::Arc;

use chrono::{Days, NaiveDate, TimeDelta};
use uuid::Uuid;

use super::super::given::*;
use crate::{Decide, Minutes, StaffId, Text, Visibility, case::Case};

/// Any command.
pub type Command = Arc<dyn Decide<Case>>;

/// What every text of these tests says, so that it is noticed where it does not belong.
pub const WORDS: &str = "words about a person";

/// Numbers to be used up; zero when there are none left.
pub struct Dice {
    numbers: std::array::IntoIter<u8, 24>,
    /// The day of the command.
    pub today: NaiveDate,
}

impl Dice {
    pub fn new(numbers: [u8; 24]) -> Self {
        Self { numbers: numbers.into_iter(), today: stamp().today() }
    }

    fn next(&mut self) -> u8 {
        self.numbers.next().unwrap_or_default()
    }

    pub fn below(&mut self, limit: u8) -> u8 {
        self.next() % limit
    }

    pub fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    pub fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.next()) % choices.len()]
    }

    /// One of the newest of those that there are, now and then one that there is not.
    pub fn any<'a, Id: Copy + From<Uuid> + 'a>(&mut self, known: impl IntoIterator<Item = &'a Id>) -> Id {
        let known: Vec<Id> = known.into_iter().copied().collect();
        let known = &known[known.len().saturating_sub(4)..];
        if known.is_empty() || self.below(16) == 1 { id(3) } else { self.one_of(known) }
    }

    pub fn staff(&mut self) -> StaffId {
        staff(self.below(4).into())
    }

    /// Up to a week before today or after it, more often before.
    pub fn day(&mut self) -> NaiveDate {
        self.today - Days::new(self.below(8).into()) + Days::new((self.below(16).saturating_sub(8)).into())
    }

    /// Today, or up to a month ahead.
    pub fn day_ahead(&mut self) -> NaiveDate {
        self.today + Days::new(self.below(30).into())
    }

    pub fn some_day(&mut self) -> Option<NaiveDate> {
        self.yes().then(|| self.day())
    }

    /// No time at all, or some days.
    pub fn days(&mut self) -> TimeDelta {
        TimeDelta::days(self.below(4).into())
    }

    pub fn minutes(&mut self) -> Minutes {
        (u16::from(self.next()) + 1).try_into().expect("minutes")
    }

    pub fn text(&mut self) -> Text {
        text(WORDS)
    }

    pub fn some_text(&mut self) -> Option<Text> {
        self.yes().then(|| text(WORDS))
    }

    pub fn visibility(&mut self) -> Visibility {
        self.one_of(&[Visibility::Team, Visibility::School, Visibility::AuthorAndSupervisor, Visibility::MentalHealth])
    }
}
