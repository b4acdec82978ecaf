//! The demo tells the same every time, and enough to look at.
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use cqrs_es::Aggregate;
use domain::{Reject, SchoolCalendar, Stamp, case::Case};

use super::*;
use crate::{
    Task,
    access::{self, Ties},
    reference::district_day,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// When, by whom, under which key, and what.
fn told(demo: &Demo) -> Vec<(DateTime<Utc>, Who, Uuid, Vec<u8>)> {
    let stories = demo.stories.iter().chain(&demo.finale);
    let steps = stories.flat_map(|story| &story.steps);
    steps.map(|step| (step.at, step.by, step.key, step.canonical.clone())).collect()
}

#[test]
fn the_same_day_tells_the_same_stories() {
    let (one, other) = (Demo::before(day("2026-03-18")), Demo::before(day("2026-03-18")));
    assert!(told(&one) == told(&other));
    assert_eq!(one.records, other.records);
}

fn rows<'a>(demo: &'a Demo, sheet: &str) -> &'a [Vec<String>] {
    &demo.records.sheets.iter().find(|held| held.name == sheet).expect("a sheet").rows
}

#[test]
fn the_schools_submit_every_school_day_until_yesterday_and_a_student_has_one_mark_a_day() {
    for today in ["2025-10-06", "2026-03-18", "2026-07-30", "2026-11-22"].map(day) {
        let demo = Demo::before(today);
        let marks = rows(&demo, "attendance");
        let days: std::collections::HashSet<_> = marks.iter().map(|row| (&row[0], &row[2])).collect();
        assert_eq!(days.len(), marks.len());
        let told: std::collections::BTreeSet<NaiveDate> = marks.iter().map(|row| day(&row[2])).collect();
        let first = *told.first().expect("a day");
        let taught = first.iter_days().take_while(|&day| day < today).filter(|&day| calendar::is_taught(day));
        assert!(taught.eq(told), "{today}");
    }
}

/// Of those who have a case today, in the forty school days before it and at last.
#[test]
fn mentees_of_whom_it_goes_well_are_absent_less_often() {
    let demo = Demo::before(day("2026-06-10"));
    let parts = parts(&Year::before(demo.today));
    let well = |part: &&part::Part| part.trend == part::Trend::Better && part.goes_on();
    let absences = |before: &dyn Fn(&part::Part) -> NaiveDate| -> usize {
        let of = |part: &part::Part| {
            let back = (0..).map(|days| before(part) - chrono::Days::new(days));
            let days: Vec<_> = back.filter(|&day| calendar::is_taught(day)).take(40).collect();
            let id = roster::student(part.number).uuid();
            let (_, number, _) = demo.records.ids.iter().find(|known| known.2 == id).expect("a student");
            let absent = |row: &&Vec<String>| &row[0] == number && row[3].contains("excused");
            rows(&demo, "attendance").iter().filter(absent).filter(|row| days.contains(&day(&row[2]))).count()
        };
        parts.iter().filter(well).map(of).sum()
    };
    let (before, now) = (absences(&|part| part.opens_on), absences(&|_| demo.today));
    assert!(now * 3 < before * 2, "{before} before, {now} now");
}

/// Tells the stories to cases in memory, with access decided; what is put right afterwards is left out.
fn refusals(demo: &Demo) -> Vec<String> {
    let days = demo.days.iter().map(|day| (day.day, day.instructional));
    let calendar = Arc::new(SchoolCalendar::new(chrono_tz::Tz::America__New_York, days));
    let mut refusals = vec![];
    for story in &demo.stories {
        let mut case = Case::default();
        for step in &story.steps {
            let Task::Decide(command) = &step.task else { continue };
            let principal = step.by.person().principal();
            let stamp = Stamp { id: step.key, by: principal.staff, at: step.at, calendar: calendar.clone() };
            let (order, _) = step.order(story.student, principal.clone());
            let ties = Ties::of(&case, story.student, district_day(step.at));
            let ties = Ties { school: ties.school.or(order.school), ..ties };
            let told = || format!("{} {} {} {}", demo.today, story.student, step.at, step.operation);
            match access::decide(&principal, step.operation.act(), &ties, command.visibility())
                .map_err(|error| error.to_string())
            {
                Err(error) => refusals.push(format!("{} {:?}: {error}", told(), step.by)),
                Ok(_) => match command.decide(&case, &stamp) {
                    // What follows from the first refusal says nothing new.
                    Err(_)
                        if refusals.last().is_some_and(|told: &String| told.contains(&story.student.to_string())) => {}
                    Err(breach) => refusals.push(format!("{}: {}", told(), breach.code())),
                    Ok(events) => events.into_iter().for_each(|event| case.apply(event)),
                },
            }
        }
    }
    refusals
}

#[test]
fn nothing_is_refused_on_whichever_day_it_begins() {
    let days = day("2025-08-01").iter_days().step_by(37).take(20);
    let refused: Vec<_> = days.flat_map(|today| refusals(&Demo::before(today))).collect();
    assert!(refused.is_empty(), "{} refused, the first {:#?}", refused.len(), &refused[..refused.len().min(9)]);
}

/// Contacts a week in term, for each student with a mentor who keeps in touch.
#[test]
fn mentors_log_two_to_three_and_a_half_contacts_a_week() {
    let demo = Demo::before(day("2026-03-18"));
    let free: std::collections::HashSet<_> = demo.days.iter().map(|day| day.day).collect();
    let (mut contacts, mut days) = (0, 0);
    for story in &demo.stories {
        let steps = story.steps.iter().filter(|step| step.operation == Operation::LogContact);
        contacts += steps.count();
        let first = story.steps.first().map_or(demo.today, |step| step.at.date_naive());
        days += first
            .iter_days()
            .take_while(|&day| day < demo.today)
            .filter(|day| day.weekday().num_days_from_monday() < 5 && !free.contains(day))
            .count();
    }
    let a_week = contacts as f64 * 5.0 / days as f64;
    assert!((2.0..3.5).contains(&a_week), "{a_week}");
}
