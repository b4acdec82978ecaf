//! What is known of each day of a student's year.
use std::{collections::BTreeSet, ops::RangeInclusive};

use chrono::NaiveDate;

use super::{Attendance, Finding, FindingKind, Mark, Schools, StudentYear, Suspension, Unknown};

/// The days of a stretch on which a student was enrolled, the school taught and has submitted, each with its mark.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownDays {
    /// The days, earliest first.
    pub days: Vec<(NaiveDate, Mark)>,
    /// What contradicts what.
    pub findings: Vec<Finding>,
    /// Why there are none, where there are none.
    pub unknown: Option<Unknown>,
}

impl StudentYear {
    /// What is known of each day of `span`, by the teaching days of `schools`.
    pub fn known_days(&self, schools: &Schools, span: &RangeInclusive<NaiveDate>) -> KnownDays {
        let mut known = KnownDays::default();
        let suspended = self.days_suspended(schools, |suspension| suspension.out_of_school);
        let mut calendars = false;
        for stay in &self.stays {
            let Some(school) = schools.get(&stay.school).filter(|school| !school.days().is_empty()) else { continue };
            calendars = true;
            let Some(through) = school.through() else { continue };
            let until = stay.until.unwrap_or(NaiveDate::MAX).min(*span.end()).min(through);
            let days = school.between(stay.from.max(*span.start()), until);
            for &day in days {
                if self.at(day) != Some(stay) {
                    known.findings.push(Finding { what: FindingKind::EnrolledTwice, on: day });
                    continue;
                }
                let mark = self.mark_of(day, suspended.contains(&day), &mut known.findings);
                known.days.push((day, mark));
            }
        }
        known.days.sort_unstable();
        // The same stay told twice is one stay.
        known.days.dedup_by_key(|(day, _)| *day);
        known.unknown = match known.days.is_empty() {
            false => None,
            true if self.stays.iter().all(|stay| stay.from > *span.end()) => Some(Unknown::NoEnrolment),
            true if !calendars => Some(Unknown::NoCalendar),
            true => Some(Unknown::NotSubmitted),
        };
        self.find_marks_that_do_not_count(schools, span, &mut known.findings);
        known.findings.sort_unstable();
        known.findings.dedup();
        known
    }

    /// How many days of `span` the student is enrolled and the school teaches, and has not submitted.
    pub fn days_not_submitted(&self, schools: &Schools, span: &RangeInclusive<NaiveDate>) -> u32 {
        let days = self.stays.iter().flat_map(|stay| {
            let school = schools.get(&stay.school);
            let until = stay.until.unwrap_or(NaiveDate::MAX).min(*span.end());
            let days = school.map_or(&[][..], |school| school.between(stay.from.max(*span.start()), until));
            let through = school.and_then(|school| school.through());
            days.iter().filter(move |&&day| through.is_none_or(|through| day > through) && self.at(day) == Some(stay))
        });
        let days: BTreeSet<_> = days.collect();
        days.into_iter().map(|_| 1).sum()
    }

    /// The mark of a day at the school where the student is enrolled.
    fn mark_of(&self, day: NaiveDate, suspended: bool, findings: &mut Vec<Finding>) -> Mark {
        let school = self.at(day).map(|stay| stay.school);
        let mut find = |what| findings.push(Finding { what, on: day });
        let first = self.marks.partition_point(|mark| mark.day < day);
        let marks = self.marks[first..].iter().take_while(|mark| mark.day == day);
        let mut strongest: Option<Mark> = None;
        for mark in marks.filter(|mark| Some(mark.school) == school) {
            if mark.mark == Mark::Unrecognised {
                find(FindingKind::UnrecognisedMark);
            } else if strongest.is_some_and(|other| other != mark.mark) {
                find(FindingKind::MarkedTwice);
            }
            strongest = strongest.max(Some(mark.mark));
        }
        match strongest {
            Some(mark) if suspended && mark.is_absence() => Mark::Suspended,
            Some(mark @ (Mark::Present | Mark::Tardy | Mark::LeftEarly | Mark::Partial)) => {
                if suspended {
                    find(FindingKind::PresentWhileSuspended);
                }
                mark
            }
            Some(Mark::Unrecognised) | None => {
                if suspended {
                    Mark::Suspended
                } else {
                    Mark::Present
                }
            }
            Some(mark) => mark,
        }
    }

    /// The days on which the student was suspended, in those suspensions for which `of` holds: a suspension lasts for so
    /// many days of teaching, and a day in two suspensions is one day.
    pub(super) fn days_suspended(&self, schools: &Schools, of: impl Fn(&Suspension) -> bool) -> BTreeSet<NaiveDate> {
        let mut days = BTreeSet::new();
        for suspension in self.suspensions.iter().filter(|suspension| of(suspension)) {
            let school = self.at(suspension.from).and_then(|stay| schools.get(&stay.school));
            match school {
                Some(school) => days.extend(school.from(suspension.from, suspension.days.into())),
                // Without a calendar the first day is all that is sure.
                None => days.extend((suspension.days > 0).then_some(suspension.from)),
            }
        }
        days
    }

    fn find_marks_that_do_not_count(
        &self,
        schools: &Schools,
        span: &RangeInclusive<NaiveDate>,
        findings: &mut Vec<Finding>,
    ) {
        for mark in self.marks.iter().filter(|mark| span.contains(&mark.day)) {
            let teaches = schools.get(&mark.school).is_none_or(|school| school.contains(mark.day));
            let enrolled = self.stays.iter().any(|stay| stay.school == mark.school && stay.covers(mark.day));
            let what = match (teaches, enrolled) {
                (_, false) => FindingKind::NotEnrolledThere,
                (false, true) => FindingKind::NoSchoolThatDay,
                (true, true) => continue,
            };
            findings.push(Finding { what, on: mark.day });
        }
    }
}

impl KnownDays {
    /// The days, counted.
    pub fn attendance(&self) -> Attendance {
        Attendance::of(self.days.iter().map(|&(_, mark)| mark))
    }

    /// The last of them.
    pub fn through(&self) -> Option<NaiveDate> {
        self.days.last().map(|&(day, _)| day)
    }

    /// The last `number` of them.
    #[must_use]
    pub fn last(mut self, number: usize) -> Self {
        let from = self.days.len().saturating_sub(number);
        self.days.drain(..from);
        self
    }
}

#[cfg(test)]
mod tests;
