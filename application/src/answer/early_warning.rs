//! Early warnings: who became at risk, and for whom nobody has done anything yet.
use chrono::{Days, NaiveDate};
use domain::{
    SchoolCalendar, SchoolId, StaffId, StudentId,
    case::Band,
    indicator::{Schools, StudentYear, Unknown},
    policy::{Policy, Trigger},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::support_plan::{CONTACTS_A_WEEK, monday};
use crate::{Personal, view::CaseRow};

/// After so many school days without a contact a mentor is reminded.
const SILENCE: u32 = 5;

/// Why a student is on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// At risk now, and was not or was not known to be.
    NewlyAtRisk,
    /// In a worse band than then.
    Worsened,
    /// In a better band than then.
    Improved,
    /// At risk, and there is no open case.
    AtRiskWithoutCase,
    /// At risk, and nobody has done any of what the policy counts as acting, for as long as it says.
    NobodyHasActed,
    /// A mentee with whom no contact was made for five school days.
    NoContact,
    /// A mentee with whom fewer contacts were made last week than three, less for holidays and absences.
    TooFewContacts,
}

/// A student of whom there is something to be warned of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-0000000000a1", "name": "Ada Example", "band": "chronic",
    "band_before": "at_risk", "days_counted": 61, "days_absent": 7,
    "triggers": [{"threshold": {"measure": "absent_share", "at_least": 100, "band": "chronic"}, "found": 7, "of": 61}],
    "signals": ["worsened", "at_risk_without_case", "nobody_has_acted"], "has_case": false, "mentors": []
}))]
pub struct EarlyWarning {
    /// The student.
    pub student: StudentId,
    /// The name that the student goes by, where the student's record is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub name: Option<Personal>,
    /// Why the student is on the list.
    pub signals: Vec<Signal>,
    /// The band, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub band: Option<Band>,
    /// The band at the day with which is compared, where it was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub band_before: Option<Band>,
    /// Why the band, or a part of it, is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<Unknown>,
    /// What led to the band.
    pub triggers: Vec<Trigger>,
    /// The days on which attendance was judged.
    pub days_counted: u32,
    /// Of these, days absent.
    pub days_absent: u32,
    /// Whether there is an open case at the school.
    pub has_case: bool,
    /// The student's mentors.
    pub mentors: Vec<StaffId>,
    /// The day of the last contact that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_contact_on: Option<NaiveDate>,
    /// The day of the last of what the policy counts as acting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_act_on: Option<NaiveDate>,
}

/// What warnings are judged by.
pub struct Watch<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The school.
    pub school: SchoolId,
    /// The teaching days of the school, and of those where its students were before.
    pub schools: &'a Schools,
    /// The school's calendar.
    pub calendar: &'a SchoolCalendar,
    /// The day as of which bands are judged.
    pub judged_on: NaiveDate,
    /// The earlier day with which they are compared.
    pub since: NaiveDate,
    /// The day from which silence is counted.
    pub today: NaiveDate,
}

/// What is known of one student.
pub struct Watched<'a> {
    /// The student.
    pub student: StudentId,
    /// The student's year.
    pub year: &'a StudentYear,
    /// The student's open case at the school.
    pub case: Option<&'a CaseRow>,
    /// The day of the last act that counts.
    pub last_act_on: Option<NaiveDate>,
}

impl Watch<'_> {
    /// The warning, where there is anything to be warned of.
    pub fn warn(&self, watched: &Watched<'_>) -> Option<EarlyWarning> {
        let now = self.policy.judge(watched.year, self.schools, self.judged_on);
        let before = self.policy.judge(watched.year, self.schools, self.since).band;
        let mut signals = vec![];
        let at_risk = |band: Option<Band>| band.is_some_and(|band| band >= Band::AtRisk);
        let mut signal = |given: bool, signal| signals.extend(given.then_some(signal));
        signal(at_risk(now.band) && !at_risk(before), Signal::NewlyAtRisk);
        signal(at_risk(before) && now.band > before, Signal::Worsened);
        signal(now.band.is_some() && now.band < before, Signal::Improved);
        signal(at_risk(now.band) && watched.case.is_none(), Signal::AtRiskWithoutCase);
        signal(at_risk(now.band) && !self.acted(watched.last_act_on), Signal::NobodyHasActed);
        let mentee = watched.case.filter(|case| !case.mentors.is_empty());
        signal(mentee.is_some_and(|case| self.is_silent(case)), Signal::NoContact);
        signal(mentee.is_some_and(|case| self.has_too_few(case, watched.year)), Signal::TooFewContacts);
        (!signals.is_empty()).then(|| EarlyWarning {
            student: watched.student,
            name: None,
            signals,
            band: now.band,
            band_before: before,
            unknown: now.unknown,
            triggers: now.triggers,
            days_counted: now.days_counted,
            days_absent: now.days_absent,
            has_case: watched.case.is_some(),
            mentors: watched.case.map(|case| case.mentors.clone()).unwrap_or_default(),
            last_contact_on: watched.case.and_then(|case| case.last_contact_on),
            last_act_on: watched.last_act_on,
        })
    }

    fn acted(&self, last: Option<NaiveDate>) -> bool {
        let days = self.policy.acting.within_school_days.into();
        let school = self.schools.get(&self.school);
        let from = school.and_then(|school| school.before(self.judged_on, days)).unwrap_or(self.judged_on);
        last.is_some_and(|last| last >= from)
    }

    fn is_silent(&self, case: &CaseRow) -> bool {
        let last = case.last_contact_on.unwrap_or(case.opened_on);
        self.calendar.school_days_between(last, self.today) >= SILENCE
    }

    /// Of the last whole week: three contacts for five days at school, and for fewer days as many fewer, rounded down.
    fn has_too_few(&self, case: &CaseRow, year: &StudentYear) -> bool {
        let first = monday(self.today) - Days::new(7);
        let week = first..=first + Days::new(6);
        if case.opened_on > first {
            return false;
        }
        let taught: u32 = first.iter_days().take(7).filter(|&day| self.calendar.is_school_day(day)).map(|_| 1).sum();
        let away = year.known_days(self.schools, &week).attendance().absent();
        let wanted = CONTACTS_A_WEEK * taught.saturating_sub(away) / 5;
        let made: u32 = case.contacts_on.iter().filter(|day| week.contains(day)).map(|_| 1).sum();
        made < wanted
    }
}

#[cfg(test)]
mod tests;
