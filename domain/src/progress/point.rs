//! The points of a goal that an indicator measures: one for each week of school, as of its last known day.
use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    case::{GoalIndicator, Target, Window},
    indicator::{Attendance, SchoolYear, Schools, StudentYear, Unknown},
    policy::Measure,
};

/// More weeks than any goal is pursued: the last so many are told.
const WEEKS: usize = 80;
/// How many points pass a course.
const PASSING: u16 = 65;

/// What an indicator came to as of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorPoint, example = json!({"on": "2026-03-06", "value": 3}))]
pub struct Point {
    /// The last day of the week of which anything is known; of a week of which nothing is, its last day.
    pub on: NaiveDate,
    /// The amount; absent where it is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub value: Option<f64>,
    /// Why it is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<Unknown>,
}

/// What is told of a student, by school year, with the teaching days of the schools.
pub type ToldYears = BTreeMap<SchoolYear, (StudentYear, Schools)>;

impl GoalIndicator {
    /// The points from the first week of `target` up to `until`. A week without a day of school has none; of a week for
    /// which the school has submitted nothing the point is unknown.
    pub fn points(&self, target: &Target, told: &ToldYears, until: NaiveDate) -> Vec<Point> {
        let first = target.starts_on - Days::new(target.starts_on.weekday().num_days_from_monday().into());
        let mondays = first.iter_weeks().take_while(|&monday| monday <= until);
        let weeks = mondays.map(|monday| monday.max(target.starts_on)..=(monday + Days::new(6)).min(until));
        let mut points: Vec<_> = weeks.filter_map(|week| self.point(target, told, &week)).collect();
        points.drain(..points.len().saturating_sub(WEEKS));
        points
    }

    fn point(&self, target: &Target, told: &ToldYears, week: &RangeInclusive<NaiveDate>) -> Option<Point> {
        let unknown = |why| Some(Point { on: *week.end(), value: None, unknown: Some(why) });
        let Some((year, schools)) = told.get(&SchoolYear::of(*week.end())) else {
            return unknown(Unknown::NoEnrolment);
        };
        let known = year.known_days(schools, week);
        let Some(on) = known.through() else {
            return match known.unknown? {
                Unknown::NotSubmitted if year.days_not_submitted(schools, week) == 0 => None,
                why => unknown(why),
            };
        };
        let value = self.amount(told, &(self.first(target, told, on)..=on));
        Some(Point { on, value, unknown: value.is_none().then_some(Unknown::TooFewDays) })
    }

    /// The first of the days over which is counted.
    fn first(&self, target: &Target, told: &ToldYears, on: NaiveDate) -> NaiveDate {
        match self.over {
            Window::SinceStart => target.starts_on,
            Window::SchoolYear => *SchoolYear::of(on).days().start(),
            Window::LastSchoolDays(number) => {
                let days = told.iter().flat_map(|(year, (told, schools))| {
                    told.known_days(schools, &(*year.days().start()..=on)).days.into_iter().map(|(day, _)| day)
                });
                let days: Vec<_> = days.collect();
                days.get(days.len().saturating_sub(u16::from(number).into())).copied().unwrap_or(on)
            }
        }
    }

