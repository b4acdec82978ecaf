//! Who may do what to whose case.
use domain::{
    PartnerId,
    case::{DataCategory, Purpose},
};
use uuid::Uuid;

use super::*;
use crate::sharing::AgreementInForce;

fn school(number: u128) -> SchoolId {
    Uuid::from_u128(number).into()
}

fn person(role: Role, school: Option<SchoolId>, partner: Option<PartnerId>) -> Principal {
    Principal::new(Uuid::from_u128(1).into(), vec![HeldRole { role, school, partner }])
}

fn ties() -> Ties {
    Ties { school: Some(school(100)), mentors: vec![Uuid::from_u128(1).into()], ..Ties::default() }
}

#[test]
fn a_mentor_knows_of_mentees_only() {
    let mentor = person(Role::SuccessMentor, Some(school(100)), None);
    let basis = decide(&mentor, Act::LogSupport, &ties(), Visibility::Team).expect("a mentee");
    assert_eq!(basis, Basis::of(Ground::MentorOf, Role::SuccessMentor));
    let stranger = Ties { mentors: vec![], ..ties() };
    assert!(matches!(decide(&mentor, Act::Read, &stranger, Visibility::Team), Err(Error::NotFound)));
}

#[test]
fn who_sees_a_case_but_may_not_do_this_is_told_why() {
    let mentor = person(Role::SuccessMentor, Some(school(100)), None);
    assert!(matches!(decide(&mentor, Act::ApprovePlan, &ties(), Visibility::Team), Err(Error::Forbidden { .. })));
}

#[test]
fn a_mental_health_manager_refers_and_approves_but_does_not_lead() {
    let manager = person(Role::MentalHealthManager, Some(school(100)), None);
    for act in [Act::Read, Act::Refer, Act::ApprovePlan, Act::LogSupport] {
        assert!(decide(&manager, act, &ties(), Visibility::Team).is_ok());
    }
    for act in [Act::Lead, Act::SetGoals, Act::Supervise, Act::AnswerReferral, Act::ReviewOverride] {
        assert!(matches!(decide(&manager, act, &ties(), Visibility::Team), Err(Error::Forbidden { .. })));
    }
}

/// What hangs on no compartment: emergencies, and what the privacy officer writes down.
const OF_OVERRIDES: &[Act] = &[Act::Override, Act::ReviewOverride, Act::Hear];

#[test]
fn who_opened_a_case_in_an_emergency_reads_what_is_for_the_school_and_writes_nothing() {
    let student = Uuid::from_u128(50).into();
    let stranger = person(Role::SchoolStaff, Some(school(101)), None);
    let ties = Ties { student: Some(student), ..ties() };
    assert!(decide(&stranger, Act::Override, &ties, Visibility::School).is_ok());
    assert!(matches!(decide_read(&stranger, &ties), Err(Error::NotFound)));
    let opened = Principal { overrides: vec![(student, Uuid::from_u128(95).into())], ..stranger };
    assert_eq!(decide_read(&opened, &ties).expect("an override").ground, Ground::Override);
    assert!(matches!(decide(&opened, Act::LogSupport, &ties, Visibility::Team), Err(Error::Forbidden { .. })));
    let sight = Sight::of(&opened, &ties);
    let note = |visibility| {
        sight.opens(visibility, Uuid::from_u128(2).into(), Role::Principal, (crate::view::Kind::Note, None))
    };
    assert!(note(Visibility::Team) && note(Visibility::School));
    assert!(!note(Visibility::MentalHealth) && !note(Visibility::AuthorAndSupervisor));
    for role in [Role::ProgramManager, Role::PrivacyOfficer, Role::PartnerStaff, Role::Service] {
        let district = person(role, None, None);
        assert!(decide(&district, Act::Override, &ties, Visibility::School).is_err(), "{role}");
    }
}

