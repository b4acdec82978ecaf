//! Which data a consent covers.
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

/// A kind of data about a student.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(example = "attendance")]
pub enum DataCategory {
    /// Name, school, grade and how to reach the family.
    Directory,
    /// Presence and absence.
    Attendance,
    /// Incidents and discipline.
    Behavior,
    /// Courses and marks.
    Coursework,
    /// Health.
    Health,
    /// Mental health.
    MentalHealth,
    /// What was written down on the case.
    CaseNotes,
    /// Needs, strengths, goals and interventions.
    SupportPlan,
}

/// The data that a consent covers: at least one kind, each named once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "Vec<DataCategory>")]
#[schema(
    value_type = BTreeSet<DataCategory>, min_items = 1, max_items = 8, example = json!(["directory", "attendance"])
)]
pub struct Scope(BTreeSet<DataCategory>);

impl Scope {
    /// Whether all of `categories` are covered.
    pub fn covers<'a>(&self, categories: impl IntoIterator<Item = &'a DataCategory>) -> bool {
        categories.into_iter().all(|category| self.0.contains(category))
    }

    /// The kinds of data.
    pub fn categories(&self) -> impl Iterator<Item = DataCategory> {
        self.0.iter().copied()
    }
}

impl TryFrom<Vec<DataCategory>> for Scope {
    type Error = &'static str;

    fn try_from(categories: Vec<DataCategory>) -> Result<Self, Self::Error> {
        let named = categories.len();
        let scope: BTreeSet<_> = categories.into_iter().collect();
        if scope.is_empty() {
            return Err("a scope names at least one kind of data");
        }
        if scope.len() < named {
            return Err("a scope names each kind of data once");
        }
        Ok(Self(scope))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_names_something_once() {
        assert!(Scope::try_from(vec![]).is_err());
        assert!(Scope::try_from(vec![DataCategory::Health, DataCategory::Health]).is_err());
        assert!(Scope::try_from(vec![DataCategory::Health, DataCategory::Directory]).is_ok());
    }
}
