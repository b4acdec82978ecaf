use domain::case::{Purpose, Shared};
use uuid::Uuid;

use super::*;
use crate::{access::SCHOOL_WIDE, sharing::AgreementInForce};

fn school(number: u128) -> SchoolId {
    Uuid::from_u128(number).into()
}

fn person(role: Role, school: Option<SchoolId>) -> Principal {
    Principal::new(Uuid::from_u128(1).into(), vec![HeldRole { role, school, partner: None }])
}

fn director() -> Principal {
    person(Role::CommunitySchoolDirector, Some(school(100)))
}

fn role(role: Role, school: Option<SchoolId>) -> StaffRole {
    let (id, since, source) = (Uuid::nil(), NaiveDate::default(), "hand".to_owned());
    StaffRole { id, role, school, partner: None, since, until: None, source }
}

fn attends(number: u128) -> StudentTies {
    StudentTies { schools: vec![school(number)], case: None }
}

fn staff(principal: &Principal, act: RecordAct, roles: &[StaffRole]) -> Result<Basis, Error> {
    decide_staff(principal, act, (Uuid::from_u128(2).into(), roles), NaiveDate::default())
}

#[test]
fn a_school_is_known_to_who_works_there_and_across_schools() {
    let act = SchoolAct::Know;
    assert!(decide_school(&director(), act, school(100)).is_ok());
    assert!(matches!(decide_school(&director(), act, school(101)), Err(Error::NotFound)));
    for role in [Role::ProgramManager, Role::PrivacyOfficer, Role::Service, Role::PartnerStaff] {
        assert!(decide_school(&person(role, None), act, school(101)).is_ok());
    }
    assert!(matches!(
        decide_school(&Principal { roles: vec![], ..director() }, act, school(100)),
        Err(Error::NotFound)
    ));
}

#[test]
fn a_school_is_kept_by_its_director_its_principal_and_services() {
    for keeper in [director(), person(Role::Principal, Some(school(100))), person(Role::Service, None)] {
        assert!(decide_school(&keeper, SchoolAct::Keep, school(100)).is_ok());
    }
    for role in [Role::SchoolStaff, Role::MentalHealthManager, Role::SuccessMentor] {
        let refused = decide_school(&person(role, Some(school(100))), SchoolAct::Keep, school(100));
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{role}");
    }
}

#[test]
fn the_district_and_partners_list_no_students() {
    for role in [Role::ProgramManager, Role::PrivacyOfficer, Role::PartnerStaff] {
        let refused = decide_school(&person(role, None), SchoolAct::ListStudents, school(100));
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{role}");
        let refused = decide_student(&person(role, None), RecordAct::Read, &attends(100));
        assert!(matches!(refused, Err(Error::NotFound)), "{role}");
    }
}

#[test]
fn a_student_is_known_to_the_school_attended_and_to_nobody_elses() {
    for role in SCHOOL_WIDE {
        assert!(decide_student(&person(*role, Some(school(100))), RecordAct::Read, &attends(100)).is_ok());
        let elsewhere = decide_student(&person(*role, Some(school(101))), RecordAct::Read, &attends(100));
        assert!(matches!(elsewhere, Err(Error::NotFound)));
    }
}

#[test]
fn a_mentor_knows_mentees_only() {
    let mentor = person(Role::SuccessMentor, Some(school(100)));
    assert!(matches!(decide_student(&mentor, RecordAct::Read, &attends(100)), Err(Error::NotFound)));
    let case = Ties { school: Some(school(100)), mentors: vec![mentor.staff], ..Ties::default() };
    let ties = StudentTies { case: Some(case), ..attends(100) };
    assert_eq!(decide_student(&mentor, RecordAct::Read, &ties).expect("a mentee").ground, Ground::MentorOf);
    assert!(matches!(decide_student(&mentor, RecordAct::Keep, &ties), Err(Error::Forbidden { .. })));
}

#[test]
fn a_partner_knows_who_was_referred_to_it_where_names_are_shared() {
    let partner: PartnerId = Uuid::from_u128(9).into();
    let held = HeldRole { role: Role::PartnerStaff, school: None, partner: Some(partner) };
    let agreement = AgreementInForce {
        partner,
        categories: [DataCategory::Directory].into(),
        purposes: [Purpose::Mentoring].into(),
        schools: [school(100)].into(),
        ..AgreementInForce::default()
    };
    let worker = Principal { roles: vec![held], agreements: vec![agreement], ..director() };
    let shared = |categories: &[DataCategory]| {
        let (referral, categories) = (Default::default(), categories.iter().copied().collect());
        let shared = Shared { partner, referral, purpose: Purpose::Mentoring, categories, consent: None };
        let case = Ties { school: Some(school(100)), shared: vec![shared], ..Ties::default() };
        StudentTies { case: Some(case), ..attends(100) }
    };
    let ties = shared(&[DataCategory::Directory]);
    assert!(matches!(decide_student(&worker, RecordAct::Read, &shared(&[])), Err(Error::NotFound)));
    assert_eq!(decide_student(&worker, RecordAct::Read, &ties).expect("referred").ground, Ground::PartnerReferral);
    assert!(matches!(decide_student(&worker, RecordAct::Read, &attends(100)), Err(Error::NotFound)));
}

