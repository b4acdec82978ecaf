//! The schools of a made-up district, who works there, and who goes there.
use std::sync::Arc;

use domain::{
    AgreementId, PartnerId, Role, SchoolId, StaffId, StudentId,
    case::{DataCategory, Purpose},
};

use super::District;
use crate::{HeldRole, Principal, sharing::AgreementInForce};

/// How many students go to one school.
const STUDENTS: u64 = 500;
/// How many mentors a school has: each has some 15 mentees where one student in ten has a case.
const MENTORS: u64 = 4;
/// How many partners the district has.
const PARTNERS: u64 = 12;

const GIVEN: &[&str] = &["Ada", "Ben", "Cora", "Dario", "Elif", "Femi", "Gita", "Hugo", "Ines", "Jonah", "Kaya", "Luz"];
const FAMILY: &[&str] = &["Abara", "Bello", "Castro", "Dogan", "Eriksen", "Flores", "Greco", "Hoxha", "Ito", "Jansen"];

/// Who is where.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a>(pub &'a District);

/// A school with those who support its students.
#[derive(Debug, Clone)]
pub struct SimulatedSchool {
    /// The school.
    pub id: SchoolId,
    /// What it is called.
    pub name: String,
    /// The Community School Director.
    pub director: Arc<Principal>,
    /// The School Mental Health Manager.
    pub manager: Arc<Principal>,
    /// The Success Mentors.
    pub mentors: Vec<Arc<Principal>>,
}

/// A student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedStudent {
    /// The student.
    pub id: StudentId,
    /// The school that the student goes to.
    pub school: SchoolId,
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
}

impl Place<'_> {
    /// How many schools there are.
    pub fn schools(&self) -> u64 {
        self.0.students.div_ceil(STUDENTS)
    }

    /// A school by its number.
    pub fn school(&self, number: u64) -> SimulatedSchool {
        let id = self.school_id(number);
        let staff = |role: Role, n: u64| {
            let staff = StaffId::from(self.0.id(&format!("school/{number}/{role}/{n}")));
            Arc::new(Principal::new(staff, vec![HeldRole { role, school: Some(id), partner: None }]))
        };
        SimulatedSchool {
            id,
            name: format!("School {}", number + 1),
            director: staff(Role::CommunitySchoolDirector, 0),
            manager: staff(Role::MentalHealthManager, 0),
            mentors: (0..MENTORS).map(|n| staff(Role::SuccessMentor, n)).collect(),
        }
    }

    /// The number of the school that a student goes to.
    pub fn school_of(&self, student: u64) -> u64 {
        student / STUDENTS
    }

    /// A student by number.
    pub fn student(&self, number: u64) -> SimulatedStudent {
        let mut luck = self.0.luck(&format!("student/{number}/name"));
        SimulatedStudent {
            id: self.student_id(number),
            school: self.school_id(self.school_of(number)),
            given_name: luck.pick(GIVEN).to_owned(),
            family_name: luck.pick(FAMILY).to_owned(),
        }
    }

    pub(super) fn student_id(&self, number: u64) -> StudentId {
        StudentId::from(self.0.id(&format!("student/{number}")))
    }

    fn school_id(&self, number: u64) -> SchoolId {
        SchoolId::from(self.0.id(&format!("school/{number}")))
    }

    /// The partners.
    pub fn partners(&self) -> Vec<PartnerId> {
        (0..PARTNERS).map(|number| self.partner(number)).collect()
    }

    pub(super) fn partner(&self, number: u64) -> PartnerId {
        PartnerId::from(self.0.id(&format!("partner/{}", number % PARTNERS)))
    }

    /// Who answers for a partner.
    pub(super) fn partner_staff(&self, partner: PartnerId) -> Arc<Principal> {
        let staff = StaffId::from(self.0.id(&format!("partner/{partner}/staff")));
        let held = HeldRole { role: Role::PartnerStaff, school: None, partner: Some(partner) };
        let agreement = AgreementInForce {
            id: AgreementId::from(self.0.id(&format!("partner/{partner}/agreement"))),
            partner,
            categories: [DataCategory::Directory].into(),
            purposes: [Purpose::BasicNeeds].into(),
            schools: (0..self.schools()).map(|number| self.school_id(number)).collect(),
            ..AgreementInForce::default()
        };
        Arc::new(Principal { agreements: vec![agreement], ..Principal::new(staff, vec![held]) })
    }
}
