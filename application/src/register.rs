//! Who read what of whom, written down before the answer leaves.
//!
//! What a party outside the school is shown is a disclosure, of which a register is kept (34 CFR 99.32). What is read in
//! the mental-health compartment, in an emergency, or through somebody else's eyes, is written down for the school's own
//! staff, too.
use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    AgreementId, ConsentId, EntryId, PartnerId, Role, StaffId, StudentId,
    case::{DataCategory, Purpose},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{After, Error, Page, sharing::Onward};

/// One look at what is kept of a student.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000801", "student": "0192a000-0000-7000-8000-000000000101",
    "at": "2026-03-02T14:00:00Z", "staff": "0192a000-0000-7000-8000-000000000014", "role": "partner_staff",
    "operation": "show_support_plan", "categories": ["support_plan"], "compartment": false,
    "basis": "partner_referral", "partner": "0192a000-0000-7000-8000-0000000000b1", "partner_name": "Harbour Clinic",
    "purposes": ["mental_health"], "agreement": "0192a000-0000-7000-8000-0000000000a1",
    "consent": "0192a000-0000-7000-8000-000000000601"
}))]
pub struct Access {
    /// This look.
    pub id: Uuid,
    /// Whose data.
    pub student: StudentId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who looked.
    pub staff: StaffId,
    /// Through whose eyes, where somebody read as somebody else sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seen_as: Option<StaffId>,
    /// In which role.
    pub role: Role,
    /// By which operation.
    pub operation: String,
    /// The kinds of data that were shown.
    pub categories: BTreeSet<DataCategory>,
    /// Whether what stands in the mental-health compartment was shown.
    pub compartment: bool,
    /// On which ground.
    pub basis: String,
    /// The party outside the school, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<PartnerId>,
    /// What that party is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner_name: Option<String>,
    /// That party's legitimate interest: what the student was referred to it for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub purposes: BTreeSet<Purpose>,
    /// The agreement with that party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agreement: Option<AgreementId>,
    /// The family's consent, where the data needed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub consent: Option<ConsentId>,
    /// The override, where the case had been opened in an emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub access_override: Option<EntryId>,
    /// To whom that party may have disclosed it further under the agreement, and what for (34 CFR 99.32(b)).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub onward: Vec<Onward>,
}

/// Which looks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accesses {
    /// Those of parties outside the school.
    Disclosures,
    /// All that are written down.
    All,
}

/// The register of accesses, as a port.
#[async_trait]
pub trait Register: Send + Sync {
    /// Writes looks down, all of them. When it returns they stay, whatever becomes of the server.
    async fn write_down(&self, accesses: Vec<Access>) -> Result<(), Error>;

    /// What is written down about a student, the latest first.
    async fn of_student(&self, student: StudentId, which: Accesses, page: &Page)
    -> Result<Vec<(Access, After)>, Error>;
}