    /// The amount over `span`, which may reach over the turn of a school year.
    fn amount(&self, told: &ToldYears, span: &RangeInclusive<NaiveDate>) -> Option<f64> {
        let within = |year: &SchoolYear| {
            let days = year.days();
            *days.start().max(span.start())..=*days.end().min(span.end())
        };
        let years = || told.iter().filter(|(year, _)| !within(year).is_empty());
        let days = years().flat_map(|(year, (told, schools))| told.known_days(schools, &within(year)).days);
        let attendance = Attendance::of(days.map(|(_, mark)| mark));
        let behavior = |count: fn(&crate::indicator::Behavior) -> u32| {
            years().map(|(year, (told, schools))| count(&told.behavior(schools, &within(year)))).sum::<u32>()
        };
        let percent = |days: u32| {
            let hundredths = (days * 10_000).checked_div(attendance.enrolled);
            hundredths.map(|hundredths| f64::from(hundredths) / 100.0)
        };
        let year = told.get(&SchoolYear::of(*span.end())).map(|(year, _)| year);
        Some(match self.measure {
            Measure::AbsentShare => percent(attendance.absent())?,
            Measure::AttendedShare => percent(attendance.present)?,
            Measure::DaysAbsent => attendance.absent().into(),
            Measure::UnexcusedDays => attendance.unexcused.into(),
            Measure::TardyDays => attendance.tardy.into(),
            Measure::Incidents => behavior(|conduct| conduct.incidents).into(),
            Measure::SuspensionDays => behavior(|conduct| conduct.suspension_days).into(),
            Measure::OutOfSchoolDays => behavior(|conduct| conduct.out_of_school_days).into(),
            // As they stand, of the school year of the day.
            Measure::CoursesFailed => year?.courses(*span.end(), PASSING).failed.into(),
            Measure::CreditsEarned => f64::from(year?.credits(*span.end())?.earned) / 100.0,
            Measure::CreditsMissed => f64::from(year?.credits(*span.end())?.missed()) / 100.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case::Direction,
        indicator::{Mark, given::*},
    };

    fn target() -> Target {
        Target {
            measure: "days absent".to_owned().try_into().expect("a text"),
            unit: None,
            indicator: None,
            baseline: 5.0.try_into().expect("a quantity"),
            target: 1.0.try_into().expect("a quantity"),
            direction: Direction::Decrease,
            starts_on: day("2026-03-04"),
            due_on: day("2026-06-26"),
        }
    }

    const MARKS: &[(&str, Mark)] = &[
        ("2026-03-03", Mark::Unexcused),
        ("2026-03-05", Mark::Excused),
        ("2026-03-09", Mark::Tardy),
        ("2026-03-10", Mark::Unexcused),
    ];

    fn told(through: &str) -> ToldYears {
        let year = StudentYear { marks: marks(MARKS), ..year() };
        [(SchoolYear::of(day("2026-03-01")), (year, submitted(through)))].into()
    }

    fn points(measure: Measure, over: Window, through: &str, until: &str) -> Vec<(String, Option<f64>)> {
        let points = GoalIndicator { measure, over }.points(&target(), &told(through), day(until));
        points.iter().map(|point| (point.on.to_string(), point.value)).collect()
    }

    fn at(on: &str, value: Option<f64>) -> (String, Option<f64>) {
        (on.to_owned(), value)
    }

    #[test]
    fn each_week_has_a_point_as_of_its_last_known_day() {
        let since_start = points(Measure::DaysAbsent, Window::SinceStart, "2026-03-11", "2026-03-14");
        assert_eq!(since_start, [at("2026-03-06", Some(1.0)), at("2026-03-11", Some(2.0))]);
        let year = points(Measure::DaysAbsent, Window::SchoolYear, "2026-03-11", "2026-03-14");
        assert_eq!(year, [at("2026-03-06", Some(2.0)), at("2026-03-11", Some(3.0))]);
        let last = points(
            Measure::DaysAbsent,
            Window::LastSchoolDays(3.try_into().expect("days")),
            "2026-03-13",
            "2026-03-14",
        );
        assert_eq!(last, [at("2026-03-06", Some(1.0)), at("2026-03-13", Some(0.0))]);
    }

    #[test]
    fn shares_are_in_percent_and_everything_else_is_counted() {
        let share = points(Measure::AttendedShare, Window::SchoolYear, "2026-03-06", "2026-03-07");
        assert_eq!(share, [at("2026-03-06", Some(60.0))]);
        let tardy = points(Measure::TardyDays, Window::SinceStart, "2026-03-13", "2026-03-13");
        assert_eq!(tardy.last(), Some(&at("2026-03-13", Some(1.0))));
        let failed = points(Measure::CoursesFailed, Window::SchoolYear, "2026-03-13", "2026-03-13");
        assert_eq!(failed.last(), Some(&at("2026-03-13", Some(0.0))));
    }

    #[test]
    fn a_week_for_which_nothing_was_submitted_is_unknown_and_one_without_school_has_no_point() {
        let indicator = GoalIndicator { measure: Measure::DaysAbsent, over: Window::SinceStart };
        let points = indicator.points(&target(), &told("2026-03-06"), day("2026-04-12"));
        let told: Vec<_> = points.iter().map(|point| (point.on.to_string(), point.unknown)).collect();
        // The term ends on the 31st of March.
        assert_eq!(told.len(), 5);
        assert_eq!(told[0], ("2026-03-06".to_owned(), None));
        assert_eq!(told[1], ("2026-03-15".to_owned(), Some(Unknown::NotSubmitted)));
        let nobody = indicator.points(&target(), &ToldYears::new(), day("2026-03-06"));
        assert_eq!(nobody[0].unknown, Some(Unknown::NoEnrolment));
    }
}
