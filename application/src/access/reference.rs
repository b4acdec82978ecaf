//! Who may read schools, students, staff and partners, and who keeps them by hand.
//!
//! A service brings in what the district's systems say. A school's Community School Director and principal keep what
//! is their school's: its calendar, its students, its staff and mentors. Nobody gives a role that opens more than one's
//! own: other roles are the district's to give.
use chrono::NaiveDate;
use domain::{PartnerId, Role, SchoolId, StaffId, case::DataCategory};

use super::{Basis, Ground, SCHOOL_WIDE, Sight, Ties, bases};
use crate::{Error, HeldRole, Principal, reference::StaffRole};

/// Roles that keep what is their school's.
const KEEPERS: &[Role] = &[Role::CommunitySchoolDirector, Role::Principal];

/// Roles that a school gives by itself.
const GIVEN_BY_SCHOOLS: &[Role] = &[Role::SuccessMentor, Role::SchoolStaff];

/// Roles held across schools.
const ACROSS_SCHOOLS: &[Role] = &[Role::ProgramManager, Role::PrivacyOfficer, Role::Service, Role::PartnerStaff];

/// What somebody wants to do about a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchoolAct {
    /// Know of it, its days and terms.
    Know,
    /// List its students.
    ListStudents,
    /// List its staff.
    ListStaff,
    /// Say what it is called, where its days are judged, on which of them it teaches.
    Keep,
}

/// What somebody wants to do about a student's or a colleague's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordAct {
    /// Read it.
    Read,
    /// Keep it.
    Keep,
}

/// How a student is tied to schools, people and organisations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudentTies {
    /// The schools that the student attends or will attend, and the one attended last.
    pub schools: Vec<SchoolId>,
    /// The ties of the case, where there is one.
    pub case: Option<Ties>,
}

impl StudentTies {
    /// Nobody's student yet: without any enrolment and case.
    fn unplaced(&self) -> bool {
        self.schools.is_empty() && self.case.is_none()
    }
}

/// The schools that `principal` may know of; nothing where it is all of them. A service that is held at a school is that
/// school's alone.
pub fn schools(principal: &Principal) -> Option<Vec<SchoolId>> {
    let across = |held: &HeldRole| ACROSS_SCHOOLS.contains(&held.role) && held.school.is_none();
    let across = principal.roles.iter().any(across);
    (!across).then(|| principal.roles.iter().filter_map(|held| held.school).collect())
}

/// Decides what somebody may do about a school.
pub fn decide_school(principal: &Principal, act: SchoolAct, school: SchoolId) -> Result<(), Error> {
    if schools(principal).is_some_and(|known| !known.contains(&school)) {
        return Err(Error::NotFound);
    }
    let here = |roles: &[Role]| principal.role_at(school, roles).is_some();
    let service = principal.is(Role::Service);
    let (may, reason) = match act {
        SchoolAct::Know => (true, ""),
        SchoolAct::ListStudents => {
            let may = service || here(SCHOOL_WIDE) || here(&[Role::SuccessMentor]);
            (may, "only who works at the school lists its students")
        }
        SchoolAct::ListStaff => {
            let district = [Role::ProgramManager, Role::PrivacyOfficer].into_iter().any(|role| principal.is(role));
            let may = service || district || principal.roles.iter().any(|held| held.school == Some(school));
            (may, "only who works at the school, or for the district, lists its staff")
        }
        SchoolAct::Keep => (
            service || here(KEEPERS),
            "only the school's director, its principal or a service keeps the school's records",
        ),
    };
    if may { Ok(()) } else { Err(Error::Forbidden { reason }) }
}

/// Decides what somebody may do about a student's record, and on which basis.
pub fn decide_student(principal: &Principal, act: RecordAct, ties: &StudentTies) -> Result<Basis, Error> {
    let attends = ties.schools.iter().map(|&school| Ties { school: Some(school), ..Ties::default() });
    let all = ties.case.iter().cloned().chain(attends).chain([Ties::default()]);
    let mut bases: Vec<_> = all.flat_map(|ties| bases(principal, &ties)).collect();
    // A partner knows who the student is where that is shared with it.
    let named = ties.case.as_ref().is_some_and(|ties| Sight::of(principal, ties).knows(DataCategory::Directory));
    bases.retain(|basis| named || basis.ground != Ground::PartnerReferral);
    if ties.unplaced() {
        let keepers = principal.roles.iter().filter(|held| KEEPERS.contains(&held.role));
        bases.extend(keepers.map(|held| Basis::of(Ground::SchoolOfficial, held.role)));
    }
    // Who is more than a partner's staff acts as that.
    bases.sort_by_key(|basis| basis.ground == Ground::PartnerReferral);
    let may = |basis: &&Basis| act == RecordAct::Read || basis.role == Role::Service || KEEPERS.contains(&basis.role);
    match bases.iter().find(may) {
        Some(basis) => Ok(*basis),
        None if bases.is_empty() => Err(Error::NotFound),
        None => {
            Err(Error::Forbidden { reason: "only the school's director, its principal or a service keeps students" })
        }
    }
}

/// Decides whether somebody may say that the student attends, or attended, `school`.
pub fn decide_enrolment(principal: &Principal, ties: &StudentTies, school: SchoolId) -> Result<(), Error> {
    decide_student(principal, RecordAct::Keep, ties)?;
    if serves(principal, [school]) || principal.role_at(school, KEEPERS).is_some() {
        return Ok(());
    }
    Err(Error::Forbidden { reason: "a school enrols its own students only" })
}