#[test]
fn the_compartment_is_its_managers_own() {
    let manager = person(Role::MentalHealthManager, Some(school(100)), None);
    for act in Act::VARIANTS.iter().filter(|act| !OF_OVERRIDES.contains(act)) {
        assert!(decide(&manager, *act, &ties(), Visibility::MentalHealth).is_ok(), "{act:?}");
    }
    for role in [Role::CommunitySchoolDirector, Role::Principal, Role::SchoolStaff, Role::SuccessMentor] {
        let other = person(role, Some(school(100)), None);
        for act in Act::VARIANTS.iter().filter(|act| **act != Act::Read && !OF_OVERRIDES.contains(act)) {
            let decided = decide(&other, *act, &ties(), Visibility::MentalHealth);
            assert!(matches!(decided, Err(Error::Forbidden { .. })), "{role} {act:?}");
        }
    }
}

#[test]
fn a_director_of_another_school_knows_nothing() {
    let director = person(Role::CommunitySchoolDirector, Some(school(101)), None);
    assert!(matches!(decide(&director, Act::Read, &ties(), Visibility::Team), Err(Error::NotFound)));
}

#[test]
fn the_district_reads_no_case() {
    for role in [Role::ProgramManager, Role::PrivacyOfficer] {
        assert!(matches!(
            decide(&person(role, None, None), Act::Read, &ties(), Visibility::Team),
            Err(Error::NotFound)
        ));
    }
}

#[test]
fn a_partner_sees_the_students_referred_to_it_while_an_agreement_is_in_force() {
    let partner: PartnerId = Uuid::from_u128(9).into();
    let worker = person(Role::PartnerStaff, None, Some(partner));
    let agreed = Principal { agreements: vec![agreement(partner)], ..worker.clone() };
    let referred = Ties { shared: vec![referral(partner)], ..ties() };
    for (who, ties) in [(&worker, &referred), (&agreed, &ties())] {
        assert!(matches!(decide(who, Act::Read, ties, Visibility::Team), Err(Error::NotFound)));
    }
    let basis = decide(&agreed, Act::AnswerReferral, &referred, Visibility::Team).expect("a referral");
    assert_eq!(basis.sharing, Some((Uuid::from_u128(7).into(), Some(Uuid::from_u128(8).into()))));
    assert!(matches!(decide(&agreed, Act::LogSupport, &referred, Visibility::Team), Err(Error::Forbidden { .. })));
}

#[test]
fn an_agreement_counts_for_its_purposes_and_its_schools_or_students() {
    let partner: PartnerId = Uuid::from_u128(9).into();
    let worker = person(Role::PartnerStaff, None, Some(partner));
    let student = Some(Uuid::from_u128(50).into());
    let referred = Ties { student, shared: vec![referral(partner)], ..ties() };
    let reads = |agreement| {
        let worker = Principal { agreements: vec![agreement], ..worker.clone() };
        decide_read(&worker, &referred).is_ok()
    };
    let agreement = || agreement(partner);
    assert!(reads(agreement()));
    assert!(!reads(AgreementInForce { purposes: [Purpose::MentalHealth].into(), ..agreement() }));
    let elsewhere = AgreementInForce { schools: [school(101)].into(), ..agreement() };
    assert!(!reads(elsewhere.clone()));
    assert!(reads(AgreementInForce { students: student.into_iter().collect(), ..elsewhere }));
}

fn agreement(partner: PartnerId) -> AgreementInForce {
    AgreementInForce {
        id: Uuid::from_u128(7).into(),
        partner,
        categories: [DataCategory::Directory].into(),
        purposes: [Purpose::Mentoring].into(),
        schools: [school(100)].into(),
        ..AgreementInForce::default()
    }
}

fn referral(partner: PartnerId) -> Shared {
    Shared {
        partner,
        referral: Uuid::from_u128(6).into(),
        purpose: Purpose::Mentoring,
        categories: [DataCategory::Directory].into(),
        consent: Some(Uuid::from_u128(8).into()),
    }
}
