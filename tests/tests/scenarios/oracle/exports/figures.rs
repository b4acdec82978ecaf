//! The figures of schools, counted from the stories one thing after the other.
use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use tests::today;
use uuid::Uuid;

use super::{
    FEWEST,
    happens::{CONTACT, EARLIER_SESSION, MINUTES, SESSION, day},
    story::{Course, Referred, Story, Then, is_known},
    tables::Rows,
};

/// What a row is about: the measure, status, week, tier, how long it waits, whether it is due.
type Line = [String; 6];

/// The columns of a row.
const COLUMNS: [&str; 6] = ["measure", "status", "week", "tier", "waiting", "due"];

/// Each row tells what there is, of few only that they are there, and no row is missing.
pub fn figures_are_what_happened(rows: &Rows, stories: &[Story], schools: [Uuid; 2]) -> Result<(), TestCaseError> {
    let mut there: BTreeMap<(String, Line), (usize, u64)> = BTreeMap::new();
    for story in stories {
        for (at, line, minutes) in counted(story) {
            let (number, all) = there.entry((schools[at].to_string(), line)).or_default();
            *number += 1;
            *all += minutes;
        }
    }
    let told = |(key, (number, minutes)): ((String, Line), (usize, u64))| {
        let timed = ["contacts", "sessions"].contains(&key.1[0].as_str());
        let of_many = |number: String, told: bool| if told { number } else { String::new() };
        let number_told = number >= FEWEST;
        let numbers = [of_many(number.to_string(), number_told), of_many(minutes.to_string(), number_told && timed)];
        (key, numbers)
    };
    let expected: BTreeMap<_, _> = there.into_iter().map(told).collect();
    let cell = |row: &BTreeMap<String, String>, column: &str| row[column].clone();
    let shown = rows.iter().map(|row| {
        let line = COLUMNS.map(|column| cell(row, column));
        ((cell(row, "school"), line), ["number", "minutes"].map(|column| cell(row, column)))
    });
    let shown: BTreeMap<_, _> = shown.collect();
    prop_assert_eq!(shown.len(), rows.len(), "two rows about the same");
    prop_assert_eq!(shown, expected);
    for row in rows {
        prop_assert_eq!(&row["as_of"], &today().to_string());
    }
    Ok(())
}

fn week(day: NaiveDate) -> String {
    (day - Days::new(day.weekday().num_days_from_monday().into())).to_string()
}

/// What the whole school may know of: at which school it counts, as what, and how long it took.
fn counted(story: &Story) -> Vec<(usize, Line, u64)> {
    let line = |cells: [&str; 6]| cells.map(str::to_owned);
    let closed = story.closes();
    // What is open goes along with the case, what has ended stays where it was.
    let (before, after) = (story.school, story.ends_at());
    let now = week(today());
    let tier = story.tier.to_string();
    let mut all = vec![(after, line(["cases", if closed { "closed" } else { "open" }, "", &tier, "", ""]), 0)];
    for course in &story.courses {
        let (at, status, held) = match course {
            Course::Mentor | Course::Hidden => continue,
            Course::Planned(_) => (after, "planned", None),
            Course::Intervention(_) => (after, "active", Some(SESSION)),
            Course::Completed(_) => (before, "completed", Some(SESSION)),
            Course::Earlier => (after, "active", Some(EARLIER_SESSION)),
        };
        all.push((at, line(["interventions", status, "", "2", "", ""]), 0));
        if let Some(held) = held {
            all.push((before, line(["sessions", "held", &week(day(held)), "2", "", ""]), MINUTES));
        }
    }
    for contact in story.contacts.iter().filter(|contact| contact.counts()) {
        let (outcome, minutes) = if contact.made { ("made", MINUTES) } else { ("no_answer", 0) };
        all.push((before, line(["contacts", outcome, &week(day(CONTACT)), "", "", ""]), minutes));
    }
    for referred in &story.referrals {
        let stands = |status| (after, line(["open_referrals", status, "", "", "under_a_week", ""]), 0);
        let cancelled = (before, line(["ended_referrals", "cancelled", &now, "", "", ""]), 0);
        match referred {
            Referred::Hidden => {}
            Referred::Draft if !closed => all.push(stands("draft")),
            Referred::Requested => all.push(stands("requested")),
            // A draft ends with the case.
            Referred::Cancelled | Referred::Draft => all.push(cancelled),
        }
    }
    for asked in story.follow_ups.iter().filter(|asked| is_known(asked.visibility)) {
        let ended = |status| (before, line(["ended_follow_ups", status, &now, "", "", ""]), 0);
        all.push(match asked.then {
            Then::Completed => ended("completed"),
            Then::Open if !closed => {
                let due = if asked.today { "today" } else { "later" };
                (after, line(["open_follow_ups", "open", "", "", "", due]), 0)
            }
            // An open one ends with the case.
            Then::Cancelled | Then::Open => ended("cancelled"),
        });
    }
    all
}
