//! Who may read as somebody else sees it.
use std::sync::Arc;

use super::{
    engine::Deed,
    reference::{Whom, colleague},
};
use crate::{Error, Principal};

/// Decides whether `principal` may read as `other` sees it, and comes back with who then asks: what both may read, is
/// read.
///
/// Who may not know of them gets [`Error::NotFound`].
pub fn view_as(principal: &Arc<Principal>, other: Principal) -> Result<Principal, Error> {
    let whom = Whom::today(other.staff, &other.roles);
    colleague(principal, Deed::ReadStaff, &whom).ok_or(Error::NotFound)?;
    colleague(principal, Deed::ViewAs, &whom).ok_or(Error::Forbidden {
        reason: "the privacy officer and the district's program managers read as others see it, and Community School \
                 Directors as those who work at their school; nobody does as themselves",
    })?;
    Ok(Principal { behind: Some(principal.clone()), ..other })
}

#[cfg(test)]
mod tests {
    use domain::{Role, SchoolId, Visibility};
    use uuid::Uuid;

    use super::*;
    use crate::{
        HeldRole,
        access::{Act, Sight, Ties, allowed, decide, decide_activity, decide_figures, decide_read},
        figures::{Compartment, Scope},
        view::Kind,
    };

    fn school(number: u128) -> SchoolId {
        Uuid::from_u128(number).into()
    }

    fn person(number: u128, role: Role, at: Option<u128>) -> Principal {
        let held = HeldRole { role, school: at.map(school), partner: None };
        Principal::new(Uuid::from_u128(number).into(), vec![held])
    }

    fn as_mentor(who: Principal) -> Result<Principal, Error> {
        view_as(&Arc::new(who), person(2, Role::SuccessMentor, Some(100)))
    }

    fn director() -> Principal {
        person(1, Role::CommunitySchoolDirector, Some(100))
    }

    fn case(at: u128, mentor: u128) -> Ties {
        Ties::at(Uuid::from_u128(50).into(), school(at), [Uuid::from_u128(mentor).into()])
    }

    #[test]
    fn the_privacy_officer_the_districts_support_and_the_supervisor_read_as_others() {
        for (role, at) in [(Role::PrivacyOfficer, None), (Role::ProgramManager, None)] {
            assert!(as_mentor(person(1, role, at)).is_ok(), "{role}");
        }
        assert!(as_mentor(director()).is_ok());
        for role in [Role::Principal, Role::SchoolStaff, Role::MentalHealthManager, Role::SuccessMentor] {
            let refused = as_mentor(person(1, role, Some(100)));
            assert!(matches!(refused, Err(Error::Forbidden { .. })), "{role}");
        }
        let elsewhere = person(1, Role::CommunitySchoolDirector, Some(101));
        assert!(matches!(as_mentor(elsewhere), Err(Error::NotFound)));
        assert!(matches!(view_as(&Arc::new(director()), director()), Err(Error::Forbidden { .. })));
    }

    #[test]
    fn only_what_both_may_read_is_read_and_nothing_is_written() {
        let seen = as_mentor(director()).expect("the supervisor");
        assert!(decide_read(&seen, &case(100, 2)).is_ok());
        assert!(matches!(decide_read(&seen, &case(100, 3)), Err(Error::NotFound)), "not the mentor's");
        assert!(matches!(decide_read(&seen, &case(101, 2)), Err(Error::NotFound)), "not the director's");
        assert_eq!(allowed(&seen, &case(100, 2), Visibility::Team), [Act::Read]);
        let officer = as_mentor(person(1, Role::PrivacyOfficer, None)).expect("the officer");
        assert!(matches!(decide(&officer, Act::Read, &case(100, 2), Visibility::Team), Err(Error::NotFound)));
    }

    #[test]
    fn an_entry_opens_where_it_opens_to_both() {
        let sight = Sight::of(&as_mentor(director()).expect("the supervisor"), &case(100, 2));
        let opens = |visibility, author: u128, role| {
            sight.opens(visibility, Uuid::from_u128(author).into(), role, (Kind::Note, None))
        };
        assert!(opens(Visibility::Team, 3, Role::Principal));
        assert!(!opens(Visibility::School, 3, Role::Principal), "not the mentor's");
        assert!(opens(Visibility::AuthorAndSupervisor, 2, Role::SuccessMentor));
        assert!(!opens(Visibility::AuthorAndSupervisor, 1, Role::CommunitySchoolDirector), "the director's own");
    }

    #[test]
    fn figures_are_of_what_both_may_know() {
        let seen = as_mentor(director()).expect("the supervisor");
        assert!(matches!(decide_figures(&seen, school(100)), Err(Error::Forbidden { .. })));
        let activity = decide_activity(&seen, seen.staff).expect("the mentor's own");
        let places = vec![(school(100), Compartment::School), (school(100), Compartment::Mentors)];
        assert_eq!(activity, Scope::At(places));
        let support = Arc::new(person(1, Role::ProgramManager, None));
        let seen = view_as(&support, person(2, Role::Principal, Some(100))).expect("the district's support");
        let figures = decide_figures(&seen, school(100)).expect("figures");
        assert!(figures.compartments == [Compartment::School] && !figures.small_numbers);
    }
}
