//! Every export tells exactly what a naive recount of what was written allows, and of few nothing: over HTTP, and by the
//! command on the server's machine.
mod bands;
mod effects;
mod figures;
mod happens;
mod histories;
mod story;
mod tables;

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use serde_json::json;
use tests::{Clear, District, Person, School};
use uuid::Uuid;

use super::checked;
use bands::bands_are_what_happened;
use effects::{By, effects_are_what_happened};
use figures::figures_are_what_happened;
use happens::{Place, happens};
use histories::histories_tell_what_is_allowed;
use story::{Story, stories};
use tables::{Source, Table};

/// Fewer than these are not told of.
const FEWEST: usize = 10;

/// How often it is looked again: what readers keep comes a moment after the log.
const LOOKS: usize = 100;

/// A district in which something happened, and who takes tables out of it.
struct Happened<'d> {
    places: [Place<'d>; 2],
    /// Nobody is told of by these.
    students: Vec<Uuid>,
    officer: Person,
    manager: Person,
}

impl<'d> Happened<'d> {
    async fn with(stories: &[Story], district: &'d District) -> Self {
        let places = [
            Place::founded(School::in_district(district).await).await,
            Place::founded(School::in_district(district).await).await,
        ];
        let clear = Clear::open(&district.url).await.expect("a connection");
        let mut students = vec![];
        for story in stories {
            students.push(happens(story, &places, &clear).await.0);
        }
        let [officer, manager] = ["privacy_officer", "program_manager"];
        let (officer, manager) =
            (places[0].school.district_staff(officer).await, places[0].school.district_staff(manager).await);
        Self { places, students, officer, manager }
    }

    fn schools(&self) -> [Uuid; 2] {
        [self.places[0].school.id, self.places[1].school.id]
    }

    /// The tables of figures, from wherever they come.
    async fn figures_are_right(&self, stories: &[Story], from: &Source<'_>) -> Result<(), TestCaseError> {
        let figures = from.table("school-figures", &[("weeks", "104")]).await;
        figures_are_what_happened(&figures.rows, stories, self.schools())?;
        let year = ("school_year", "2026");
        let bands = from.table("school-bands", &[year]).await;
        bands_are_what_happened(&bands.rows, stories, self.schools())?;
        for by in [By::MentorProgramme, By::InterventionType] {
            let effects = from.table("effects", &[("by", by.name()), year]).await;
            effects_are_what_happened(&effects.rows, stories, by)?;
            self.names_nobody(&effects)?;
        }
        self.names_nobody(&figures)?;
        self.names_nobody(&bands)
    }

    fn names_nobody(&self, table: &Table) -> Result<(), TestCaseError> {
        for id in self.students.iter().chain([&self.places[0].mentor.id, &self.places[1].mentor.id]) {
            prop_assert!(!table.text.contains(&id.to_string()), "an export names nobody");
        }
        Ok(())
    }
}

async fn exports_tell_what_the_oracle_allows(stories: &[Story]) -> Result<(), TestCaseError> {
    let district = District::fresh().await.expect("a district");
    let happened = Happened::with(stories, &district).await;
    let asked = json!({"purpose": "Research", "school_year": 2026});
    let path = happened.manager.post("/v1/exports/case-histories", asked).await.expect(201);
    let path = path.header("location").to_owned();
    happened.officer.act(format!("{path}/decision"), json!({"agreed": true})).await;

    let over_http = Source::Http(&happened.manager);
    settles(async || {
        let histories = Table::of(&happened.manager, &path).await;
        histories_tell_what_is_allowed(&histories.rows, stories)?;
        happened.names_nobody(&histories)?;
        prop_assert!(!happened.schools().iter().any(|school| histories.text.contains(&school.to_string())));
        happened.figures_are_right(stories, &over_http).await
    })
    .await?;

    let directory = tempfile::tempdir().expect("a directory");
    let by_command = Source::Command(&district, &directory);
    happened.figures_are_right(stories, &by_command).await?;
    columns_are_told(&happened.manager, &over_http, &by_command).await?;

    let log = happened.officer.walk("/v1/accesses", 100).await;
    let of_command = log.iter().filter(|line| line["os_user"].is_string()).map(|line| &line["exported"]["what"]);
    let mut of_command: Vec<_> = of_command.filter_map(|what| what.as_str()).collect();
    of_command.sort_unstable();
    let all = ["data_dictionary", "effects", "effects", "effects", "school_bands", "school_bands", "school_figures"];
    prop_assert_eq!(of_command, all, "what the command wrote is in the list of all exports");
    Ok(())
}

/// Looks again until it holds; with what was wrong at last where it never does.
async fn settles(holds: impl AsyncFn() -> Result<(), TestCaseError>) -> Result<(), TestCaseError> {
    for _ in 0..LOOKS {
        if holds().await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    holds().await
}

/// What the dictionary says of columns is what tables have, wherever they and it come from.
async fn columns_are_told(
    manager: &Person,
    over_http: &Source<'_>,
    by_command: &Source<'_>,
) -> Result<(), TestCaseError> {
    let told = manager.see("/v1/exports/data-dictionary").await;
    let told: Vec<_> = told["items"].as_array().expect("columns").clone();
    let written = by_command.table("data-dictionary", &[]).await;
    prop_assert_eq!(written.rows.len(), told.len());
    for (row, told) in written.rows.iter().zip(&told) {
        prop_assert_eq!(&json!(row), told);
    }
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &written.rows {
        columns.entry(&row["table"]).or_default().push(&row["column"]);
    }
    for (table, asked) in [("effects", ("by", "mentor_programme")), ("school-bands", ("school_year", "2026"))] {
        for from in [over_http, by_command] {
            let shown = from.table(table, &[asked]).await.columns;
            prop_assert_eq!(&columns[table.replace('-', "_").as_str()], &shown);
        }
    }
    Ok(())
}

/// What is told is what there is; of few it is not, and what is left out is not few either, unless all of it is.
fn few_are_not_told(
    shown: &BTreeMap<String, usize>,
    there: &BTreeMap<String, usize>,
    all: usize,
) -> Result<(), TestCaseError> {
    for (what, number) in shown {
        prop_assert!(*number >= FEWEST && there.get(what) == Some(number), "{what}: {shown:?} of {there:?}");
    }
    let told: usize = shown.values().sum();
    let hidden = all.max(there.values().sum()) - told;
    prop_assert!(shown.is_empty() || hidden == 0 || hidden >= FEWEST, "{shown:?} of {there:?}");
    let smallest = there.iter().filter(|(what, number)| !shown.contains_key(*what) && **number >= FEWEST).count();
    prop_assert!(smallest == 0 || hidden >= FEWEST, "more is left out than there has to be: {shown:?} of {there:?}");
    Ok(())
}

#[test]
fn every_export_tells_what_the_oracle_allows_and_of_few_nothing() {
    checked(&stories(), async |stories| exports_tell_what_the_oracle_allows(&stories).await);
}
