//! What becomes of a student's data once the agreement by which a partner had them has ended (NY Education Law 2-d).
use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{AgreementId, PartnerId, StaffId, StudentId, case::DataCategory};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};
use utoipa::ToSchema;

use crate::{After, Error, Page, Personal};

/// How a partner did away with what it held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DestructionMethod {
    /// Removed and written over, backups included.
    Overwritten,
    /// The keys were destroyed under which it was kept.
    KeysDestroyed,
    /// The carriers were destroyed.
    PhysicallyDestroyed,
    /// Given back to the district; nothing was kept.
    Returned,
}

/// What a partner certifies once an agreement has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"destroyed_on": "2027-09-15", "certified_by": "Dr. Ana Ruiz", "method": "overwritten"}))]
pub struct DestructionCertificate {
    /// The day on which it was done.
    pub destroyed_on: NaiveDate,
    /// Who certifies it for the partner.
    pub certified_by: Personal,
    /// How it was done.
    pub method: DestructionMethod,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub note: Option<Personal>,
}

/// How it stands with what a partner held under an agreement that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DestructionState {
    /// The partner has still time.
    Due,
    /// The day is past.
    Overdue,
    /// The partner has certified it.
    Certified,
}

/// An agreement that has ended, and what the partner has to do, or did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "agreement": "0192a000-0000-7000-8000-0000000000a1", "partner": "0192a000-0000-7000-8000-0000000000b1",
    "partner_name": "Harbour Clinic", "ended_on": "2027-08-31", "due_on": "2027-10-30", "state": "due", "students": 14
}))]
pub struct Destruction {
    /// The agreement.
    pub agreement: AgreementId,
    /// With whom.
    pub partner: PartnerId,
    /// What the partner is called.
    pub partner_name: String,
    /// The last day of the agreement.
    pub ended_on: NaiveDate,
    /// The day by which the partner is to certify that it holds nothing any more.
    pub due_on: NaiveDate,
    /// How it stands.
    pub state: DestructionState,
    /// Of how many students something was disclosed under it.
    pub students: u32,
    /// What the partner has certified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub certificate: Option<DestructionCertificate>,
    /// Who recorded the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub recorded_by: Option<StaffId>,
}

/// A student of whom something was disclosed to a partner under an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "student": "0192a000-0000-7000-8000-000000000101", "first_at": "2026-10-02T14:00:00Z",
    "last_at": "2027-06-11T15:30:00Z", "looks": 41, "categories": ["directory", "attendance"], "written": 3
}))]
pub struct DisclosedStudent {
    /// Who.
    pub student: StudentId,
    /// When something was disclosed first.
    pub first_at: DateTime<Utc>,
    /// When something was disclosed last.
    pub last_at: DateTime<Utc>,
    /// How often.
    pub looks: u32,
    /// Which kinds of data.
    pub categories: BTreeSet<DataCategory>,
    /// How many entries of the case the partner's staff wrote themselves.
    pub written: u32,
}

/// Which agreements that have ended.
#[derive(Debug, Clone)]
pub struct DestructionsWanted {
    /// That stand there; those without a certificate, if nothing is said.
    pub state: Option<DestructionState>,
    /// How many days after its end an agreement's partner has.
    pub days: u16,
}

/// What becomes of data after agreements, as a port.
#[async_trait]
pub trait Destructions: Send + Sync {
    /// The agreements that have ended, the longest ago first.
    async fn destructions(&self, wanted: &DestructionsWanted, page: &Page) -> Result<Vec<(Destruction, After)>, Error>;

    /// Of which students something was disclosed under an agreement.
    async fn disclosed(
        &self,
        partner: PartnerId,
        agreement: AgreementId,
        page: &Page,
    ) -> Result<Vec<(DisclosedStudent, After)>, Error>;

    /// Records what a partner certifies; said again it changes nothing. [`super::SharingError::StillInForce`],
    /// [`super::SharingError::DestructionInFuture`], [`super::SharingError::CertifiedOtherwise`].
    async fn certify(
        &self,
        partner: PartnerId,
        agreement: AgreementId,
        certificate: &DestructionCertificate,
        by: StaffId,
    ) -> Result<(), Error>;
}
