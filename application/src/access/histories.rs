//! Who asks for case histories that name nobody, who decides on it, and who gets them.
use domain::StaffId;

use super::{
    Basis,
    engine::{Deed, Thing},
    reference::{district, grounds},
};
use crate::{Error, Principal};

/// Decides whether somebody may ask for case histories, and see what was asked for.
///
/// # Errors
/// [`Error::Forbidden`] to everybody but program managers and the privacy officer.
pub fn decide_histories_request(principal: &Principal) -> Result<Basis, Error> {
    let reason = "only the district's program managers and the privacy officer ask for case histories";
    district(principal, Deed::RequestCaseHistories, reason)
}

/// Decides whether somebody may decide on a request for case histories, and take an agreement back.
///
/// # Errors
/// [`Error::Forbidden`] to everybody but the privacy officer.
pub fn decide_histories_decision(principal: &Principal) -> Result<Basis, Error> {
    district(principal, Deed::DecideCaseHistories, "only the privacy officer decides to whom case histories go")
}

/// Decides whether somebody may have the case histories for which `requested_by` has asked.
///
/// # Errors
/// [`Error::Forbidden`] to everybody but whoever asked for them, and the privacy officer.
pub fn decide_histories_export(principal: &Principal, requested_by: StaffId) -> Result<Basis, Error> {
    let reason = "only who has asked for case histories exports them, and the privacy officer";
    principal.both(|one| {
        let thing = |_: &_| Thing::HistoriesRequest { own: one.staff == requested_by };
        grounds(one, Deed::ExportCaseHistories, thing).next().ok_or(Error::Forbidden { reason })
    })
}

#[cfg(test)]
mod tests {
    use domain::Role;
    use uuid::Uuid;

    use super::*;
    use crate::HeldRole;

    fn person(number: u128, role: Role) -> Principal {
        Principal::new(Uuid::from_u128(number).into(), vec![HeldRole { role, school: None, partner: None }])
    }

    #[test]
    fn the_district_asks_the_officer_decides_and_who_asked_gets_them() {
        let (manager, other) = (person(1, Role::ProgramManager), person(2, Role::ProgramManager));
        let officer = person(3, Role::PrivacyOfficer);
        assert!(decide_histories_request(&manager).is_ok() && decide_histories_request(&officer).is_ok());
        assert!(decide_histories_decision(&manager).is_err() && decide_histories_decision(&officer).is_ok());
        for (who, may) in [(&manager, true), (&other, false), (&officer, true), (&person(1, Role::Service), false)] {
            assert_eq!(decide_histories_export(who, manager.staff).is_ok(), may, "{:?}", who.roles);
        }
    }
}
