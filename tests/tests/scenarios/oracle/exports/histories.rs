//! Case histories, recounted from the stories.
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{FEWEST, few_are_not_told, happens::absences, story::Story, tables::Rows};

/// They tell of everybody whose support began in the year what the whole school may know, and of nobody else.
pub fn histories_tell_what_is_allowed(rows: &Rows, stories: &[Story]) -> Result<(), TestCaseError> {
    let subjects: Vec<(usize, &Story)> = stories.iter().enumerate().filter(|(_, story)| story.is_subject()).collect();
    let told = if subjects.len() < FEWEST { vec![] } else { subjects };
    let sum = |each: &dyn Fn(&Story) -> usize| told.iter().map(|(_, story)| each(story)).sum::<usize>();
    let interventions = sum(&|story| story.interventions().count());
    prop_assert_eq!(number(rows, "contact_made"), sum(&Story::contacts_made));
    prop_assert_eq!(number(rows, "session_held"), interventions, "sessions in the compartment are told to nobody");
    prop_assert_eq!(number(rows, "intervention_started"), interventions);
    prop_assert_eq!(number(rows, "mentor_assigned"), sum(&|story| usize::from(story.has_mentor())));
    let subjects: BTreeSet<&String> = rows.iter().map(|row| &row["subject"]).collect();
    prop_assert_eq!(subjects.len(), told.len());
    let away: usize = rows.iter().filter_map(|row| row["number"].parse::<usize>().ok()).sum();
    prop_assert_eq!(away, sum(&|story| absences(story).len()));

    let spans = told.iter().filter_map(|(at, story)| Some((story.grade?.1.to_owned(), *at)));
    few_are_not_told(&shown("grades", rows), &count(spans), told.len())?;
    let kinds = told.iter().flat_map(|(at, story)| story.interventions().map(move |kind| (kind.to_owned(), *at)));
    few_are_not_told(&shown("code", rows), &count(kinds), 0)
}

/// Something happened so often.
fn number(rows: &Rows, what: &str) -> usize {
    rows.iter().filter(|row| row["what"] == what).count()
}

/// How many subjects have what a column says.
fn shown(column: &str, rows: &Rows) -> BTreeMap<String, usize> {
    let said = rows.iter().filter(|row| !row[column].is_empty());
    count(said.map(|row| (row[column].clone(), row["subject"].clone())))
}

/// How many there are of whom each is told.
fn count<T: Ord, W: Ord>(all: impl Iterator<Item = (T, W)>) -> BTreeMap<T, usize> {
    let mut who: BTreeMap<T, BTreeSet<W>> = BTreeMap::new();
    all.for_each(|(what, one)| _ = who.entry(what).or_default().insert(one));
    who.into_iter().map(|(what, who)| (what, who.len())).collect()
}
