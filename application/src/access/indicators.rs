//! Who may read what indicators say: of one student, of a school's students, of a school as a whole; who writes policies.
use domain::SchoolId;

use super::{
    Basis, Ground,
    engine::Deed,
    reference::{RecordAct, SchoolAct, StudentTies, at, decide_school, decide_student, district, student},
};
use crate::{Error, Principal};

/// Whose early warnings somebody reads at a school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarningSight {
    /// Of all students of the school.
    School,
    /// Of one's own mentees there.
    Mentees,
}

/// Decides whether somebody may read a student's indicators: who works at the student's school, is the student's
/// mentor, or has opened the case in an emergency.
pub fn decide_indicators(principal: &Principal, ties: &StudentTies) -> Result<Basis, Error> {
    decide_student(principal, RecordAct::Read, ties)?;
    let reason = "only the student's school and mentor read attendance, conduct and grades";
    principal.both(|one| student(one, Deed::ReadIndicators, ties).ok_or(Error::Forbidden { reason }))
}

/// Decides whose early warnings somebody reads at a school: of mentees, where one of two who look together is a mentor.
pub fn decide_warnings(principal: &Principal, school: SchoolId) -> Result<WarningSight, Error> {
    decide_school(principal, SchoolAct::Know, school)?;
    let reason = "only who works at the school reads its early warnings";
    let of = |one: &Principal| at(one, Deed::ReadWarnings, school).ok_or(Error::Forbidden { reason });
    let mut all = vec![of(principal)?];
    all.extend(principal.behind.as_deref().map(of).transpose()?);
    let mentor = all.iter().any(|basis| basis.ground == Ground::MentorOf);
    Ok(if mentor { WarningSight::Mentees } else { WarningSight::School })
}

/// Decides whether somebody may read how many of a school's students are in which band, and whether small numbers are
/// told: within the school, not across schools.
pub fn decide_school_bands(principal: &Principal, school: SchoolId) -> Result<bool, Error> {
    decide_school(principal, SchoolAct::Know, school)?;
    let reason = "only who works at the school, or the district's program managers, read its bands";
    let of = |one: &Principal| at(one, Deed::ReadBands, school).ok_or(Error::Forbidden { reason });
    let mut all = vec![of(principal)?];
    all.extend(principal.behind.as_deref().map(of).transpose()?);
    Ok(all.iter().all(|basis| basis.ground != Ground::DistrictAggregate))
}

/// Decides whether somebody may write policies. Anybody on the staff may read them.
pub fn decide_policies(principal: &Principal) -> Result<Basis, Error> {
    let reason = "only the district's program managers and its privacy officer write policies";
    district(principal, Deed::WritePolicies, reason)
}

#[cfg(test)]
mod tests {
    use domain::Role;
    use uuid::Uuid;

    use super::*;
    use crate::{
        HeldRole,
        access::{SCHOOL_WIDE, Ties},
    };

    fn person(role: Role, school: Option<u128>) -> Principal {
        let school = school.map(|number| Uuid::from_u128(number).into());
        Principal::new(Uuid::from_u128(1).into(), vec![HeldRole { role, school, partner: None }])
    }

    fn here() -> SchoolId {
        Uuid::from_u128(100).into()
    }

    fn student(mentor: Option<u128>) -> StudentTies {
        let mentors = mentor.map(|number| Uuid::from_u128(number).into()).into_iter().collect();
        let case = Ties { school: Some(here()), mentors, ..Ties::default() };
        StudentTies { schools: vec![here()], case: Some(case) }
    }

    #[test]
    fn the_school_and_the_mentor_read_a_students_indicators_and_nobody_else_does() {
        for role in SCHOOL_WIDE {
            assert!(decide_indicators(&person(*role, Some(100)), &student(None)).is_ok(), "{role}");
            assert!(matches!(decide_indicators(&person(*role, Some(101)), &student(None)), Err(Error::NotFound)));
        }
        let mentor = person(Role::SuccessMentor, Some(100));
        assert!(decide_indicators(&mentor, &student(Some(1))).is_ok());
        assert!(matches!(decide_indicators(&mentor, &student(Some(2))), Err(Error::NotFound)));
        assert!(matches!(decide_indicators(&person(Role::ProgramManager, None), &student(None)), Err(Error::NotFound)));
        let service = decide_indicators(&person(Role::Service, None), &student(None));
        assert!(matches!(service, Err(Error::Forbidden { .. })));
    }

    #[test]
    fn who_opens_the_case_in_an_emergency_reads_them_too() {
        let elsewhere = person(Role::SchoolStaff, Some(101));
        let of = |id: u128| StudentTies {
            case: Some(Ties { student: Some(Uuid::from_u128(id).into()), school: Some(here()), ..Ties::default() }),
            ..student(None)
        };
        let overrides = vec![(Uuid::from_u128(7).into(), Uuid::from_u128(70).into())];
        let stranger = Principal { overrides, ..elsewhere };
        assert!(decide_indicators(&stranger, &of(7)).is_ok());
        assert!(matches!(decide_indicators(&stranger, &of(8)), Err(Error::NotFound)));
    }

    #[test]
    fn a_mentor_is_warned_of_mentees_and_the_district_of_nobody() {
        let warnings = |role, school| decide_warnings(&person(role, school), here());
        assert_eq!(warnings(Role::Principal, Some(100)).expect("a leader"), WarningSight::School);
        assert_eq!(warnings(Role::SuccessMentor, Some(100)).expect("a mentor"), WarningSight::Mentees);
        assert!(matches!(warnings(Role::Principal, Some(101)), Err(Error::NotFound)));
        assert!(matches!(warnings(Role::ProgramManager, None), Err(Error::Forbidden { .. })));
    }

    #[test]
    fn small_numbers_are_told_within_the_school_only() {
        let bands = |role, school| decide_school_bands(&person(role, school), here());
        assert!(bands(Role::SchoolStaff, Some(100)).expect("staff"));
        assert!(!bands(Role::ProgramManager, None).expect("the district"));
        assert!(matches!(bands(Role::SuccessMentor, Some(100)), Err(Error::Forbidden { .. })));
    }

    #[test]
    fn the_district_writes_policies() {
        assert!(decide_policies(&person(Role::PrivacyOfficer, None)).is_ok());
        assert!(matches!(decide_policies(&person(Role::Principal, Some(100))), Err(Error::Forbidden { .. })));
    }
}
