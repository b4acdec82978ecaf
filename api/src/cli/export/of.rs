//! Of which year, by which bands, and at which schools.
use anyhow::{Context, bail};
use api::{Outcomes, exports::gathered};
use application::indicators::{KnownPolicy, USUAL, named};
use chrono::Utc;
use clap::Args;
use domain::{SchoolId, indicator::SchoolYear};
use infrastructure::{PgReference, Pool};

/// Of which year, and by which bands.
#[derive(Debug, Args)]
pub struct Judged {
    /// The school year, by the year in which it ends [default: the present one]
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1900..=2999))]
    school_year: Option<i16>,
    /// By whose bands: a policy by name or as name@version
    #[arg(long, default_value = USUAL, value_name = "POLICY")]
    policy: String,
}

/// At which schools.
#[derive(Debug, Args)]
pub struct At {
    /// Only at this school, by its id; as often as there are schools [default: all of them]
    #[arg(long = "school", value_name = "SCHOOL")]
    schools: Vec<SchoolId>,
}

impl Judged {
    /// The year and the policy that are meant.
    pub async fn by(&self, outcomes: &Outcomes) -> anyhow::Result<(SchoolYear, KnownPolicy)> {
        let today = Utc::now().date_naive();
        let year = self.school_year.map_or_else(|| SchoolYear::of(today), SchoolYear::from);
        let policies = outcomes.policies.policies().await?;
        let policy = named(&policies, &self.policy, today.min(*year.days().end()));
        Ok((year, policy.context("no policy of that name; see GET /v1/policies")?.clone()))
    }

    /// In words.
    pub fn asked(&self) -> String {
        let year = self.school_year.map_or_else(|| "the present school year".to_owned(), |year| year.to_string());
        format!("{year}, {}", self.policy)
    }
}

impl At {
    /// All schools, or those that are named, which have to be there.
    pub async fn schools(&self, pool: &Pool) -> anyhow::Result<Vec<SchoolId>> {
        let all = gathered::every_school(&PgReference::new(pool.clone())).await?;
        match self.schools.iter().find(|school| !all.contains(school)) {
            Some(school) => bail!("there is no school {school}"),
            None if self.schools.is_empty() => Ok(all),
            None => Ok(self.schools.clone()),
        }
    }

    /// In words.
    pub fn asked(&self) -> String {
        match self.schools.as_slice() {
            [] => "all schools".to_owned(),
            schools => schools.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        }
    }
}
