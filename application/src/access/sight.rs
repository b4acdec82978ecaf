//! Which entries somebody may read of a case that they may read, and put right.
use domain::{PartnerId, Role, StaffId, Visibility};

use super::{
    Ties, bases,
    engine::{self, About, EntryAct, Same, Tie},
    tie,
};
use crate::{Principal, view::Record};

/// What one person sees of one case.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Sight {
    reader: StaffId,
    roles: Vec<(Tie, Option<PartnerId>)>,
    is_partner_only: bool,
}

impl Sight {
    /// What `principal` sees of a case with those `ties`.
    pub fn of(principal: &Principal, ties: &Ties) -> Self {
        let roles = principal.roles.iter().map(|held| (tie(principal, held, ties), held.partner)).collect();
        let is_partner_only = bases(principal, ties).iter().all(|basis| basis.role == Role::PartnerStaff);
        Self { reader: principal.staff, roles, is_partner_only }
    }

    /// Whether an entry opens: `author` wrote it in `role`, for those who `visibility` names, about `partner`.
    pub(crate) fn opens(
        &self,
        visibility: Visibility,
        author: StaffId,
        role: Role,
        partner: Option<PartnerId>,
    ) -> bool {
        self.may(EntryAct::Read, visibility, (author, role), partner)
    }

    /// Whether what `record` says opens.
    pub fn shows(&self, record: &Record) -> bool {
        self.opens(record.visibility, record.author, record.author_role, record.content.partner())
    }

    /// Whether `record` is the reader's to put right.
    pub fn repairs(&self, record: &Record) -> bool {
        let author = (record.author, record.author_role);
        self.may(EntryAct::Repair, record.visibility, author, record.content.partner())
    }

    fn may(
        &self,
        act: EntryAct,
        visibility: Visibility,
        (author, author_role): (StaffId, Role),
        partner: Option<PartnerId>,
    ) -> bool {
        let own = author == self.reader;
        self.roles.iter().any(|&(tie, of_role)| {
            let partner = Same::of(partner, |partner| of_role == Some(partner));
            engine::entry(tie, act, About { visibility, own, author_role, partner })
        })
    }

    /// Whether the reader belongs to a partner only, and so sees nothing of the case but what concerns the partner.
    pub fn is_partner_only(&self) -> bool {
        self.is_partner_only
    }
}

/// Whether who reads every case of a school as `reader` reads what others wrote there in the role of `author`, for
/// those who `visibility` names.
pub(crate) fn reads(reader: Role, visibility: Visibility, author: Role) -> bool {
    let tie = Tie { role: reader, school: Same::Yes, mentors: false, partner: Same::Missing };
    let about = About { visibility, own: false, author_role: author, partner: Same::Missing };
    engine::entry(tie, EntryAct::Read, about)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::HeldRole;

    fn sight(role: Role) -> Sight {
        let school = Some(Uuid::from_u128(100).into());
        let staff = Uuid::from_u128(1).into();
        let principal = Principal { staff, roles: vec![HeldRole { role, school, partner: None }] };
        Sight::of(&principal, &Ties { school, mentors: vec![staff], partners: vec![] })
    }

    fn opens(role: Role, visibility: Visibility, author: Role) -> bool {
        sight(role).opens(visibility, Uuid::from_u128(2).into(), author, None)
    }

    #[test]
    fn mental_health_opens_to_its_managers_only() {
        assert!(opens(Role::MentalHealthManager, Visibility::MentalHealth, Role::MentalHealthManager));
        for role in [Role::CommunitySchoolDirector, Role::Principal, Role::SchoolStaff, Role::SuccessMentor] {
            assert!(!opens(role, Visibility::MentalHealth, Role::MentalHealthManager));
        }
    }

    #[test]
    fn what_is_for_author_and_supervisor_opens_to_these_two() {
        let by_mentor = |reader| opens(reader, Visibility::AuthorAndSupervisor, Role::SuccessMentor);
        assert!(by_mentor(Role::CommunitySchoolDirector));
        assert!(
            !by_mentor(Role::Principal) && !by_mentor(Role::MentalHealthManager) && !by_mentor(Role::SuccessMentor)
        );
        let own = sight(Role::SuccessMentor).opens(
            Visibility::AuthorAndSupervisor,
            Uuid::from_u128(1).into(),
            Role::SuccessMentor,
            None,
        );
        assert!(own);
    }

    #[test]
    fn an_entry_is_put_right_by_its_author_or_by_who_leads() {
        let repairs = |role, visibility, author: u128| {
            let author = (Uuid::from_u128(author).into(), Role::SuccessMentor);
            sight(role).may(EntryAct::Repair, visibility, author, None)
        };
        assert!(repairs(Role::SuccessMentor, Visibility::Team, 1));
        assert!(!repairs(Role::SuccessMentor, Visibility::Team, 2));
        assert!(repairs(Role::CommunitySchoolDirector, Visibility::Team, 2));
        assert!(!repairs(Role::CommunitySchoolDirector, Visibility::MentalHealth, 2));
        assert!(repairs(Role::MentalHealthManager, Visibility::MentalHealth, 2));
        assert!(!repairs(Role::MentalHealthManager, Visibility::Team, 2));
    }

    #[test]
    fn a_clinic_sees_what_was_sent_to_it() {
        let (clinic, other): (PartnerId, PartnerId) = (Uuid::from_u128(9).into(), Uuid::from_u128(8).into());
        let held = HeldRole { role: Role::PartnerStaff, school: None, partner: Some(clinic) };
        let worker = Principal { staff: Uuid::from_u128(1).into(), roles: vec![held] };
        let sight = Sight::of(&worker, &Ties { partners: vec![clinic, other], ..Ties::default() });
        let opens = |partner| {
            sight.opens(Visibility::MentalHealth, Uuid::from_u128(2).into(), Role::MentalHealthManager, partner)
        };
        assert!(opens(Some(clinic)));
        assert!(!opens(Some(other)) && !opens(None));
    }

    #[test]
    fn a_mentor_reads_what_is_for_the_team_not_what_is_for_the_school() {
        assert!(opens(Role::SuccessMentor, Visibility::Team, Role::Principal));
        assert!(!opens(Role::SuccessMentor, Visibility::School, Role::Principal));
    }
}
