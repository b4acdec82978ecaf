//! What happened with one student day by day, kept so that any stretch of days is counted at once.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::windows::Span;
use crate::indicator::{Mark, SchoolYear, Schools, StudentYear};

/// What is counted in the windows.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = EffectOutcome)]
pub enum Outcome {
    /// Days absent, for whatever reason.
    #[default]
    DaysAbsent,
    /// Days absent without an excuse.
    UnexcusedDays,
    /// Days late.
    TardyDays,
    /// Incidents in which the student offended.
    Incidents,
}

/// A student's known days of a year, and those on which what is counted happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    known: Vec<NaiveDate>,
    happened: Vec<NaiveDate>,
}

impl Trace {
    /// Of what is told of a student in a year.
    pub fn of(outcome: Outcome, year: &StudentYear, schools: &Schools, school_year: SchoolYear) -> Self {
        let days = year.known_days(schools, &school_year.days()).days;
        let marked = |of: fn(Mark) -> bool| days.iter().filter(|day| of(day.1)).map(|day| day.0).collect();
        let mut happened: Vec<_> = match outcome {
            Outcome::DaysAbsent => marked(Mark::is_absence),
            Outcome::UnexcusedDays => marked(|mark| mark == Mark::Unexcused),
            Outcome::TardyDays => marked(|mark| mark == Mark::Tardy),
            Outcome::Incidents => year.incidents.clone(),
        };
        happened.sort_unstable();
        Self { known: days.into_iter().map(|(day, _)| day).collect(), happened }
    }

    /// How often it happened in `span`, for a window of `length` school days: where a few of them are not known, as many
    /// more in proportion; nothing where less than four fifths are.
    pub fn rate(&self, span: &Span, length: usize) -> Option<f64> {
        let known = between(&self.known, span);
        let enough = known > 0 && known * 5 >= length * 4;
        enough.then(|| between(&self.happened, span) as f64 * length as f64 / known as f64)
    }

    /// Whether anything at all is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

fn between(days: &[NaiveDate], span: &Span) -> usize {
    let first = days.partition_point(|day| day < span.start());
    days.partition_point(|day| day <= span.end()).saturating_sub(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::{day, march, marks, stay, year};

    fn march_2026() -> SchoolYear {
        SchoolYear::of(day("2026-03-01"))
    }

    #[test]
    fn what_happened_is_counted_in_the_window() {
        let all = marks(&[("2026-03-09", Mark::Excused), ("2026-03-10", Mark::Unexcused), ("2026-03-16", Mark::Tardy)]);
        let year = StudentYear { marks: all, incidents: vec![day("2026-03-13")], ..year() };
        let week = day("2026-03-09")..=day("2026-03-13");
        let rate = |outcome| Trace::of(outcome, &year, &march(), march_2026()).rate(&week, 5);
        assert_eq!(rate(Outcome::DaysAbsent), Some(2.0));
        assert_eq!((rate(Outcome::UnexcusedDays), rate(Outcome::TardyDays)), (Some(1.0), Some(0.0)));
        assert_eq!(rate(Outcome::Incidents), Some(1.0));
    }

    #[test]
    fn a_window_that_is_known_in_parts_counts_in_proportion_and_one_hardly_known_does_not() {
        let year = |until| StudentYear {
            stays: vec![stay("2026-03-01", Some(until))],
            marks: marks(&[("2026-03-09", Mark::Excused)]),
            ..StudentYear::default()
        };
        let week = day("2026-03-09")..=day("2026-03-13");
        let rate = |until| Trace::of(Outcome::DaysAbsent, &year(until), &march(), march_2026()).rate(&week, 5);
        assert_eq!(rate("2026-03-12"), Some(1.25));
        assert_eq!(rate("2026-03-11"), None);
    }
}
