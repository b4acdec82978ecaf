//! Agreements with partners: which data may be shared, about whom, for what and for how long.
//!
//! Consent says what a family allows; an agreement, what the organisation has signed. Partners see what both cover.
use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    AgreementId, PartnerId, SchoolId, StaffId, StudentId,
    case::{DataCategory, Purpose, Scope},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{After, Error, Page, Personal, reference::Kept};

mod destruction;
mod in_force;
mod onward;
mod rule;

pub use destruction::{
    Destruction, DestructionCertificate, DestructionMethod, DestructionState, Destructions, DestructionsWanted,
    DisclosedStudent,
};
pub use in_force::AgreementInForce;
pub use onward::{Onward, OnwardParty, OnwardPartyToKeep};
pub use rule::SharingError;

/// Who signed for one side.
#[derive(Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Dr. Ana Ruiz", "signs_for": "partner"}))]
pub struct Signatory {
    /// Who signed.
    pub name: Personal,
    /// For which side.
    pub signs_for: Side,
}

impl std::fmt::Debug for Signatory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signatory({:?})", self.signs_for)
    }
}

/// A side of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The district.
    District,
    /// The partner.
    Partner,
}

/// What was agreed with a partner.
///
/// It is about all students of the schools that it names, or about the students that it names: one of the two.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "categories": ["directory", "attendance"], "purposes": ["mentoring"],
    "schools": ["0192a000-0000-7000-8000-000000000001"], "starts_on": "2026-09-01", "ends_on": "2027-08-31",
    "signatories": [
        {"name": "Dr. Ana Ruiz", "signs_for": "partner"}, {"name": "Mei-Ling Cho", "signs_for": "district"}
    ]
}))]
pub struct SharingTerms {
    /// The kinds of data that may be shared.
    pub categories: Scope,
    /// What they may be shared for.
    #[schema(min_items = 1, max_items = 8)]
    pub purposes: Vec<Purpose>,
    /// The schools whose students it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2000)]
    pub schools: Vec<SchoolId>,
    /// The students whom it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 2000)]
    pub students: Vec<StudentId>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Who signed.
    #[schema(min_items = 1, max_items = 10)]
    pub signatories: Vec<Signatory>,
}

/// How it stands with an agreement today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SharingState {
    /// It begins on a day to come.
    Upcoming,
    /// It is in force.
    InForce,
    /// It is suspended: nothing is shared.
    Suspended,
    /// It has ended.
    Expired,
}

/// What happened to an agreement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, strum::EnumString, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SharingChange {
    /// It was signed.
    Signed,
    /// It was given a later end.
    Renewed,
    /// It was suspended.
    Suspended,
    /// It was put in force again.
    Reinstated,
}

/// One step in the life of an agreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SharingStep {
    /// What happened.
    pub change: SharingChange,
    /// The last day, from then on.
    pub ends_on: NaiveDate,
    /// Why, where it was suspended or reinstated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<Personal>,
    /// Who recorded it.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// An agreement with a partner on which data may be shared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000a1", "partner": "0192a000-0000-7000-8000-0000000000b1",
    "terms": {
        "categories": ["directory", "attendance"], "purposes": ["mentoring"],
        "schools": ["0192a000-0000-7000-8000-000000000001"], "starts_on": "2026-09-01", "ends_on": "2027-08-31",
        "signatories": [{"name": "Dr. Ana Ruiz", "signs_for": "partner"}]
    },
    "state": "in_force",
    "history": [{
        "change": "signed", "ends_on": "2027-08-31", "by": "0192a000-0000-7000-8000-000000000019",
        "at": "2026-08-20T14:00:00Z"
    }]
}))]
pub struct SharingAgreement {
    /// The agreement.
    pub id: AgreementId,
    /// With whom.
    pub partner: PartnerId,
    /// What was agreed, with the end as it is now.
    pub terms: SharingTerms,
    /// How it stands today, by the district's date.
    pub state: SharingState,
    /// What happened to it, earliest first.
    pub history: Vec<SharingStep>,
    /// To whom the partner may disclose further, and what for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub onward: Vec<OnwardParty>,
}

