//! As of which day, and under which policies.
use application::{
    Error,
    indicators::{KnownPolicy, USUAL, in_force, named, schools_of},
};
use chrono::NaiveDate;
use domain::indicator::{SchoolYear, Schools, StudentYear};

use super::Outcomes;
use crate::{Fault, Problem, problem::INVALID_PARAMETER};

/// The policy that is asked for where none is named.
pub fn usual() -> String {
    USUAL.to_owned()
}

/// The school year that is asked for, by the year in which it ends; that of `day`, if nothing is said.
pub fn school_year(asked: Option<i16>, day: NaiveDate) -> SchoolYear {
    asked.map_or_else(|| SchoolYear::of(day), SchoolYear::from)
}

impl Outcomes {
    /// The teaching days of all schools at which any of `years` has a stay.
    pub async fn schools_of(
        &self,
        years: impl IntoIterator<Item = &StudentYear>,
        year: SchoolYear,
    ) -> Result<Schools, Error> {
        schools_of(self.read.as_ref(), years, year).await
    }
}

/// The policy that is named, on `day`.
///
/// # Errors
/// A problem that names the parameter where nobody wrote such a policy.
pub async fn judged_by(outcomes: &Outcomes, name: String, day: NaiveDate) -> Result<KnownPolicy, Problem> {
    let all = outcomes.policies.policies().await?;
    let found = policies(&all, &[name], day)?;
    let (policy, _) = found.into_iter().next().ok_or(Error::NotFound)?;
    Ok(policy.clone())
}

/// The policies that are `wanted`, each with whether it is in force on `day`.
pub fn policies<'a>(
    all: &'a [KnownPolicy],
    wanted: &[String],
    day: NaiveDate,
) -> Result<Vec<(&'a KnownPolicy, bool)>, Problem> {
    let now = in_force(all, day);
    let wanted = wanted.iter().map(String::as_str);
    let found = wanted.map(|name| {
        let known = named(all, name, day).ok_or_else(|| {
            let fault = Fault::of("policy", "must be the name of a policy, or its name, @ and a version");
            Problem::from(INVALID_PARAMETER).errors(vec![fault])
        })?;
        Ok((known, now.iter().any(|other| other.version == known.version)))
    });
    found.collect()
}
