//! Who may read what is counted: figures of a school, and what a member of staff did.
//!
//! A count tells of what it counts: who may not read an entry does not find it in a figure either.
use domain::{Role, SchoolId, StaffId};
use strum::VariantArray;

use super::reference::{SchoolAct, decide_school};
use crate::{
    Error, Principal,
    figures::{Compartment, Scope},
};

/// Who leads a school, or the mental-health work there.
const LEADERS: &[Role] = &[Role::CommunitySchoolDirector, Role::Principal, Role::MentalHealthManager];

/// What somebody sees of a school's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiguresSight {
    /// Of these compartments.
    pub compartments: Vec<Compartment>,
    /// Whether small numbers are told: within the school, not across schools.
    pub small_numbers: bool,
}

/// Decides what somebody may know of a school's figures.
pub fn decide_figures(principal: &Principal, school: SchoolId) -> Result<FiguresSight, Error> {
    let compartments = compartments_at(principal, school);
    if !compartments.is_empty() {
        return Ok(FiguresSight { compartments, small_numbers: true });
    }
    if principal.is(Role::ProgramManager) {
        return Ok(FiguresSight { compartments: vec![Compartment::School], small_numbers: false });
    }
    decide_school(principal, SchoolAct::Know, school)?;
    Err(Error::Forbidden { reason: "only who leads the school, or the district's program managers, read its figures" })
}

/// Decides what somebody may know of what a colleague did, of whom they may know.
pub fn decide_activity(principal: &Principal, staff: StaffId) -> Result<Scope, Error> {
    if staff == principal.staff {
        let manager = principal.is(Role::MentalHealthManager);
        let own = |compartment: &&Compartment| manager || **compartment != Compartment::MentalHealth;
        return Ok(Scope::Anywhere(Compartment::VARIANTS.iter().filter(own).copied().collect()));
    }
    let places: Vec<_> = principal
        .schools(LEADERS)
        .into_iter()
        .flat_map(|school| compartments_at(principal, school).into_iter().map(move |compartment| (school, compartment)))
        .collect();
    match places.is_empty() {
        true => Err(Error::Forbidden { reason: "only who leads the school sees what its staff did" }),
        false => Ok(Scope::At(places)),
    }
}

/// The compartments that open to somebody who leads `school`.
fn compartments_at(principal: &Principal, school: SchoolId) -> Vec<Compartment> {
    let roles: Vec<Role> =
        LEADERS.iter().copied().filter(|role| principal.role_at(school, &[*role]).is_some()).collect();
    let opens = |compartment: &&Compartment| roles.iter().any(|role| compartment.opens_to(*role));
    Compartment::VARIANTS.iter().filter(opens).copied().collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::HeldRole;

    fn person(role: Role, school: Option<u128>) -> Principal {
        let school = school.map(|number| Uuid::from_u128(number).into());
        Principal::new(Uuid::from_u128(1).into(), vec![HeldRole { role, school, partner: None }])
    }

    fn here() -> SchoolId {
        Uuid::from_u128(100).into()
    }

    #[test]
    fn the_mental_health_compartment_is_counted_for_its_managers_only() {
        for role in LEADERS {
            let sight = decide_figures(&person(*role, Some(100)), here()).expect("a leader");
            let manager = *role == Role::MentalHealthManager;
            assert_eq!(sight.compartments.contains(&Compartment::MentalHealth), manager, "{role}");
            assert!(sight.small_numbers);
        }
    }

    #[test]
    fn the_district_reads_large_numbers_of_every_school() {
        let sight = decide_figures(&person(Role::ProgramManager, None), here()).expect("a program manager");
        assert_eq!(sight, FiguresSight { compartments: vec![Compartment::School], small_numbers: false });
    }

    #[test]
    fn who_leads_another_school_knows_nothing_and_who_works_here_is_told_why() {
        assert!(matches!(decide_figures(&person(Role::Principal, Some(101)), here()), Err(Error::NotFound)));
        let mentor = person(Role::SuccessMentor, Some(100));
        assert!(matches!(decide_figures(&mentor, here()), Err(Error::Forbidden { .. })));
    }

    #[test]
    fn one_sees_ones_own_activity_and_who_leads_a_school_that_of_its_staff() {
        let other = Uuid::from_u128(2).into();
        let mentor = person(Role::SuccessMentor, Some(100));
        let own = decide_activity(&mentor, mentor.staff).expect("one's own");
        assert!(matches!(own, Scope::Anywhere(all) if !all.contains(&Compartment::MentalHealth)));
        assert!(matches!(decide_activity(&mentor, other), Err(Error::Forbidden { .. })));
        let director = person(Role::CommunitySchoolDirector, Some(100));
        let places = vec![(here(), Compartment::School), (here(), Compartment::Mentors)];
        assert_eq!(decide_activity(&director, other).expect("a leader"), Scope::At(places));
    }
}
