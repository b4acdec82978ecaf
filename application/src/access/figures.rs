//! Who may read what is counted: figures of a school, and what a member of staff did.
//!
//! A count tells of what it counts: who may not read an entry does not find it in a figure either.
use domain::{SchoolId, StaffId};
use strum::VariantArray;

use super::{
    Ground,
    engine::{self, Deed, Thing, Tie},
    reference::{SchoolAct, Whom, at, colleague, decide_school},
};
use crate::{
    Error, HeldRole, Principal,
    figures::{Compartment, Scope},
};

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
    let own = figures_alone(principal, school)?;
    let Some(behind) = &principal.behind else { return Ok(own) };
    let theirs = figures_alone(behind, school)?;
    let both = |compartment: &Compartment| theirs.compartments.contains(compartment);
    Ok(FiguresSight {
        compartments: own.compartments.into_iter().filter(both).collect(),
        small_numbers: own.small_numbers && theirs.small_numbers,
    })
}

fn figures_alone(principal: &Principal, school: SchoolId) -> Result<FiguresSight, Error> {
    let compartments = compartments_at(principal, Deed::ReadFigures, school);
    if !compartments.is_empty() {
        return Ok(FiguresSight { compartments, small_numbers: true });
    }
    let reason = "only who leads the school, or the district's program managers, read its figures";
    decide_school(principal, SchoolAct::Know, school)?;
    at(principal, Deed::ReadFigures, school).ok_or(Error::Forbidden { reason })?;
    Ok(FiguresSight { compartments: vec![Compartment::School], small_numbers: false })
}

/// Decides what somebody may know of what a colleague did, of whom they may know.
pub fn decide_activity(principal: &Principal, staff: StaffId) -> Result<Scope, Error> {
    let own = activity_alone(principal, staff)?;
    let Some(behind) = &principal.behind else { return Ok(own) };
    Ok(own.and(activity_alone(behind, staff)?))
}

fn activity_alone(principal: &Principal, staff: StaffId) -> Result<Scope, Error> {
    if colleague(principal, Deed::ReadActivity, &Whom::by_name(staff)).is_some() {
        let manager = principal.roles.iter().any(|held| Compartment::MentalHealth.opens_to(held.role));
        let own = |compartment: &&Compartment| manager || **compartment != Compartment::MentalHealth;
        return Ok(Scope::Anywhere(Compartment::VARIANTS.iter().filter(own).copied().collect()));
    }
    let mut schools: Vec<_> = principal.roles.iter().filter_map(|held| held.school).collect();
    schools.dedup();
    let places = schools.into_iter().flat_map(|school| {
        let compartments = compartments_at(principal, Deed::ReadStaffActivity, school);
        compartments.into_iter().map(move |compartment| (school, compartment))
    });
    let places: Vec<_> = places.collect();
    match places.is_empty() {
        true => Err(Error::Forbidden { reason: "only who leads the school sees what its staff did" }),
        false => Ok(Scope::At(places)),
    }
}

/// The compartments that open to somebody who reads that about `school`, other than as the district.
fn compartments_at(principal: &Principal, deed: Deed, school: SchoolId) -> Vec<Compartment> {
    let reads = |held: &&HeldRole| {
        let ground = engine::reference(Tie::apart(held), deed, Thing::School { here: held.school == Some(school) });
        ground.is_some_and(|ground| ground != Ground::DistrictAggregate)
    };
    let roles: Vec<_> = principal.roles.iter().filter(reads).map(|held| held.role).collect();
    let opens = |compartment: &&Compartment| roles.iter().any(|role| compartment.opens_to(*role));
    Compartment::VARIANTS.iter().filter(opens).copied().collect()
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

    fn here() -> SchoolId {
        Uuid::from_u128(100).into()
    }

    #[test]
    fn the_mental_health_compartment_is_counted_for_its_managers_only() {
        for role in &[Role::CommunitySchoolDirector, Role::Principal, Role::MentalHealthManager] {
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