#[test]
fn a_student_of_no_school_yet_is_for_any_keeper_to_enrol_at_the_own_school() {
    let nobodys = StudentTies::default();
    assert!(decide_enrolment(&director(), &nobodys, school(100)).is_ok());
    assert!(matches!(decide_enrolment(&director(), &nobodys, school(101)), Err(Error::Forbidden { .. })));
    assert!(matches!(decide_enrolment(&director(), &attends(101), school(100)), Err(Error::NotFound)));
    let teacher = person(Role::SchoolStaff, Some(school(100)));
    assert!(matches!(decide_student(&teacher, RecordAct::Read, &nobodys), Err(Error::NotFound)));
    assert!(decide_enrolment(&person(Role::Service, None), &attends(101), school(100)).is_ok());
}

#[test]
fn a_service_of_one_school_is_that_schools_alone() {
    let (service, other) = (person(Role::Service, Some(school(100))), Uuid::from_u128(2).into());
    for act in [SchoolAct::Know, SchoolAct::ListStudents, SchoolAct::ListStaff, SchoolAct::Keep] {
        assert!(decide_school(&service, act, school(100)).is_ok());
        assert!(matches!(decide_school(&service, act, school(101)), Err(Error::NotFound)));
    }
    assert!(decide_enrolment(&service, &attends(100), school(100)).is_ok());
    assert!(matches!(decide_enrolment(&service, &attends(100), school(101)), Err(Error::Forbidden { .. })));
    assert!(decide_role(&service, other, (Role::Principal, Some(school(100)))).is_ok());
    for (role, school) in [(Role::Principal, Some(school(101))), (Role::PrivacyOfficer, None)] {
        assert!(matches!(decide_role(&service, other, (role, school)), Err(Error::Forbidden { .. })));
    }
}

#[test]
fn a_director_gives_no_role_elsewhere_none_that_opens_more_and_none_to_herself() {
    let (director, other) = (director(), Uuid::from_u128(2).into());
    for given in [Role::SuccessMentor, Role::SchoolStaff] {
        assert!(decide_role(&director, other, (given, Some(school(100)))).is_ok());
        assert!(decide_role(&director, other, (given, Some(school(101)))).is_err());
        assert!(decide_role(&director, director.staff, (given, Some(school(100)))).is_err());
    }
    for kept in [Role::CommunitySchoolDirector, Role::Principal, Role::MentalHealthManager, Role::PartnerStaff] {
        assert!(decide_role(&director, other, (kept, Some(school(100)))).is_err(), "{kept}");
    }
    for district in [Role::ProgramManager, Role::PrivacyOfficer, Role::Service] {
        assert!(decide_role(&director, other, (district, None)).is_err(), "{district}");
        assert!(decide_role(&person(Role::Service, None), other, (district, None)).is_ok());
    }
}

#[test]
fn a_colleague_is_known_and_kept_as_far_as_the_roles_are_ones_own_to_give() {
    use RecordAct::{Keep, Read};
    let mentor = [role(Role::SuccessMentor, Some(school(100)))];
    assert!(staff(&director(), Keep, &mentor).is_ok());
    assert!(staff(&person(Role::SchoolStaff, Some(school(100))), Read, &mentor).is_ok());
    assert!(matches!(
        staff(&person(Role::SchoolStaff, Some(school(100))), Keep, &mentor),
        Err(Error::Forbidden { .. })
    ));
    assert!(matches!(staff(&person(Role::Principal, Some(school(101))), Read, &mentor), Err(Error::NotFound)));
    let officer = [mentor[0].clone(), role(Role::PrivacyOfficer, None)];
    assert!(matches!(staff(&director(), Keep, &officer), Err(Error::Forbidden { .. })));
    assert!(staff(&director(), Keep, &[]).is_ok());
}

#[test]
fn partners_are_kept_by_directors_and_services() {
    assert!(decide_partner(&director()).is_ok() && decide_partner(&person(Role::Service, None)).is_ok());
    assert!(matches!(decide_partner(&person(Role::Principal, Some(school(100)))), Err(Error::Forbidden { .. })));
}

#[test]
fn agreements_are_recorded_by_keepers_of_the_school_and_the_privacy_officer_for_others() {
    use RecordAct::{Keep, Read};
    let agreement = |principal: &Principal, act, staff: u128, roles: &[StaffRole]| {
        decide_agreement(principal, act, (Uuid::from_u128(staff).into(), roles), NaiveDate::default())
    };
    let mentor = [role(Role::SuccessMentor, Some(school(100)))];
    let officer = person(Role::PrivacyOfficer, None);
    for recorder in [&director(), &person(Role::Principal, Some(school(100))), &officer] {
        assert!(agreement(recorder, Keep, 2, &mentor).is_ok());
        assert!(agreement(recorder, Read, 2, &mentor).is_ok());
        assert!(agreement(recorder, Read, 1, &mentor).is_ok());
        assert!(matches!(agreement(recorder, Keep, 1, &mentor), Err(Error::Forbidden { .. })), "one's own");
    }
    assert!(agreement(&officer, Keep, 2, &[role(Role::PrivacyOfficer, None)]).is_ok());
    let left = [StaffRole { until: NaiveDate::default().pred_opt(), ..mentor[0].clone() }];
    assert!(matches!(agreement(&director(), Keep, 2, &left), Err(Error::Forbidden { .. })));
    for colleague in [person(Role::SchoolStaff, Some(school(100))), person(Role::Service, None)] {
        for act in [Keep, Read] {
            assert!(matches!(agreement(&colleague, act, 2, &mentor), Err(Error::Forbidden { .. })));
        }
    }
    let elsewhere = person(Role::Principal, Some(school(101)));
    assert!(matches!(agreement(&elsewhere, Keep, 2, &mentor), Err(Error::NotFound)));
}
