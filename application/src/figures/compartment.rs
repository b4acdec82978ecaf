//! Who may know that something was counted: the same as may read it.
use domain::{Role, Visibility};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::access::reads;

/// Entries that open to the same people of a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, EnumString, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Compartment {
    /// Open to the staff of the school.
    School,
    /// Between mentors or partners' staff, and their supervisor.
    Mentors,
    /// Between mental-health staff and their supervisor.
    MentalHealthStaff,
    /// Of nobody's supervisor: its author's only.
    Author,
    /// The mental-health compartment.
    MentalHealth,
}

impl Compartment {
    /// Where an entry belongs.
    pub fn of(visibility: Visibility, author: Role) -> Self {
        match (visibility, author) {
            (Visibility::Team | Visibility::School, _) => Self::School,
            (Visibility::MentalHealth, _) => Self::MentalHealth,
            (Visibility::AuthorAndSupervisor, Role::SuccessMentor | Role::PartnerStaff) => Self::Mentors,
            (Visibility::AuthorAndSupervisor, Role::MentalHealthManager) => Self::MentalHealthStaff,
            (Visibility::AuthorAndSupervisor, _) => Self::Author,
        }
    }

    /// Whether it opens to who reads every case of the school as `reader`, apart from what they wrote themselves.
    pub fn opens_to(self, reader: Role) -> bool {
        match self {
            Self::School => reads(reader, Visibility::School, Role::SchoolStaff),
            Self::Mentors => reads(reader, Visibility::AuthorAndSupervisor, Role::SuccessMentor),
            Self::MentalHealthStaff => reads(reader, Visibility::AuthorAndSupervisor, Role::MentalHealthManager),
            Self::Author => reads(reader, Visibility::AuthorAndSupervisor, Role::SchoolStaff),
            Self::MentalHealth => reads(reader, Visibility::MentalHealth, Role::MentalHealthManager),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::SchoolId;
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;
    use crate::{
        HeldRole, Principal,
        access::{SCHOOL_WIDE, Sight, Ties},
        view::Kind,
    };

    #[test]
    fn what_is_counted_for_somebody_is_what_opens_to_them() {
        let school: Option<SchoolId> = Some(Uuid::from_u128(100).into());
        let ties = Ties { school, ..Ties::default() };
        let all = [Visibility::Team, Visibility::School, Visibility::AuthorAndSupervisor, Visibility::MentalHealth];
        for &role in SCHOOL_WIDE {
            let held = HeldRole { role, school, partner: None };
            let reader = Principal::new(Uuid::from_u128(1).into(), vec![held]);
            let sight = Sight::of(&reader, &ties);
            for (visibility, author) in all.into_iter().flat_map(|v| Role::iter().map(move |role| (v, role))) {
                let opens = sight.opens(visibility, Uuid::from_u128(2).into(), author, (Kind::Note, None));
                assert_eq!(
                    Compartment::of(visibility, author).opens_to(role),
                    opens,
                    "{role}: {visibility:?}, {author}"
                );
            }
        }
    }
}
