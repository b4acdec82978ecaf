//! Mentors are asked to call home on the day of an absence, and no longer where the absence was none.
use std::collections::BTreeMap;

use application::{
    Calendars, Error,
    access::Operation,
    indicators::{KnownPolicy, in_force},
    view::{Content, FollowUpRecord, FollowUpStatus},
};
use chrono::{Days, NaiveDate, Utc};
use domain::{
    Text,
    case::{Absence, RequestCallHome, WithdrawCallHome},
    indicator::{Mark, SchoolYear, StudentYear},
};

use super::{Draw, Drawn, Found, Judged};

/// An absence that is older than this asks for no call under any policy: thirty school days are at most so many days.
const LONGEST: Days = Days::new(90);

impl Draw<'_> {
    /// Asks for the calls that are due, and takes back those whose absence the school has corrected.
    pub(super) async fn calls_home(
        &self,
        found: &mut Found,
        year: &StudentYear,
        judged: &Judged<'_>,
        drawn: &mut Drawn,
    ) -> Result<(), Error> {
        let calendar = self.calendars.of(found.school).await?;
        let today = calendar.today(Utc::now());
        let school_year = SchoolYear::of(judged.day).days();
        let span = (today - LONGEST).max(*school_year.start())..=today.min(*school_year.end());
        let mut absences = year.absences(&judged.schools, &school_year);
        absences.retain(|&day, _| calendar.is_school_day(day));
        let policies = in_force(&self.policies, today);
        let asked = calls(found);
        for (&on, &mark) in absences.iter().filter(|(day, _)| span.contains(day)) {
            let Some((known, within_school_days)) = asks(&policies, mark) else { continue };
            let late = calendar.school_days_between(on, today) > within_school_days.into();
            if late || asked.get(&on).is_some_and(|(status, _)| *status == FollowUpStatus::Open) {
                continue;
            }
            let what = Text::try_from(format!("Call home: absent on {on}")).map_err(Error::unavailable)?;
            let absence = Absence { on, mark, policy: known.version.to_string() };
            let request = RequestCallHome { absence, within_school_days, what };
            let by = (Operation::RequestCallHome, &known.version);
            drawn.calls_home += u64::from(self.write_beside(found, by, &on.to_string(), request).await?);
        }
        let open = asked.into_iter().filter(|(_, (status, _))| *status == FollowUpStatus::Open);
        for (on, (_, absence)) in open.filter(|(on, _)| school_year.contains(on)) {
            let stands = |mark: Mark| mark == absence.mark || asks(&policies, mark).is_some();
            if absences.get(&on).copied().is_some_and(stands) {
                continue;
            }
            let Ok(policy) = absence.policy.parse() else { continue };
            let by = (Operation::WithdrawCallHome, &policy);
            let withdraw = WithdrawCallHome { absent_on: on };
            drawn.withdrawn += u64::from(self.write_beside(found, by, &on.to_string(), withdraw).await?);
        }
        Ok(())
    }
}

/// The policy that asks for a call home for a day with that mark, and how late it may be told.
fn asks<'a>(policies: &[&'a KnownPolicy], mark: Mark) -> Option<(&'a KnownPolicy, u16)> {
    let asking = policies.iter().filter_map(|known| Some((*known, known.policy.call_home.as_ref()?)));
    let asking = asking.filter(|(_, call)| call.absences.contains(&mark));
    asking.map(|(known, call)| (known, call.within_school_days)).max_by_key(|(_, within)| *within)
}

/// The calls home that the case file knows of, by the day of the absence: of several the one that is open.
fn calls(found: &Found) -> BTreeMap<NaiveDate, (FollowUpStatus, Absence)> {
    let mut calls = BTreeMap::new();
    for record in found.case.iter().flat_map(|case| case.records.values()) {
        let Content::FollowUp(FollowUpRecord { status, absence: Some(absence), .. }) = &record.content else {
            continue;
        };
        // What was called off or done the case knows, and whether it may be asked again.
        if *status == FollowUpStatus::Open || !calls.contains_key(&absence.on) {
            calls.insert(absence.on, (*status, absence.clone()));
        }
    }
    calls
}
