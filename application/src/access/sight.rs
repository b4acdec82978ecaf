//! Which entries somebody may read of a case that they may read.
use domain::{PartnerId, Role, StaffId, Visibility};

use super::{Ties, bases};
use crate::{Principal, view::Record};

/// What one person sees of one case.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Sight {
    reader: StaffId,
    roles: Vec<Role>,
    partners: Vec<PartnerId>,
}

impl Sight {
    /// What `principal` sees of a case with those `ties`.
    pub fn of(principal: &Principal, ties: &Ties) -> Self {
        let roles = bases(principal, ties).into_iter().map(|basis| basis.role).collect();
        Self { reader: principal.staff, roles, partners: principal.partners().collect() }
    }

    /// Whether an entry opens: `author` wrote it in `role`, for those who `visibility` names, about `partner`.
    pub(crate) fn opens(
        &self,
        visibility: Visibility,
        author: StaffId,
        role: Role,
        partner: Option<PartnerId>,
    ) -> bool {
        self.roles.iter().any(|&reader| match (reader, visibility) {
            (Role::PartnerStaff, _) => author == self.reader || partner.is_some_and(|p| self.partners.contains(&p)),
            (Role::Service, _) => false,
            (_, Visibility::Team) => true,
            (Role::MentalHealthManager, Visibility::MentalHealth) => true,
            (_, Visibility::MentalHealth) => false,
            (Role::SuccessMentor, Visibility::School) => author == self.reader,
            (_, Visibility::School) => true,
            (_, Visibility::AuthorAndSupervisor) => author == self.reader || supervises(reader, role),
        })
    }

    /// Whether what `record` says opens.
    pub fn shows(&self, record: &Record) -> bool {
        self.opens(record.visibility, record.author, record.author_role, record.content.partner())
    }

    /// Whether the reader belongs to a partner only, and so sees nothing of the case but what concerns the partner.
    pub fn is_partner_only(&self) -> bool {
        self.roles.iter().all(|&role| role == Role::PartnerStaff)
    }
}

/// The CSD supervises mentors and partner staff, the School Mental Health Manager mental-health staff.
pub(crate) fn supervises(reader: Role, author: Role) -> bool {
    match reader {
        Role::CommunitySchoolDirector => matches!(author, Role::SuccessMentor | Role::PartnerStaff),
        Role::MentalHealthManager => author == Role::MentalHealthManager,
        _ => false,
    }
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
    fn a_mentor_reads_what_is_for_the_team_not_what_is_for_the_school() {
        assert!(opens(Role::SuccessMentor, Visibility::Team, Role::Principal));
        assert!(!opens(Role::SuccessMentor, Visibility::School, Role::Principal));
    }
}
