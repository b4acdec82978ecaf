//! What happens to cases, in the order of the log, for those who may know of it.
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{Role, StudentId};
use uuid::Uuid;

use crate::{
    Error, HeldRole, Principal,
    access::{self, Ties},
    answer::Reader,
    view::{Kind, Record},
};

/// Something that happened to a case, with what decides who may know of it: that stands as it is now, not as it was
/// then.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its place in the log.
    pub position: u64,
    /// The event.
    pub event: Uuid,
    /// Its type.
    pub event_type: String,
    /// Whose case.
    pub student: StudentId,
    /// The version of the case with it.
    pub version: u64,
    /// What it is about.
    pub about: Kind,
    /// When it happened in the world.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// How the case is tied to people: all but what is shared with partners.
    pub ties: Ties,
    /// The entry that it is about, where there is one.
    pub entry: Option<Record>,
}

/// A part of the log without a gap.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stretch {
    /// What happened to cases, by position.
    pub changes: Vec<Arc<Change>>,
    /// The position up to which that is everything.
    pub through: u64,
}

/// Follows the log.
#[async_trait]
pub trait FollowChanges: Send + Sync {
    /// The position up to which everything that happened so far can be read.
    async fn now(&self) -> Result<u64, Error>;

    /// What comes behind `position`, waiting until there is something. What decides who may know of it was read a
    /// moment ago at the most.
    async fn behind(&self, position: u64) -> Result<Stretch, Error>;
}

impl Change {
    /// Whether `reader`, who may read the case, may know of it.
    pub fn opens_to(&self, reader: &Reader) -> bool {
        self.entry.as_ref().map_or(!reader.is_partner_only(), |record| reader.opens(record))
    }
}

/// Whether there can be cases that `principal` may read, by the roles in force.
pub fn may_follow(principal: &Principal) -> bool {
    if !principal.behind.as_deref().is_none_or(may_follow) {
        return false;
    }
    let alone = Principal { behind: None, ..principal.clone() };
    let closest = |held: &HeldRole| Ties { school: held.school, mentors: vec![principal.staff], ..Ties::default() };
    let agreed = |held: &HeldRole| principal.agreements.iter().any(|agreement| Some(agreement.partner) == held.partner);
    principal.roles.iter().any(|held| match held.role {
        Role::PartnerStaff => agreed(held),
        _ => access::decide_read(&alone, &closest(held)).is_ok(),
    })
}

#[cfg(test)]
mod tests {
    use domain::{PartnerId, StaffId};

    use super::*;
    use crate::sharing::AgreementInForce;

    fn holder(role: Role, school: bool, partner: bool) -> Principal {
        let (school, partner) = (school.then(Uuid::nil).map(Into::into), partner.then(Uuid::nil).map(Into::into));
        Principal::new(StaffId::default(), vec![HeldRole { role, school, partner }])
    }

    #[test]
    fn those_follow_who_may_read_cases() {
        assert!(
            may_follow(&holder(Role::SuccessMentor, true, false)) && may_follow(&holder(Role::Principal, true, false))
        );
        let worker = holder(Role::PartnerStaff, false, true);
        let agreement = AgreementInForce { partner: PartnerId::default(), ..AgreementInForce::default() };
        assert!(!may_follow(&worker));
        assert!(may_follow(&Principal { agreements: vec![agreement], ..worker }));
        for role in [Role::ProgramManager, Role::PrivacyOfficer, Role::Service] {
            assert!(!may_follow(&holder(role, false, false)), "{role}");
        }
        assert!(!may_follow(&Principal::new(StaffId::default(), vec![])));
    }
}
