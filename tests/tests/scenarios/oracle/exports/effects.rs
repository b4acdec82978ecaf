//! What changed after support began, worked out from the stories student by student.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{
    FEWEST, few_are_not_told,
    happens::{MENTOR, START, absences, day, teaching},
    story::Story,
    tables::Rows,
};

/// So many school days have the windows before and after.
const WINDOW: usize = 20;

/// So many others are compared with each of the served, at most.
const OTHERS: usize = 10;

/// By what effects are put together.
#[derive(Debug, Clone, Copy)]
pub enum By {
    MentorProgramme,
    InterventionType,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            Self::MentorProgramme => "mentor_programme",
            Self::InterventionType => "intervention_type",
        }
    }

    fn groups(self, story: &Story) -> BTreeSet<&'static str> {
        match self {
            Self::MentorProgramme => story.has_mentor().then_some("without_partner").into_iter().collect(),
            Self::InterventionType => story.interventions().collect(),
        }
    }

    fn start(self) -> NaiveDate {
        day(match self {
            Self::MentorProgramme => MENTOR,
            Self::InterventionType => START,
        })
    }

    /// How often support was given: less than once a week, or never.
    fn dosage(self, story: &Story, group: &str) -> &'static str {
        let given = match self {
            Self::MentorProgramme => story.contacts_made(),
            Self::InterventionType => usize::from(story.interventions().any(|kind| kind == group)),
        };
        if given == 0 { "none" } else { "under_one" }
    }
}

/// Who is compared with each other: of the same grade, and away as often before.
#[derive(Default)]
struct Alike<'s> {
    served: Vec<&'s Story>,
    others: Vec<&'s Story>,
}

impl Alike<'_> {
    /// How many others are compared.
    fn compared(&self) -> usize {
        self.others.len().min(OTHERS * self.served.len())
    }
}

/// Each number that is told is what there is; of few there is none, nor one from which it could be worked out.
pub fn effects_are_what_happened(rows: &Rows, stories: &[Story], by: By) -> Result<(), TestCaseError> {
    let days: Vec<NaiveDate> = teaching().collect();
    let at = days.iter().position(|day| *day == by.start()).expect("a day of teaching");
    let (before, after) = (&days[at - WINDOW..at], &days[at..at + WINDOW]);
    let away = |story: &Story, window: &[NaiveDate]| absences(story).iter().filter(|day| window.contains(day)).count();
    let change = |story: &Story| away(story, after) as f64 - away(story, before) as f64;

    let groups: BTreeSet<&str> = stories.iter().flat_map(|story| by.groups(story)).collect();
    let named: BTreeSet<&str> = rows.iter().map(|row| row["group"].as_str()).collect();
    prop_assert_eq!(named, groups.clone());
    let (mut there, mut shown) = (BTreeMap::new(), BTreeMap::new());
    for group in groups {
        let mut alike: BTreeMap<_, Alike<'_>> = BTreeMap::new();
        for story in stories {
            let class = alike.entry((story.grade, away(story, before))).or_default();
            if by.groups(story).contains(group) {
                class.served.push(story);
            } else if story.told().next().is_none() {
                class.others.push(story);
            }
        }
        alike.retain(|_, alike| !alike.served.is_empty() && !alike.others.is_empty());
        let served: Vec<&Story> = alike.values().flat_map(|alike| alike.served.clone()).collect();
        let compared: usize = alike.values().map(Alike::compared).sum();
        there.insert(group.to_owned(), served.len());
        let of_group: Vec<_> = rows.iter().filter(|row| row["group"] == group).collect();
        let whole = of_group.iter().find(|row| row["dosage"].is_empty()).expect("a row of the group");
        if whole["served"].is_empty() {
            prop_assert!(of_group.iter().all(|row| row["served"].is_empty()), "{of_group:?}");
            continue;
        }
        prop_assert!(compared >= FEWEST, "compared with {compared}: {whole:?}");
        shown.insert(group.to_owned(), served.len());
        prop_assert_eq!(&whole["served"], &served.len().to_string());
        prop_assert_eq!(&whole["compared_with"], &compared.to_string());
        let mean = |of: &dyn Fn(&Story) -> f64, all: &[&Story]| {
            all.iter().map(|story| of(story)).sum::<f64>() / all.len() as f64
        };
        let mut numbers = vec![
            ("before", mean(&|story| away(story, before) as f64, &served)),
            ("after", mean(&|story| away(story, after) as f64, &served)),
            ("change", mean(&change, &served)),
        ];
        // Where not all others are compared nothing says which.
        if alike.values().all(|alike| alike.compared() == alike.others.len()) {
            let weighted = |alike: &Alike<'_>| alike.served.len() as f64 * mean(&change, &alike.others);
            let of_others = alike.values().map(weighted).sum::<f64>() / served.len() as f64;
            numbers.extend([("change_of_others", of_others), ("difference", mean(&change, &served) - of_others)]);
        }
        for (column, expected) in numbers {
            let told: f64 = whole[column].parse().expect("a number");
            prop_assert!((told - expected).abs() < 1e-9, "{column}: {expected} in {whole:?}");
        }
        let parts = of_group.iter().filter(|row| !row["dosage"].is_empty() && !row["served"].is_empty());
        let parts = parts.map(|row| (row["dosage"].clone(), row["served"].parse().expect("a number"))).collect();
        let mut by_dosage: BTreeMap<String, usize> = BTreeMap::new();
        served.iter().for_each(|story| *by_dosage.entry(by.dosage(story, group).to_owned()).or_default() += 1);
        few_are_not_told(&parts, &by_dosage, 0)?;
    }
    few_are_not_told(&shown, &there, 0)
}