/// Decides what somebody may do about the record of `staff`, who holds, held or will hold `roles`.
pub fn decide_staff(
    principal: &Principal,
    act: RecordAct,
    (staff, roles): (StaffId, &[StaffRole]),
    today: NaiveDate,
) -> Result<(), Error> {
    if serves(principal, roles.iter().filter_map(|role| role.school)) {
        return Ok(());
    }
    let keeps = principal.roles.iter().any(|held| KEEPERS.contains(&held.role));
    let knows = staff == principal.staff
        || principal.is(Role::ProgramManager)
        || principal.is(Role::PrivacyOfficer)
        || (roles.is_empty() && keeps)
        || roles.iter().any(|role| shares(principal, role.school, role.partner));
    if !knows {
        return Err(Error::NotFound);
    }
    let open = |role: &&StaffRole| role.until.is_none_or(|until| until >= today);
    let own = |role: &StaffRole| gives(principal, role.role, role.school);
    match act {
        RecordAct::Read => Ok(()),
        RecordAct::Keep if keeps && roles.iter().filter(open).all(own) => Ok(()),
        RecordAct::Keep => Err(Error::Forbidden {
            reason: "a school's director or principal keeps the records of its own mentors and staff",
        }),
    }
}

/// Decides whether somebody may give `staff` a role at a school, or end it.
pub fn decide_role(
    principal: &Principal,
    staff: StaffId,
    (role, school): (Role, Option<SchoolId>),
) -> Result<(), Error> {
    if serves(principal, school) || (staff != principal.staff && gives(principal, role, school)) {
        return Ok(());
    }
    Err(Error::Forbidden {
        reason: "a school's director or principal makes others its mentors and staff; other roles come from the district",
    })
}

/// Decides what somebody may do about the confidentiality agreement of `staff`, who holds, held or will hold `roles`:
/// the privacy officer and the keepers of a school record what was signed on paper. One's own is signed, not recorded.
pub fn decide_agreement(
    principal: &Principal,
    act: RecordAct,
    (staff, roles): (StaffId, &[StaffRole]),
    today: NaiveDate,
) -> Result<(), Error> {
    decide_staff(principal, RecordAct::Read, (staff, roles), today)?;
    let own = staff == principal.staff;
    let open = |role: &&StaffRole| role.until.is_none_or(|until| until >= today);
    let mut schools = roles.iter().filter(open).filter_map(|role| role.school);
    let keeps =
        principal.is(Role::PrivacyOfficer) || schools.any(|school| principal.role_at(school, KEEPERS).is_some());
    match act {
        RecordAct::Read if own || keeps => Ok(()),
        RecordAct::Keep if keeps && !own => Ok(()),
        RecordAct::Keep if own => {
            Err(Error::Forbidden { reason: "your own you sign at /v1/me/confidentiality-agreement" })
        }
        _ => Err(Error::Forbidden {
            reason: "only the school's director, its principal and the privacy officer record confidentiality agreements",
        }),
    }
}

/// Decides whether somebody may keep partners.
pub fn decide_partner(principal: &Principal) -> Result<(), Error> {
    if principal.is(Role::Service) || principal.is(Role::CommunitySchoolDirector) {
        return Ok(());
    }
    Err(Error::Forbidden { reason: "only Community School Directors and services keep partners" })
}

/// Decides what somebody may do about the agreements with `partner`: the privacy officer keeps them, and whoever refers
/// students to partners, or works for this one, reads them.
pub fn decide_sharing(principal: &Principal, act: RecordAct, partner: PartnerId) -> Result<(), Error> {
    let reads = |held: &HeldRole| match held.role {
        Role::PrivacyOfficer | Role::ProgramManager | Role::Service => true,
        Role::PartnerStaff => held.partner == Some(partner),
        role => SCHOOL_WIDE.contains(&role),
    };
    match act {
        RecordAct::Keep if principal.is(Role::PrivacyOfficer) => Ok(()),
        RecordAct::Read if principal.roles.iter().any(reads) => Ok(()),
        RecordAct::Keep => {
            Err(Error::Forbidden { reason: "only the privacy officer keeps the agreements with partners" })
        }
        RecordAct::Read => Err(Error::Forbidden {
            reason: "only the partner's own staff, a school's staff and the district read its agreements",
        }),
    }
}

/// Whether the person is a service: of the district, or of one of these schools.
pub fn serves(principal: &Principal, schools: impl IntoIterator<Item = SchoolId>) -> bool {
    principal.is_across(Role::Service)
        || schools.into_iter().any(|school| principal.role_at(school, &[Role::Service]).is_some())
}

/// Whether the person gives that role, there.
fn gives(principal: &Principal, role: Role, school: Option<SchoolId>) -> bool {
    GIVEN_BY_SCHOOLS.contains(&role) && school.is_some_and(|school| principal.role_at(school, KEEPERS).is_some())
}

/// Whether the person works with whoever holds a role there: at the same school, for the same partner, or as a school
/// with the staff of partners.
fn shares(principal: &Principal, school: Option<SchoolId>, partner: Option<PartnerId>) -> bool {
    principal.roles.iter().any(|held| {
        (held.school.is_some() && held.school == school)
            || (partner.is_some() && (held.partner == partner || SCHOOL_WIDE.contains(&held.role)))
    })
}

#[cfg(test)]
mod tests;
