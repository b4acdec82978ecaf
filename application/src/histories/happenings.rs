//! What happened with one student, in school days from the first support.
use chrono::NaiveDate;
use domain::indicator::{SchoolYear, Schools, StudentYear, TeachingDays};
use strum::IntoStaticStr;
use uuid::Uuid;

use super::{GradeSpan, Subject};
use crate::served::{Delivery, Serving};

/// So many school days are told together.
const WEEK: usize = 5;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the codes of a column, which the data dictionary explains")]
pub enum What {
    InterventionStarted,
    InterventionEnded,
    MentorAssigned,
    MentorEnded,
    ServiceStarted,
    ServiceEnded,
    SessionHeld,
    ContactMade,
    DaysAbsent,
    Incident,
}

/// One thing that happened with somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// Who, by the id of this export.
    pub subject: Uuid,
    /// In which grades, where enough others are.
    pub span: Option<GradeSpan>,
    /// So many school days after the first support, or before it where negative.
    pub school_day: i64,
    /// What.
    pub what: What,
    /// The kind of intervention or what the service was for, where enough others had it.
    pub code: Option<String>,
    /// Days absent.
    pub number: Option<u32>,
    /// Of so many known days.
    pub of: Option<u32>,
}

/// What happened with a subject; nothing where the school's days are not known.
pub fn of<'a>(
    subject: &Subject,
    school_year: SchoolYear,
    year: &StudentYear,
    schools: &Schools,
    deliveries: impl Iterator<Item = &'a Delivery>,
) -> Option<Vec<Happened>> {
    let start = subject.courses.iter().map(|course| course.started_on).min()?;
    let days = schools.get(&year.at(start)?.school)?;
    let at = |day: NaiveDate| place(days, day) - place(days, start);
    let one = |what, school_day| Happened {
        subject: subject.id,
        span: subject.span,
        school_day,
        what,
        code: None,
        number: None,
        of: None,
    };
    let mut all = vec![];
    for course in &subject.courses {
        let (starts, ends) = match course.what {
            Serving::Intervention => (What::InterventionStarted, What::InterventionEnded),
            Serving::Mentor => (What::MentorAssigned, What::MentorEnded),
            Serving::Service => (What::ServiceStarted, What::ServiceEnded),
            Serving::Session | Serving::Contact => continue,
        };
        let ended = course.ended_on.filter(|day| school_year.days().contains(day));
        let turns = [Some((starts, course.started_on)), ended.map(|day| (ends, day))];
        let turns = turns.into_iter().flatten();
        all.extend(turns.map(|(what, day)| Happened { code: course.code.clone(), ..one(what, at(day)) }));
    }
    // A session goes with its intervention: of one that is not told of, neither are they.
    let told = |delivery: &&Delivery| {
        delivery.course.is_none_or(|course| subject.courses.iter().any(|own| own.entry == course))
    };
    for delivery in deliveries.filter(told) {
        let what = if delivery.course.is_some() { What::SessionHeld } else { What::ContactMade };
        all.push(one(what, at(delivery.on)));
    }
    all.extend(year.incidents.iter().map(|&day| one(What::Incident, at(day))));
    let known = year.known_days(schools, &school_year.days()).days;
    for week in known.chunk_by(|a, b| at(a.0).div_euclid(WEEK as i64) == at(b.0).div_euclid(WEEK as i64)) {
        let first = at(week[0].0).div_euclid(WEEK as i64) * WEEK as i64;
        let away = week.iter().filter(|(_, mark)| mark.is_absence()).count();
        let (number, of) = (u32::try_from(away).ok(), u32::try_from(week.len()).ok());
        all.push(Happened { number, of, ..one(What::DaysAbsent, first) });
    }
    all.sort_by_key(|happened| happened.school_day);
    Some(all)
}

/// How many school days lie before a day.
fn place(days: &TeachingDays, day: NaiveDate) -> i64 {
    days.days().partition_point(|&other| other < day) as i64
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use domain::indicator::{DayMark, Mark, Stay, TermDays};

    use super::*;
    use crate::served::Course;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn days_are_counted_in_school_days_from_the_first_support() {
        let school = Uuid::from_u128(1).into();
        let term = TermDays { begins_on: day("2026-03-02"), ends_on: day("2026-03-31"), taught: None };
        let days = TeachingDays::new(&[term], &BTreeMap::new(), &BTreeSet::from([day("2026-03-13")]));
        let year = StudentYear {
            stays: vec![Stay { school, from: day("2026-03-01"), until: None, assumed: false }],
            marks: vec![DayMark { day: day("2026-03-05"), school, mark: Mark::Excused }],
            incidents: vec![day("2026-03-06")],
            ..StudentYear::default()
        };
        let student = Uuid::from_u128(5).into();
        let course = Course {
            student,
            entry: Uuid::from_u128(6),
            what: Serving::Intervention,
            code: Some("check_and_connect".to_owned()),
            partner: None,
            mentor: None,
            started_on: day("2026-03-09"),
            ended_on: Some(day("2026-03-16")),
        };
        let subject = Subject { id: Uuid::from_u128(9), student, span: None, courses: vec![course] };
        let held = Delivery { student, course: Some(Uuid::from_u128(6)), on: day("2026-03-10") };
        let schools = [(school, days)].into();
        let elsewhere = Delivery { student, course: Some(Uuid::from_u128(7)), on: day("2026-03-10") };
        let deliveries = [&held, &elsewhere].into_iter();
        let told = of(&subject, SchoolYear::of(day("2026-03-01")), &year, &schools, deliveries);
        let told: Vec<_> = told.expect("a history").iter().map(|h| (h.school_day, h.what, h.number, h.of)).collect();
        assert_eq!(
            told,
            [
                (-5, What::DaysAbsent, Some(1), Some(5)),
                (-1, What::Incident, None, None),
                (0, What::InterventionStarted, None, None),
                (0, What::DaysAbsent, Some(0), Some(5)),
                (1, What::SessionHeld, None, None),
                (5, What::InterventionEnded, None, None),
            ]
        );
    }
}
