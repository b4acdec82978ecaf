//! Policies: which indicators put a student at risk, how much, and what counts as having acted on it.
mod acting;
mod call_home;
mod error;
mod judgement;
mod preset;
mod threshold;

pub use acting::{Act, Acting};
pub use call_home::CallHome;
pub use error::PolicyError;
pub use judgement::{Judgement, Trigger};
pub use preset::presets;
pub use threshold::{Measure, Threshold};

use std::collections::BTreeSet;

use chrono::NaiveDate;
use derive_more::Display;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{case::Band, indicator::Mark};

/// A policy and its version, written `attendance-works@1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Display)]
#[display("{name}@{version}")]
#[schema(example = json!({"name": "attendance-works", "version": 1}))]
pub struct PolicyVersion {
    /// Its name: letters, digits and hyphens.
    pub name: PolicyName,
    /// Its version, from 1.
    pub version: u16,
}

/// The name of a policy: small letters, digits and hyphens, at most 60 of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, Display)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[a-z0-9][a-z0-9-]{0,59}$", example = "attendance-works")]
pub struct PolicyName(String);

impl TryFrom<String> for PolicyName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let good = !name.starts_with('-') && (1..=60).contains(&name.len()) && name.chars().all(allowed);
        if good { Ok(Self(name)) } else { Err("small letters, digits and hyphens, at most 60") }
    }
}

impl std::str::FromStr for PolicyName {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.to_owned().try_into()
    }
}

/// A policy: data that anybody can read. A version never changes once it is there; a later one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Chronic absence in our district", "source": "District regulation A-210",
    "effective_from": "2026-09-01", "least_days": 10, "not_counted": ["suspended"],
    "thresholds": [
        {"measure": "absent_share", "at_least": 50, "band": "at_risk"},
        {"measure": "absent_share", "at_least": 100, "band": "chronic"}
    ],
    "passing_grade": 65, "announces": true,
    "acting": {"acts": ["contact", "session", "referral"], "within_school_days": 20}
}))]
pub struct Policy {
    /// What it is called for people.
    #[schema(min_length = 1, max_length = 200)]
    pub title: String,
    /// Where its figures come from.
    #[schema(min_length = 1, max_length = 1000)]
    pub source: String,
    /// The first day on which it is in force, until a later version is.
    pub effective_from: NaiveDate,
    /// How many days a student must have been enrolled before attendance says anything.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 366)]
    pub least_days: u16,
    /// Days that count neither as present nor as absent.
    #[serde(default)]
    pub not_counted: BTreeSet<Mark>,
    /// Over how many of the last school days it looks; over the school year so far where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 366)]
    pub over_school_days: Option<u16>,
    /// What puts a student into which band; the highest band that is reached counts.
    #[schema(min_items = 1, max_items = 50)]
    pub thresholds: Vec<Threshold>,
    /// How many points pass a course.
    #[serde(default = "passing")]
    #[schema(minimum = 0, maximum = 1000)]
    pub passing_grade: u16,
    /// Whether a change of band is written down on the student's case.
    #[serde(default)]
    pub announces: bool,
    /// The band from which on a case is opened for a student without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub opens_case_from: Option<Band>,
    /// What counts as having acted on a student's being at risk.
    #[serde(default)]
    pub acting: Acting,
    /// Which absences of a mentee ask for a call home; none where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub call_home: Option<CallHome>,
}

const fn one() -> u16 {
    1
}

const fn passing() -> u16 {
    65
}

impl Policy {
    /// Checks what a schema cannot say.
    ///
    /// # Errors
    /// The rule that is broken.
    pub fn check(&self) -> Result<(), PolicyError> {
        let mut thresholds = self.thresholds.iter();
        if thresholds.any(|threshold| threshold.at_least.is_some() == threshold.at_most.is_some()) {
            return Err(PolicyError::ThresholdWithoutOneBound);
        }
        if self.not_counted.iter().any(|mark| !mark.is_absence()) {
            return Err(PolicyError::PresenceNotCounted);
        }
        if self.call_home.iter().flat_map(|call| &call.absences).any(|mark| !mark.is_absence()) {
            return Err(PolicyError::CallHomeForPresence);
        }
        if self.opens_case_from == Some(Band::OnTrack) {
            return Err(PolicyError::CaseForEverybody);
        }
        Ok(())
    }
}

impl std::str::FromStr for PolicyVersion {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, version) = text.split_once('@').ok_or("a name, @ and a version")?;
        let version = version.parse().ok().filter(|version| *version > 0).ok_or("a version is a number from 1")?;
        Ok(Self { name: name.parse()?, version })
    }
}
