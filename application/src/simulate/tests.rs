//! A made-up district is the same every time, keeps to the rules, and is as it is stated to be.
use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::{Aggregate, DomainEvent};
use domain::{
    Reject, SchoolCalendar, Stamp,
    case::{Case, CaseEvent, ContactOutcome, SessionOutcome},
};

use super::*;
use crate::{
    access::{self, Ties},
    reference::district_day,
};

const DISTRICT: District =
    District { students: 4_000, years: 1, seed: 7, today: NaiveDate::from_ymd_opt(2026, 6, 20).expect("a date") };

/// The events of everybody's story, decided as they would be.
fn events(district: &District) -> Vec<Vec<CaseEvent>> {
    let calendar = std::sync::Arc::new(SchoolCalendar::new(chrono_tz::America::New_York, []));
    let (mut all, mut refused) = (vec![], BTreeSet::new());
    for number in 0..district.students {
        let (mut case, mut events) = (Case::default(), vec![]);
        for past in story(district, number) {
            let by = past.order.principal.staff;
            let stamp = Stamp { id: past.order.key, by, at: past.at, calendar: calendar.clone() };
            let ties = Ties::of(&case, past.order.student, district_day(past.at));
            let ties = Ties { school: ties.school.or(past.order.school), ..ties };
            let operation = past.order.operation;
            if let Err(error) = access::decide(&past.order.principal, operation.act(), &ties, past.command.visibility())
            {
                refused.insert(format!("{operation}: {error}"));
            }
            match past.command.decide(&case, &stamp) {
                Ok(decided) => events.extend(decided.into_iter().inspect(|event| case.apply(event.clone()))),
                Err(breach) => _ = refused.insert(format!("{operation}: {}", breach.code())),
            }
        }
        if !events.is_empty() {
            all.push(events);
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    all
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[track_caller]
fn assert_near(what: &str, found: f64, stated: u32, within: f64) {
    assert!((found - f64::from(stated)).abs() <= within, "{what}: {found:.1} %, stated {stated} %");
}

#[test]
fn it_keeps_to_the_rules_and_is_as_it_is_stated() {
    let (all, stated) = (events(&DISTRICT), Shares::STATED);
    let mut types = BTreeMap::<String, usize>::new();
    let (mut made, mut held, mut absent) = (0, 0, 0);
    for event in all.iter().flatten() {
        *types.entry(event.event_type()).or_default() += 1;
        match event {
            CaseEvent::ContactLogged(logged) => made += usize::from(logged.details.outcome == ContactOutcome::Made),
            CaseEvent::SessionLogged(logged) => {
                held += 1;
                absent += usize::from(logged.details.outcome == SessionOutcome::NoShow);
            }
            _ => {}
        }
    }
    let count = |event: &str| types.get(event).copied().unwrap_or_default();
    let referrals = count("ReferralRequested");
    assert_near("cases", percent(all.len(), DISTRICT.students as usize), stated.cases, 1.5);
    assert_near("contacts made", percent(made, count("ContactLogged")), stated.contacts_made, 2.0);
    assert_near("absences", percent(absent, held), stated.absences, 2.0);
    assert_near("referrals", percent(referrals, all.len()), stated.referrals, 9.0);
    assert_near("helped", percent(count("ReferralCompleted"), referrals), stated.referrals_helped, 12.0);
    assert_near("rejected", percent(count("ReferralRejected"), referrals), stated.referrals_rejected, 8.0);
    assert_near("unanswered", percent(count("ReferralFailed"), referrals), stated.referrals_unanswered, 9.0);
    let weeks = count("ContactLogged") as f64 / all.len() as f64 / 2.7;
    assert!((30.0..44.0).contains(&weeks), "2.7 contacts a week over {weeks:.1} weeks of term");
    let each = all.iter().map(Vec::len).sum::<usize>() / all.len();
    assert!((120..260).contains(&each), "{each} events a case");
}

#[test]
fn it_is_the_same_every_time_and_another_with_another_seed() {
    let keys = |district: &District| -> Vec<_> {
        (0..100).flat_map(|number| story(district, number)).map(|past| (past.order.key, past.at)).collect()
    };
    assert_eq!(keys(&DISTRICT), keys(&DISTRICT));
    assert_ne!(keys(&DISTRICT), keys(&District { seed: 8, ..DISTRICT }));
}
