//! Who read what of whom, written down before the answer leaves.
//!
//! What a party outside the school is shown is a disclosure, of which a register is kept (34 CFR 99.32). What is read in
//! the mental-health compartment, in an emergency, or through somebody else's eyes, is written down for the school's own
//! staff, too; for the privacy officer the evidence of consents, and what was exported.
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

use crate::{After, Error, Page, Principal, access::Basis, sharing::Onward, view::Kind};

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

/// What went out as a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"what": "school_figures", "asked": "12 weeks, all schools", "form": "parquet", "lines": 240}))]
pub struct Exported {
    /// Which table.
    pub what: String,
    /// What was asked for: in words by the command, as it stood in the address over HTTP; absent where a request says it, or
    /// nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub asked: Option<String>,
    /// In which form.
    pub form: String,
    /// How many rows it has, where that is known before it goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub lines: Option<u64>,
}

/// One look at more than one student: through somebody else's eyes, or an export that went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000802", "at": "2026-11-21T10:00:00Z",
    "staff": "0192a000-0000-7000-8000-000000000015", "operation": "export_case_histories",
    "request": "0192a000-0000-7000-8000-000000000e01", "school_year": 2026,
    "exported": {"what": "case_histories", "form": "csv"}
}))]
pub struct DistrictAccess {
    /// This look.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who looked; absent where it was on the server's machine, where nobody signs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub staff: Option<StaffId>,
    /// Which user of the operating system it was, on the server's machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub os_user: Option<String>,
    /// Through whose eyes, where somebody read as somebody else sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub seen_as: Option<StaffId>,
    /// By which operation; on the server's machine by which command.
    pub operation: String,
    /// What was exported: the request for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request: Option<Uuid>,
    /// Of which school year it was exported, by the year in which it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_year: Option<i16>,
    /// What went out, where it was an export.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub exported: Option<Exported>,
}

impl Access {
    /// That `principal` read evidence of a student's consent for a review, on that `basis`.
    pub fn of_evidence(
        principal: &Principal,
        basis: Basis,
        student: StudentId,
        operation: &str,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            id: Uuid::now_v7(),
            student,
            at,
            staff: principal.asker().staff,
            seen_as: principal.behind.as_ref().map(|_| principal.staff),
            role: basis.role,
            operation: operation.to_owned(),
            categories: [Kind::Consent.category()].into(),
            compartment: false,
            basis: <&str>::from(basis.ground).to_owned(),
            partner: None,
            partner_name: None,
            purposes: BTreeSet::new(),
            agreement: None,
            consent: None,
            access_override: None,
            onward: vec![],
        }
    }
}

impl DistrictAccess {
    /// What `principal` read by `operation`.
    pub fn of(principal: &Principal, operation: &str, at: DateTime<Utc>) -> Self {
        let seen_as = principal.behind.as_ref().map(|_| principal.staff);
        Self { staff: Some(principal.asker().staff), seen_as, ..Self::by(operation, at) }
    }

    /// What a user of the operating system exported by `command`, on the server's machine.
    pub fn on_the_machine(os_user: &str, command: &str, exported: Exported, at: DateTime<Utc>) -> Self {
        Self { os_user: Some(os_user.to_owned()), exported: Some(exported), ..Self::by(command, at) }
    }

    fn by(operation: &str, at: DateTime<Utc>) -> Self {
        Self {
            id: Uuid::now_v7(),
            at,
            staff: None,
            os_user: None,
            seen_as: None,
            operation: operation.to_owned(),
            request: None,
            school_year: None,
            exported: None,
        }
    }
}

/// The register of accesses, as a port.
#[async_trait]
pub trait Register: Send + Sync {
    /// Writes looks down, all of them. When it returns they stay, whatever becomes of the server.
    async fn write_down(&self, accesses: Vec<Access>) -> Result<(), Error>;

    /// What is written down about a student, the latest first.
    async fn of_student(&self, student: StudentId, which: Accesses, page: &Page)
    -> Result<Vec<(Access, After)>, Error>;

    /// The same for what is about no single student.
    async fn write_down_of_district(&self, access: DistrictAccess) -> Result<(), Error>;

    /// What is written down about no single student, the latest first; of one member of staff, where one is named: as who
    /// looked, not as through whose eyes.
    async fn of_district(&self, by: Option<StaffId>, page: &Page) -> Result<Vec<(DistrictAccess, After)>, Error>;
}
