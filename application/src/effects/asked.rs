//! Which effects are asked for.
use domain::{SchoolId, effect::Outcome, indicator::SchoolYear};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::indicators::KnownPolicy;

/// What is put together.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = EffectsBy)]
pub enum By {
    /// Interventions of one kind.
    #[default]
    InterventionType,
    /// What one partner gives: interventions, and services upon referrals.
    Partner,
    /// Mentors who work for one partner.
    MentorProgramme,
    /// Whatever was given at one school.
    School,
}

/// How many school days the windows have. There are few choices, so that nobody is singled out by comparing many.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    IntoStaticStr,
    EnumString,
    VariantArray,
)]
pub enum WindowLength {
    /// Two weeks.
    #[serde(rename = "10")]
    #[strum(serialize = "10")]
    Ten,
    /// Four weeks.
    #[default]
    #[serde(rename = "20")]
    #[strum(serialize = "20")]
    Twenty,
    /// Eight weeks.
    #[serde(rename = "40")]
    #[strum(serialize = "40")]
    Forty,
}

impl WindowLength {
    /// In school days.
    pub fn days(self) -> usize {
        match self {
            Self::Ten => 10,
            Self::Twenty => 20,
            Self::Forty => 40,
        }
    }
}

/// Which effects are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectsAsked {
    /// What is put together.
    pub by: By,
    /// What is counted.
    pub outcome: Outcome,
    /// In how many school days before and after.
    pub window: WindowLength,
    /// In which school year support began.
    pub school_year: SchoolYear,
    /// By which policy students are alike.
    pub policy: KnownPolicy,
    /// Only of students of this school, compared with each other.
    pub school: Option<SchoolId>,
}

impl EffectsAsked {
    /// The same question has the same name.
    pub fn name(&self) -> String {
        let (by, outcome, window): (&str, &str, &str) = (self.by.into(), self.outcome.into(), self.window.into());
        let school = self.school.map(|school| school.uuid().to_string()).unwrap_or_default();
        format!("{by} {outcome} {window} {} {} {school}", self.school_year, self.policy.version)
    }
}
