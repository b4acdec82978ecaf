//! Who asks.
use std::sync::Arc;

use domain::{EntryId, PartnerId, Role, SchoolId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, sharing::AgreementInForce};

/// A person, with the roles in force at this moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Principal {
    /// The person's staff record.
    pub staff: StaffId,
    /// The roles in force.
    pub roles: Vec<HeldRole>,
    /// The agreements in force with the partners for whom the person works.
    pub agreements: Vec<AgreementInForce>,
    /// The cases that the person has opened in an emergency, and which are open still, with the override of each.
    pub overrides: Vec<(StudentId, EntryId)>,
    /// Who really asks, where somebody looks through this person's eyes: then what both may read is read, and nothing is
    /// written.
    pub behind: Option<Arc<Self>>,
}

/// A role that somebody holds at present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001"}))]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// The school at which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    /// The partner with which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
}

impl Principal {
    /// Who holds those roles, and works for no partner with an agreement.
    pub const fn new(staff: StaffId, roles: Vec<HeldRole>) -> Self {
        Self { staff, roles, agreements: vec![], overrides: vec![], behind: None }
    }

    /// Who really asks.
    pub fn asker(&self) -> &Self {
        self.behind.as_deref().unwrap_or(self)
    }

    /// Decides for this person and for who looks through their eyes: what one of them may not, neither may.
    pub(crate) fn both<T>(&self, decide: impl Fn(&Self) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(behind) = &self.behind {
            decide(behind)?;
        }
        decide(self)
    }

    /// The first of `roles` that is held at `school`.
    pub fn role_at(&self, school: SchoolId, roles: &[Role]) -> Option<Role> {
        let held = |role: &&Role| self.roles.iter().any(|held| held.role == **role && held.school == Some(school));
        roles.iter().find(held).copied()
    }

    /// The schools at which one of `roles` is held.
    pub fn schools(&self, roles: &[Role]) -> Vec<SchoolId> {
        self.roles.iter().filter(|held| roles.contains(&held.role)).filter_map(|held| held.school).collect()
    }

    /// The partners for which the person works.
    pub fn partners(&self) -> impl Iterator<Item = PartnerId> {
        self.roles.iter().filter(|held| held.role == Role::PartnerStaff).filter_map(|held| held.partner)
    }

    /// Whether the person holds `role`, anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }
}
