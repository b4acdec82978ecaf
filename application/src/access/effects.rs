//! Who may read what changed after support began: the district's program managers, and who leads a school of its own.
use domain::SchoolId;

use super::{
    Basis,
    engine::Deed,
    reference::{SchoolAct, at, decide_school, district},
};
use crate::{Error, Principal};

/// Decides whether somebody may read effects across schools.
///
/// # Errors
/// [`Error::Forbidden`] to everybody but program managers.
pub fn decide_effects(principal: &Principal) -> Result<Basis, Error> {
    district(principal, Deed::ReadEffects, "only the district's program managers read effects across schools")
}

/// Decides whether somebody may read the effects at `school`. Program managers do not: what a school is left out of for its
/// small numbers could be worked out from its parts.
///
/// # Errors
/// [`Error::NotFound`] to who may not know of the school, [`Error::Forbidden`] to who does not lead it.
pub fn decide_school_effects(principal: &Principal, school: SchoolId) -> Result<Basis, Error> {
    decide_school(principal, SchoolAct::Know, school)?;
    let reason = "only who leads the school reads its effects";
    principal.both(|one| at(one, Deed::ReadSchoolEffects, school).ok_or(Error::Forbidden { reason }))
}

#[cfg(test)]
mod tests {
    use domain::Role;
    use uuid::Uuid;

    use super::*;
    use crate::HeldRole;

    fn person(role: Role, school: Option<u128>) -> Principal {
        let school = school.map(|number| Uuid::from_u128(number).into());
        Principal::new(Uuid::from_u128(1).into(), vec![HeldRole { role, school, partner: None }])
    }

    #[test]
    fn the_district_reads_across_schools_and_who_leads_a_school_there() {
        let here = Uuid::from_u128(100).into();
        assert!(decide_effects(&person(Role::ProgramManager, None)).is_ok());
        assert!(matches!(decide_effects(&person(Role::Principal, Some(100))), Err(Error::Forbidden { .. })));
        for role in [Role::CommunitySchoolDirector, Role::Principal, Role::MentalHealthManager] {
            assert!(decide_school_effects(&person(role, Some(100)), here).is_ok(), "{role}");
            let elsewhere = decide_school_effects(&person(role, Some(101)), here);
            assert!(matches!(elsewhere, Err(Error::NotFound)), "{role}");
        }
        let manager = decide_school_effects(&person(Role::ProgramManager, None), here);
        assert!(matches!(manager, Err(Error::Forbidden { .. })));
        let mentor = decide_school_effects(&person(Role::SuccessMentor, Some(100)), here);
        assert!(matches!(mentor, Err(Error::Forbidden { .. })));
    }
}
