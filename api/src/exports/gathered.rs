//! Where the rows of the tables of figures come from: what programme managers are told, small numbers left out.
use std::sync::Arc;

use application::{
    Calendars, Error, Page,
    answer::{SchoolFigures, SchoolOutcomes, first_of_weeks},
    effects::EffectsAsked,
    figures::Compartment,
    indicators::KnownPolicy,
    reference::ReadReference,
};
use chrono::{DateTime, Utc};
use domain::{SchoolId, indicator::SchoolYear};
use futures::{StreamExt, stream};

use super::{sheets, table::Table};
use crate::{Figures, Outcomes};

/// What changed after support began.
///
/// # Errors
/// Those of the ports.
pub async fn effects(outcomes: &Outcomes, asked: EffectsAsked) -> Result<Table, Error> {
    let rows = sheets::effects(&outcomes.worked_out(asked).await?);
    Ok(Table::new(&sheets::EFFECTS, stream::iter([Ok(rows)])))
}

/// How many students of each of these schools were in which band, month by month.
pub fn school_bands(outcomes: &Outcomes, schools: Vec<SchoolId>, year: SchoolYear, policy: KnownPolicy) -> Table {
    let outcomes = outcomes.clone();
    let rows = stream::iter(schools).then(move |school| {
        let (outcomes, policy) = (outcomes.clone(), policy.clone());
        async move {
            let known = outcomes.enrolled_at(school, year).await?;
            let months = SchoolOutcomes::bands_of(school, year, &known, &policy, false);
            Ok(sheets::bands(school, &policy.version, &months))
        }
    });
    Table::new(&sheets::BANDS, rows)
}

/// The figures of these schools, as they stand and of so many weeks that end with this one.
pub fn school_figures(
    figures: &Figures,
    calendars: Arc<dyn Calendars>,
    schools: Vec<SchoolId>,
    (weeks, now): (u16, DateTime<Utc>),
) -> Table {
    let figures = figures.clone();
    let rows = stream::iter(schools).then(move |school| {
        let (figures, calendars) = (figures.clone(), calendars.clone());
        async move {
            let today = calendars.of(school).await?.today(now);
            let since = first_of_weeks(weeks, today);
            let (cells, counted) = figures.read.of_school(school, &[Compartment::School], since).await?;
            Ok(sheets::figures(&SchoolFigures::of((school, today, since), &cells, counted, false)))
        }
    });
    Table::new(&sheets::FIGURES, rows)
}

/// How many schools are read at a time.
const PAGE: u32 = 200;

/// All schools of the district.
///
/// # Errors
/// Those of the port.
pub async fn every_school(reference: &dyn ReadReference) -> Result<Vec<SchoolId>, Error> {
    let (mut schools, mut after) = (vec![], None);
    loop {
        let page = reference.schools(None, &Page { after, limit: PAGE }).await?;
        let full = page.len() == PAGE as usize;
        after = page.last().map(|(_, after)| after.clone()).filter(|_| full);
        schools.extend(page.into_iter().map(|(school, _)| school.id));
        if after.is_none() {
            return Ok(schools);
        }
    }
}