/// A later end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"ends_on": "2028-08-31"}))]
pub struct Renewal {
    /// The last day.
    pub ends_on: NaiveDate,
}

/// Why an agreement is suspended or put in force again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "A breach is looked into."}))]
pub struct SharingReason {
    /// Why.
    pub reason: Personal,
}

/// What is done to an agreement that was signed.
#[derive(Debug, Clone, PartialEq)]
pub enum SharingStepToTake {
    /// Give it a later end.
    Renew(Renewal),
    /// Suspend it.
    Suspend(Personal),
    /// Put it in force again.
    Reinstate(Personal),
}

/// Agreements with partners, as a port.
#[async_trait]
pub trait Agreements: Send + Sync {
    /// Records an agreement that was signed. A repeat changes nothing; [`Error::KeyReused`] if `id` names another.
    async fn sign(&self, partner: PartnerId, id: AgreementId, terms: &SharingTerms, by: StaffId)
    -> Result<Kept, Error>;

    /// Renews, suspends or reinstates an agreement: what it says already changes nothing.
    /// [`SharingError::EndsEarlier`] where a renewal would end it earlier.
    async fn change(
        &self,
        partner: PartnerId,
        id: AgreementId,
        step: &SharingStepToTake,
        by: StaffId,
    ) -> Result<(), Error>;

    /// Names a party to whom the partner may disclose further, or the last day on which it does; [`Error::KeyReused`] if
    /// the id names another party.
    async fn keep_onward(
        &self,
        partner: PartnerId,
        id: AgreementId,
        party: (Uuid, &OnwardPartyToKeep),
        by: StaffId,
    ) -> Result<Kept, Error>;

    /// One agreement.
    async fn agreement(&self, partner: PartnerId, id: AgreementId) -> Result<Option<SharingAgreement>, Error>;

    /// The agreements with a partner, the latest to end first.
    async fn agreements(&self, partner: PartnerId, page: &Page) -> Result<Vec<(SharingAgreement, After)>, Error>;
}

impl SharingTerms {
    /// Checks what the terms say of themselves.
    pub fn check(&self) -> Result<(), SharingError> {
        if self.schools.is_empty() == self.students.is_empty() {
            return Err(SharingError::AboutSchoolsOrStudents);
        }
        if self.ends_on < self.starts_on {
            return Err(SharingError::EndsBeforeItStarts);
        }
        Ok(())
    }

    /// The terms as they are compared and looked up: each thing once.
    pub fn sets(&self) -> (BTreeSet<DataCategory>, BTreeSet<Purpose>) {
        (self.categories.categories().collect(), self.purposes.iter().copied().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> SharingTerms {
        SharingTerms {
            categories: vec![DataCategory::Directory].try_into().expect("a scope"),
            purposes: vec![Purpose::Mentoring],
            schools: vec![SchoolId::default()],
            students: vec![],
            starts_on: NaiveDate::default(),
            ends_on: NaiveDate::default(),
            signatories: vec![],
        }
    }

    #[test]
    fn an_agreement_is_about_schools_or_about_students() {
        assert_eq!(terms().check(), Ok(()));
        let nobody = SharingTerms { schools: vec![], ..terms() };
        let both = SharingTerms { students: vec![StudentId::default()], ..terms() };
        for wrong in [nobody, both] {
            assert_eq!(wrong.check(), Err(SharingError::AboutSchoolsOrStudents));
        }
    }

    #[test]
    fn an_agreement_does_not_end_before_it_starts() {
        let starts_on = NaiveDate::default().succ_opt().expect("a day");
        assert_eq!(SharingTerms { starts_on, ..terms() }.check(), Err(SharingError::EndsBeforeItStarts));
    }
}
