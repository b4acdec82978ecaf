//! Members of staff, and the roles from which their rights follow.
use chrono::NaiveDate;
use domain::{PartnerId, Role, SchoolId, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::AgreementState;
use crate::Personal;

/// A member of staff, as the records have it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000d1",
    "given_name": "Mia", "family_name": "Example", "e_mail": "mia@example.org", "subject": "mia", "agreement": "in_force",
    "roles": [{
        "id": "0192a000-0000-7000-8000-0000000000e1",
        "role": "success_mentor",
        "school": "0192a000-0000-7000-8000-000000000001",
        "since": "2026-09-01",
        "source": "hand"
    }],
    "source": "hand"
}))]
pub struct StaffRecord {
    /// The member of staff.
    pub id: StaffId,
    /// The given name.
    pub given_name: Personal,
    /// The family name.
    pub family_name: Personal,
    /// The e-mail address at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub e_mail: Option<Personal>,
    /// The subject of the tokens that this person signs in with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub subject: Option<Personal>,
    /// How it stands with the confidentiality agreement, for those who record it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agreement: Option<AgreementState>,
    /// Roles, latest first: all of them, past ones too; in the list of a school those held there on the day.
    pub roles: Vec<StaffRole>,
    /// The system that owns the record: `ed-fi`, `one-roster` or `hand`.
    pub source: String,
}

/// A role that somebody holds or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-0000000000e1", "role": "success_mentor",
    "school": "0192a000-0000-7000-8000-000000000001", "since": "2026-09-01", "source": "hand"
}))]
pub struct StaffRole {
    /// This holding of it.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// The school at which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<SchoolId>,
    /// The partner with which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<PartnerId>,
    /// The first day.
    pub since: NaiveDate,
    /// The day from which it is held no more, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
    /// The system that owns the record.
    pub source: String,
}

/// Where a role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldAt {
    /// At a school; with a partner besides where the person works for one.
    School,
    /// With a partner; at a school besides where it is about one only.
    Partner,
    /// For the district, or anywhere.
    District,
}

/// Where `role` is held.
pub const fn held_at(role: Role) -> HeldAt {
    match role {
        Role::SuccessMentor
        | Role::CommunitySchoolDirector
        | Role::Principal
        | Role::SchoolStaff
        | Role::MentalHealthManager => HeldAt::School,
        Role::PartnerStaff => HeldAt::Partner,
        Role::ProgramManager | Role::PrivacyOfficer | Role::Service => HeldAt::District,
    }
}
