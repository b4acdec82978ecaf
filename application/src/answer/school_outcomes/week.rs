//! One week at a school: attendance and conduct, and what was done.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::StudentId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OfSchool;
use crate::{answer::support_plan::monday, served::Serving};

/// A week at a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "week": "2026-03-02", "student_days": 2060, "absent_days": 201, "absent_thousandths": 97, "incidents": 12,
    "interventions_started": 4, "sessions_held": 61, "contacts_made": 88, "services_started": 2
}))]
pub struct WeekAtSchool {
    /// Its Monday.
    pub week: NaiveDate,
    /// Days of students of which something is known; absent where nothing is, as after the last day that was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub student_days: Option<u32>,
    /// Of these, days absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub absent_days: Option<u32>,
    /// The same in thousandths of the days, rounded down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub absent_thousandths: Option<u32>,
    /// Incidents, each counted for every student who offended in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub incidents: Option<u32>,
    /// Interventions that started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub interventions_started: Option<u32>,
    /// Sessions that were held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sessions_held: Option<u32>,
    /// Contacts that were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub contacts_made: Option<u32>,
    /// Services of partners that began upon a referral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub services_started: Option<u32>,
}

/// How often something happened, and to whom.
#[derive(Debug, Default)]
struct Count {
    number: u32,
    students: BTreeSet<StudentId>,
}

#[derive(Debug, Default)]
struct Counts {
    known: Count,
    absent: Count,
    incidents: Count,
    interventions: Count,
    sessions: Count,
    contacts: Count,
    services: Count,
}

impl Count {
    fn add(&mut self, student: StudentId) {
        self.number += 1;
        self.students.insert(student);
    }

    fn of(&self) -> u32 {
        u32::try_from(self.students.len()).unwrap_or(u32::MAX)
    }
}

impl OfSchool<'_> {
    /// The weeks of the axis in which anything is known or was done.
    pub(super) fn weeks(&self) -> Vec<WeekAtSchool> {
        let mut weeks: BTreeMap<NaiveDate, Counts> = BTreeMap::new();
        let (from, to) = self.axis;
        for (&student, year) in &self.known.years {
            let there = |day: &NaiveDate| (from..=to).contains(day) && self.was_there(year, *day);
            let known = year.known_days(&self.known.schools, &(from..=to)).days;
            for (day, mark) in known.into_iter().filter(|(day, _)| there(day)) {
                let week = weeks.entry(monday(day)).or_default();
                week.known.add(student);
                if mark.is_absence() {
                    week.absent.add(student);
                }
            }
            for &day in year.incidents.iter().filter(|day| there(day)) {
                weeks.entry(monday(day)).or_default().incidents.add(student);
            }
        }
        let there = |student: &StudentId, day: NaiveDate| {
            let year = self.known.years.get(student);
            (from..=to).contains(&day) && year.is_some_and(|year| self.was_there(year, day))
        };
        for course in self.known.courses.iter().filter(|course| there(&course.student, course.started_on)) {
            let week = weeks.entry(monday(course.started_on)).or_default();
            match course.what {
                Serving::Intervention => week.interventions.add(course.student),
                Serving::Service => week.services.add(course.student),
                Serving::Mentor | Serving::Session | Serving::Contact => {}
            }
        }
        for delivery in self.known.deliveries.iter().filter(|delivery| there(&delivery.student, delivery.on)) {
            let week = weeks.entry(monday(delivery.on)).or_default();
            if delivery.course.is_some() { &mut week.sessions } else { &mut week.contacts }.add(delivery.student);
        }
        weeks.into_iter().map(|(week, counts)| self.week(week, &counts)).collect()
    }

    fn week(&self, week: NaiveDate, counts: &Counts) -> WeekAtSchool {
        let told = |count: &Count| self.told(count.number, count.of());
        let (days, known) = (counts.known.number, counts.known.of());
        let absent = self.told_part(counts.absent.number, counts.absent.of(), known).filter(|_| days > 0);
        WeekAtSchool {
            week,
            student_days: told(&counts.known).filter(|_| days > 0),
            absent_days: absent,
            absent_thousandths: absent.and_then(|absent| (absent * 1000).checked_div(days)),
            incidents: told(&counts.incidents),
            interventions_started: told(&counts.interventions),
            sessions_held: told(&counts.sessions),
            contacts_made: told(&counts.contacts),
            services_started: told(&counts.services),
        }
    }
}
