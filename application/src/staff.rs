//! Who works here, and as what: the records that all rights come from.
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{EntryId, PartnerId, SchoolId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Error, HeldRole, Personal, Principal, reference::ConfidentialityAgreement, sharing::AgreementInForce};

/// A member of staff, with the roles in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000011",
    "name": "Rosa Diaz",
    "roles": [{"role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001"}],
    "agreement": {"state": "unsigned"},
}))]
pub struct StaffMember {
    /// The member of staff.
    pub id: StaffId,
    /// The name, as people say it.
    pub name: Personal,
    /// The roles in force today.
    pub roles: Vec<HeldRole>,
    /// How it stands with the confidentiality agreement, without which no record opens.
    pub agreement: ConfidentialityAgreement,
    /// The agreements in force with the partners for whom the person works.
    #[serde(skip)]
    pub sharing: Vec<AgreementInForce>,
    /// The cases that the person has opened in an emergency, and which are open still, with the override of each.
    #[serde(skip)]
    pub overrides: Vec<(StudentId, EntryId)>,
}

impl StaffMember {
    /// Who asks, when this person asks.
    pub fn principal(&self) -> Principal {
        let (agreements, overrides) = (self.sharing.clone(), self.overrides.clone());
        Principal { agreements, overrides, ..Principal::new(self.id, self.roles.clone()) }
    }
}

/// About whom of the staff something is asked: all of these together.
#[derive(Debug, Clone, Default)]
pub struct StaffWanted {
    /// These.
    pub staff: Vec<StaffId>,
    /// Who held a role at this school.
    pub school: Option<SchoolId>,
    /// Who worked for one of these partners.
    pub partners: Vec<PartnerId>,
    /// Who has ever opened this student's case in an emergency.
    pub overridden: Option<StudentId>,
}

/// The port that looks up staff.
#[async_trait]
pub trait Staff: Send + Sync {
    /// The member of staff who goes by the subject of a token, with the roles in force; nobody if there is none.
    async fn by_subject(&self, subject: &str) -> Result<Option<StaffMember>, Error>;

    /// The member of staff with that record, with the roles in force; nobody if there is none.
    async fn by_id(&self, id: StaffId) -> Result<Option<StaffMember>, Error>;

    /// Who held which roles on `day`, of those whom `wanted` names.
    async fn on(&self, day: NaiveDate, wanted: &StaffWanted) -> Result<Vec<StaffMember>, Error>;
}
