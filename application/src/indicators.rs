//! Indicators and policies, as the ports give them.
use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    SchoolId, StaffId, StudentId,
    indicator::{SchoolYear, Schools, StudentYear},
    policy::{Act, Policy, PolicyError, PolicyVersion},
};

use crate::{Error, error::rejected, reference::Kept};

/// How fresh one source of a student's picture is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// The last day for which the school has submitted attendance.
    pub attendance: Option<NaiveDate>,
    /// When an import last brought something, of whatever kind.
    pub imported_at: Option<DateTime<Utc>>,
}

/// Questions about what indicators are made of.
#[async_trait]
pub trait ReadIndicators: Send + Sync {
    /// The teaching days of `schools` in `year`, and how far each has submitted.
    async fn teaching_days(&self, schools: &[SchoolId], year: SchoolYear) -> Result<Schools, Error>;

    /// What is told of `students` in `year`; nobody is missing.
    async fn years(&self, students: &[StudentId], year: SchoolYear) -> Result<BTreeMap<StudentId, StudentYear>, Error>;

    /// The students who are enrolled at `school` on `day`.
    async fn students_of(&self, school: SchoolId, day: NaiveDate) -> Result<Vec<StudentId>, Error>;

    /// The last day of which something is known of the student: enrolled, and submitted by the school.
    async fn student_known_through(&self, student: StudentId) -> Result<Option<NaiveDate>, Error>;

    /// The last day for which the school has submitted attendance.
    async fn school_known_through(&self, school: SchoolId) -> Result<Option<NaiveDate>, Error>;

    /// How fresh what there is of a school is.
    async fn sources(&self, school: SchoolId) -> Result<Sources, Error>;

    /// The last day of one of `acts` on each student's case, of what the whole school may know; up to `until`.
    async fn last_acts(
        &self,
        students: &[StudentId],
        acts: &[Act],
        until: NaiveDate,
    ) -> Result<BTreeMap<StudentId, NaiveDate>, Error>;
}

/// The teaching days of all schools at which any of `years` has a stay.
///
/// # Errors
/// Those of the port.
pub async fn schools_of<'a>(
    read: &(impl ReadIndicators + ?Sized),
    years: impl IntoIterator<Item = &'a StudentYear>,
    year: SchoolYear,
) -> Result<Schools, Error> {
    let schools: BTreeSet<SchoolId> = years.into_iter().flat_map(|year| &year.stays).map(|stay| stay.school).collect();
    read.teaching_days(&schools.into_iter().collect::<Vec<_>>(), year).await
}

/// The policy that is asked for where none is named.
pub const USUAL: &str = "attendance-works";

/// A policy with its version.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPolicy {
    /// The version.
    pub version: PolicyVersion,
    /// The policy.
    pub policy: Policy,
    /// Whether it came with the server.
    pub preset: bool,
}

/// The policies that there are.
#[async_trait]
pub trait KeepPolicies: Send + Sync {
    /// All versions of all policies, presets included, by name and version.
    async fn policies(&self) -> Result<Vec<KnownPolicy>, Error>;

    /// Keeps a version of a policy; a version that is there already must say the same.
    async fn put_policy(&self, version: &PolicyVersion, policy: &Policy, by: StaffId) -> Result<Kept, Error>;
}

impl From<PolicyError> for Error {
    fn from(rule: PolicyError) -> Self {
        rejected(&rule)
    }
}

/// The version of each policy that is in force on `day`: the latest of those whose day has come.
pub fn in_force(policies: &[KnownPolicy], day: NaiveDate) -> Vec<&KnownPolicy> {
    let mut latest: BTreeMap<_, &KnownPolicy> = BTreeMap::new();
    for known in policies.iter().filter(|known| known.policy.effective_from <= day) {
        let newer = |other: &&KnownPolicy| {
            (other.policy.effective_from, other.version.version) < (known.policy.effective_from, known.version.version)
        };
        if latest.get(&known.version.name).is_none_or(newer) {
            latest.insert(&known.version.name, known);
        }
    }
    latest.into_values().collect()
}

/// The policy that `named` names: `name@version`, or by its name alone the version in force on `day`, or else its
/// first, so that what will be in force can be seen before it is.
pub fn named<'a>(policies: &'a [KnownPolicy], named: &str, day: NaiveDate) -> Option<&'a KnownPolicy> {
    if let Ok(version) = named.parse::<PolicyVersion>() {
        return policies.iter().find(|known| known.version == version);
    }
    let of_name = |known: &&KnownPolicy| known.version.name.to_string() == named;
    let first = || policies.iter().filter(of_name).min_by_key(|known| known.version.version);
    in_force(policies, day).into_iter().find(of_name).or_else(first)
}

#[cfg(test)]
mod tests {
    use domain::policy::presets;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn all() -> Vec<KnownPolicy> {
        let known = |(version, policy)| KnownPolicy { version, policy, preset: true };
        let mut all: Vec<_> = presets().into_iter().map(known).collect();
        let mut second = all[0].clone();
        second.version.version = 2;
        second.policy.effective_from = day("2026-09-01");
        all.push(second);
        all
    }

    #[test]
    fn a_later_version_takes_the_place_of_an_earlier_one_on_its_day() {
        let all = all();
        let version = |on| named(&all, "attendance-works", day(on)).map(|known| known.version.to_string());
        assert_eq!(version("2026-08-31").as_deref(), Some("attendance-works@1"));
        assert_eq!(version("2026-09-01").as_deref(), Some("attendance-works@2"));
        let exact = named(&all, "attendance-works@1", day("2026-09-01")).map(|known| known.version.version);
        assert_eq!(exact, Some(1));
    }

    #[test]
    fn a_policy_that_is_not_in_force_yet_can_be_seen_and_one_that_nobody_wrote_cannot() {
        let all = all();
        assert!(!in_force(&all, day("2024-01-01")).iter().any(|known| known.version.name.to_string() == "nysed-2025"));
        assert!(named(&all, "nysed-2025", day("2024-01-01")).is_some());
        assert!(named(&all, "nysed-2099", day("2024-01-01")).is_none());
    }
}
