//! The days on which a school teaches in a year, and how far it has submitted attendance.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};

use crate::SchoolId;

/// The teaching days of schools.
pub type Schools = BTreeMap<SchoolId, TeachingDays>;

/// A stretch of the year in which a school teaches: what Ed-Fi calls a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermDays {
    /// The first day.
    pub begins_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// How many days are taught, where somebody says so.
    pub taught: Option<u16>,
}

/// The days on which a school teaches in one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeachingDays {
    days: Vec<NaiveDate>,
    submitted_through: Option<NaiveDate>,
    placed: bool,
}

impl TeachingDays {
    /// Works out the days.
    ///
    /// In a term, a day is taught if `said` says so; of days of which nothing is said, Monday to Friday. Where nothing is
    /// said of any day of a term but how many it teaches, weekdays on which nobody was marked are struck, the last first,
    /// until the number fits: the number is the source's, which days these are is assumed. Without any term the days of
    /// which something is said make one. `marked` are the days for which the school has submitted attendance.
    pub fn new(terms: &[TermDays], said: &BTreeMap<NaiveDate, bool>, marked: &BTreeSet<NaiveDate>) -> Self {
        let (first, last) = (said.keys().next(), said.keys().next_back());
        let one = first.zip(last).map(|(&begins_on, &ends_on)| TermDays { begins_on, ends_on, taught: None });
        let terms = if terms.is_empty() { one.as_slice() } else { terms };
        let (mut days, mut placed) = (BTreeSet::new(), false);
        for term in terms.iter().filter(|term| term.begins_on <= term.ends_on) {
            let in_term = term.begins_on..=term.ends_on;
            let taught = |day: &NaiveDate| said.get(day).copied().unwrap_or_else(|| is_weekday(*day));
            let mut taught: Vec<_> =
                term.begins_on.iter_days().take_while(|day| in_term.contains(day)).filter(taught).collect();
            if let Some(number) = term.taught.filter(|_| said.range(in_term).next().is_none()) {
                placed |= usize::from(number) < taught.len();
                strike(&mut taught, number.into(), marked);
            }
            days.extend(taught);
        }
        Self { days: days.into_iter().collect(), submitted_through: marked.last().copied(), placed }
    }

    /// The same, as if the school had submitted everything up to `day`.
    #[must_use]
    pub fn submitted_through(self, day: NaiveDate) -> Self {
        Self { submitted_through: self.submitted_through.max(Some(day)), ..self }
    }

    /// The days, earliest first.
    pub fn days(&self) -> &[NaiveDate] {
        &self.days
    }

    /// The last day for which the school has submitted attendance: what comes after it is unknown, not present.
    pub fn through(&self) -> Option<NaiveDate> {
        self.submitted_through
    }

    /// Whether only the number of days is known, and which these are is assumed.
    pub fn are_placed(&self) -> bool {
        self.placed
    }

    /// Whether the school teaches on `day`.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.days.binary_search(&day).is_ok()
    }

    /// Up to `count` days of teaching from `day` on.
    pub fn from(&self, day: NaiveDate, count: usize) -> &[NaiveDate] {
        let rest = &self.days[self.days.partition_point(|&other| other < day)..];
        &rest[..count.min(rest.len())]
    }

    /// The days of teaching from `from` to `until`, both included.
    pub fn between(&self, from: NaiveDate, until: NaiveDate) -> &[NaiveDate] {
        let start = self.days.partition_point(|&day| day < from);
        let end = self.days.partition_point(|&day| day <= until);
        &self.days[start..end.max(start)]
    }

    /// The day that lies `count` days of teaching before `day`: the first one where there are not so many.
    pub fn before(&self, day: NaiveDate, count: usize) -> Option<NaiveDate> {
        let at = self.days.partition_point(|&other| other < day);
        self.days.get(at.saturating_sub(count)).copied()
    }
}

/// Strikes days on which nobody was marked, the last first, until `number` are left.
fn strike(days: &mut Vec<NaiveDate>, number: usize, marked: &BTreeSet<NaiveDate>) {
    let mut too_many = days.len().saturating_sub(number);
    let mut kept: Vec<_> = std::mem::take(days)
        .into_iter()
        .rev()
        .filter(|day| {
            let goes = too_many > 0 && !marked.contains(day);
            too_many -= usize::from(goes);
            !goes
        })
        .collect();
    kept.reverse();
    *days = kept;
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::day;

    /// Two weeks in March: ten weekdays.
    fn term(taught: Option<u16>) -> TermDays {
        TermDays { begins_on: day("2026-03-02"), ends_on: day("2026-03-15"), taught }
    }

    fn days(said: &[(&str, bool)], taught: Option<u16>, marked: &[&str]) -> TeachingDays {
        let said = said.iter().map(|&(text, taught)| (day(text), taught)).collect();
        TeachingDays::new(&[term(taught)], &said, &marked.iter().map(|text| day(text)).collect())
    }

    #[test]
    fn what_is_said_of_a_day_counts_more_than_the_day_of_the_week() {
        let days = days(&[("2026-03-04", false), ("2026-03-14", true)], Some(3), &[]);
        assert_eq!(days.days().len(), 10);
        assert!(!days.contains(day("2026-03-04")) && days.contains(day("2026-03-14")) && !days.are_placed());
    }

    #[test]
    fn a_mere_number_strikes_the_last_days_on_which_nobody_was_marked() {
        let days = days(&[], Some(8), &["2026-03-13"]);
        assert_eq!(days.days().len(), 8);
        assert!(days.contains(day("2026-03-13")) && days.contains(day("2026-03-10")) && days.are_placed());
        assert!(!days.contains(day("2026-03-12")) && !days.contains(day("2026-03-11")));
        assert_eq!(days.through(), Some(day("2026-03-13")));
    }

    #[test]
    fn what_was_marked_is_never_struck_and_a_larger_number_adds_nothing() {
        assert_eq!(days(&[], Some(1), &["2026-03-02", "2026-03-03"]).days().len(), 2);
        assert_eq!(days(&[], Some(99), &[]).days().len(), 10);
    }

    #[test]
    fn without_a_term_the_days_of_which_something_is_said_make_one_and_without_these_there_is_nothing() {
        let said = [(day("2026-03-02"), true), (day("2026-03-06"), true)].into();
        assert_eq!(TeachingDays::new(&[], &said, &BTreeSet::new()).days().len(), 5);
        assert!(TeachingDays::new(&[], &BTreeMap::new(), &BTreeSet::new()).days().is_empty());
    }

    #[test]
    fn days_are_counted_on_and_back() {
        let days = days(&[], None, &[]);
        assert_eq!(days.from(day("2026-03-07"), 2), [day("2026-03-09"), day("2026-03-10")]);
        assert_eq!(days.before(day("2026-03-10"), 2), Some(day("2026-03-06")));
        assert_eq!(days.before(day("2026-03-03"), 20), Some(day("2026-03-02")));
        assert_eq!(days.between(day("2026-03-13"), day("2026-03-20")), [day("2026-03-13")]);
        assert!(days.between(day("2026-03-20"), day("2026-03-10")).is_empty());
    }
}
