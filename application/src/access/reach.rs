//! Where somebody may do something: what lists ask for, found from the same policies as each single decision.
use domain::SchoolId;

use super::{
    Act, Ground,
    engine::{self, Deed, Same, Thing, Tie},
    reference::decide_amendments,
};
use crate::{HeldRole, Principal};

/// At which schools.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// At all of them.
    pub everywhere: bool,
    /// At these.
    pub schools: Vec<SchoolId>,
}

impl Reach {
    /// Whether nowhere.
    pub fn is_nowhere(&self) -> bool {
        !self.everywhere && self.schools.is_empty()
    }

    /// The schools, or nothing where it is all of them.
    pub fn among(self) -> Option<Vec<SchoolId>> {
        (!self.everywhere).then_some(self.schools)
    }

    /// Only what `other` reaches as well.
    fn and(self, other: Self) -> Self {
        let both = |school: &SchoolId| {
            (self.everywhere || self.schools.contains(school)) && (other.everywhere || other.schools.contains(school))
        };
        let mut schools: Vec<_> = self.schools.iter().chain(&other.schools).copied().filter(both).collect();
        schools.dedup();
        Self { everywhere: self.everywhere && other.everywhere, schools }
    }
}

/// Where `principal` may do that on a ground that counts.
pub(super) fn reach(principal: &Principal, deed: Deed, counts: impl Fn(Ground) -> bool + Copy) -> Reach {
    let may =
        |held: &HeldRole, here| engine::reference(Tie::apart(held), deed, Thing::School { here }).is_some_and(counts);
    let own = Reach {
        everywhere: principal.roles.iter().any(|held| may(held, false)),
        schools: distinct(principal.roles.iter().filter(|held| may(held, true)).filter_map(|held| held.school)),
    };
    match &principal.behind {
        Some(behind) => own.and(reach(behind, deed, counts)),
        None => own,
    }
}

/// The schools at which `principal` may do `act` to every case.
pub fn schools_where(principal: &Principal, act: Act) -> Vec<SchoolId> {
    let closest = |role| Tie { role, school: Same::Yes, mentors: false, partner: Same::Missing, overrides: false };
    let may = |held: &&HeldRole| engine::act(closest(held.role), act, false).is_some();
    let schools = distinct(principal.roles.iter().filter(may).filter_map(|held| held.school));
    match &principal.behind {
        Some(behind) => {
            let theirs = schools_where(behind, act);
            schools.into_iter().filter(|school| theirs.contains(school)).collect()
        }
        None => schools,
    }
}

/// Whether `principal`, or who looks through their eyes, reads cases as the student's mentor, in a role held at `school`, or
/// anywhere where none is named.
pub fn has_mentees(principal: &Principal, school: Option<SchoolId>) -> bool {
    let mentor = |held: &HeldRole| {
        let tie = Tie { mentors: true, ..Tie::apart(held) };
        engine::act(tie, Act::Read, false).is_some()
    };
    let own = principal.roles.iter().any(|held| (school.is_none() || held.school == school) && mentor(held));
    own || principal.behind.as_ref().is_some_and(|behind| has_mentees(behind, school))
}

/// Where `principal` reads who opened cases in an emergency.
pub fn lists_overrides(principal: &Principal) -> Reach {
    reach(principal, Deed::ListOverrides, |_| true)
}

/// Where `principal` reads what families ask to be amended.
pub fn lists_amendments(principal: &Principal) -> Reach {
    let own = Principal { behind: None, ..principal.clone() };
    let reach = Reach { everywhere: decide_amendments(&own).is_ok(), schools: schools_where(&own, Act::Read) };
    match &principal.behind {
        Some(behind) => reach.and(lists_amendments(behind)),
        None => reach,
    }
}

fn distinct(schools: impl Iterator<Item = SchoolId>) -> Vec<SchoolId> {
    let mut distinct = vec![];
    for school in schools {
        if !distinct.contains(&school) {
            distinct.push(school);
        }
    }
    distinct
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::Role;
    use uuid::Uuid;

    use super::*;

    fn school(number: u128) -> SchoolId {
        Uuid::from_u128(number).into()
    }

    fn person(roles: &[(Role, Option<u128>)]) -> Principal {
        let held = |(role, at): &(Role, Option<u128>)| HeldRole { role: *role, school: at.map(school), partner: None };
        Principal::new(Uuid::from_u128(1).into(), roles.iter().map(held).collect())
    }

    #[test]
    fn lists_reach_as_far_as_single_decisions() {
        let director = person(&[(Role::CommunitySchoolDirector, Some(100)), (Role::SuccessMentor, Some(101))]);
        assert_eq!(schools_where(&director, Act::Read), [school(100)]);
        assert!(has_mentees(&director, Some(school(101))) && !has_mentees(&director, Some(school(100))));
        assert_eq!(lists_overrides(&director), Reach { everywhere: false, schools: vec![school(100)] });
        assert!(lists_overrides(&person(&[(Role::PrivacyOfficer, None)])).everywhere);
        assert!(lists_overrides(&person(&[(Role::ProgramManager, None)])).is_nowhere());
    }

    #[test]
    fn who_looks_through_anothers_eyes_reaches_what_both_reach() {
        let everywhere = Arc::new(person(&[(Role::PrivacyOfficer, None)]));
        let two = person(&[(Role::Principal, Some(100)), (Role::Principal, Some(101))]);
        let seen = Principal { behind: Some(everywhere), ..two.clone() };
        assert_eq!(lists_overrides(&seen).schools, [school(100), school(101)]);
        assert_eq!(schools_where(&seen, Act::Read), []);
        let director = Arc::new(person(&[(Role::CommunitySchoolDirector, Some(101))]));
        let seen = Principal { behind: Some(director), ..two };
        assert_eq!(schools_where(&seen, Act::Read), [school(101)]);
        assert_eq!(lists_amendments(&seen), Reach { everywhere: false, schools: vec![school(101)] });
    }
}
