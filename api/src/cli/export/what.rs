//! Which table, and of what.
use std::sync::Arc;

use api::exports::{Table, dictionary, gathered};
use application::effects::{By, EffectsAsked, WindowLength};
use chrono::Utc;
use clap::{Subcommand, builder::TypedValueParser};
use domain::effect::Outcome;
use infrastructure::{Bell, PgCalendars, Pool};
use strum::VariantArray;

use super::{
    To,
    of::{At, Judged},
};
use crate::cli::cases::{figures, outcomes};

/// A table.
#[derive(Debug, Subcommand)]
pub enum What {
    /// What changed after support began, across schools
    Effects {
        /// What is put together
        #[arg(long, default_value = "intervention_type", value_parser = one_of::<By>())]
        by: By,
        /// What is counted in the windows
        #[arg(long, default_value = "days_absent", value_parser = one_of::<Outcome>())]
        outcome: Outcome,
        /// How many school days the windows before and after the start have
        #[arg(long, default_value = "20", value_parser = one_of::<WindowLength>())]
        window: WindowLength,
        #[command(flatten)]
        judged: Judged,
        #[command(flatten)]
        to: To,
    },
    /// How many students of each school were in which band, month by month
    SchoolBands {
        #[command(flatten)]
        judged: Judged,
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        to: To,
    },
    /// What was done and what stands open at each school
    SchoolFigures {
        /// How many weeks are told, this one included
        #[arg(long, default_value_t = 12, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=104))]
        weeks: u16,
        #[command(flatten)]
        at: At,
        #[command(flatten)]
        to: To,
    },
    /// What every column of these tables says
    DataDictionary {
        #[command(flatten)]
        to: To,
    },
}

impl What {
    /// Where it goes.
    pub fn to(&self) -> &To {
        let (Self::Effects { to, .. }
        | Self::SchoolBands { to, .. }
        | Self::SchoolFigures { to, .. }
        | Self::DataDictionary { to }) = self;
        to
    }

    /// What is asked for, in short.
    pub fn asked(&self) -> String {
        match self {
            Self::Effects { by, outcome, window, judged, .. } => {
                let (by, outcome, window): (&str, &str, &str) = (by.into(), outcome.into(), window.into());
                format!("by {by}, {outcome}, {window} days, {}", judged.asked())
            }
            Self::SchoolBands { judged, at, .. } => format!("{}, {}", judged.asked(), at.asked()),
            Self::SchoolFigures { weeks, at, .. } => format!("{weeks} weeks, {}", at.asked()),
            Self::DataDictionary { .. } => String::new(),
        }
    }

    /// The table, from the store behind `pool`.
    pub async fn table(&self, pool: &Pool) -> anyhow::Result<Table> {
        let outcomes = outcomes(pool);
        Ok(match self {
            &Self::Effects { by, outcome, window, ref judged, .. } => {
                let (school_year, policy) = judged.by(&outcomes).await?;
                let asked = EffectsAsked { by, outcome, window, school_year, policy, school: None };
                gathered::effects(&outcomes, asked).await?
            }
            Self::SchoolBands { judged, at, .. } => {
                let (year, policy) = judged.by(&outcomes).await?;
                gathered::school_bands(&outcomes, at.schools(pool).await?, year, policy)
            }
            Self::SchoolFigures { weeks, at, .. } => {
                let calendars = Arc::new(PgCalendars::new(pool.clone()));
                let when = (*weeks, Utc::now());
                gathered::school_figures(&figures(pool, &Bell::default()), calendars, at.schools(pool).await?, when)
            }
            Self::DataDictionary { .. } => dictionary(),
        })
    }
}

/// One of the names that there are.
fn one_of<T>() -> impl TypedValueParser<Value = T>
where
    T: VariantArray + Into<&'static str> + std::str::FromStr<Err = strum::ParseError> + Copy + Send + Sync + 'static,
{
    clap::builder::PossibleValuesParser::new(T::VARIANTS.iter().map(|name| (*name).into()))
        .try_map(|name: String| name.parse::<T>())
}
