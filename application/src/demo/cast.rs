//! Who works at the demo's schools and partners.
use std::sync::Arc;

use domain::{
    PartnerId, Role, SchoolId, StaffId,
    case::{DataCategory, Purpose},
};

use super::chance::id;
use crate::{HeldRole, Principal, sharing::AgreementInForce};

/// A member of staff of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is described in the table of people")]
pub enum Who {
    MentorImani,
    MentorLuis,
    MentorDaniel,
    MentorGrace,
    Director,
    Principal,
    Teacher,
    Counselor,
    MentalHealthManager,
    Clinic,
    Tutors,
    FamilyServices,
    ProgramManager,
    PrivacyOfficer,
    HeronDirector,
    HeronMentor,
}

/// Where somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Alder,
    Heron,
    Both,
    With(&'static str),
    District,
}

/// A line of the table of people.
pub(super) struct Person {
    pub(super) who: Who,
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) role: Role,
    pub(super) place: Where,
}

/// The school whose year is told.
pub(super) const ALDER: &str = "Alder Street Community School";
/// Another, small one, so that it can be seen who sees what.
pub(super) const HERON: &str = "Heron Point Middle School";
/// A mental health clinic.
pub(super) const CLINIC: &str = "Bright Harbor Counseling Center";
/// Tutors after school.
pub(super) const TUTORS: &str = "Third Avenue Tutoring Collective";
/// Coats, food, housing, benefits.
pub(super) const FAMILY_SERVICES: &str = "Open Hands Family Services";

/// A line of the table of partners: what is agreed with it.
pub(super) struct PartnerLine {
    pub(super) name: &'static str,
    pub(super) signed_by: &'static str,
    pub(super) categories: &'static [DataCategory],
    pub(super) purposes: &'static [Purpose],
}

pub(super) const PARTNERS: &[PartnerLine] = {
    use DataCategory::*;
    &[
        PartnerLine {
            name: CLINIC,
            signed_by: "Dr. Miriam Adler",
            categories: &[Directory, Attendance, Behavior, Health, MentalHealth, SupportPlan],
            purposes: &[Purpose::MentalHealth, Purpose::FamilySupport],
        },
        PartnerLine {
            name: TUTORS,
            signed_by: "Joseph Okoro",
            categories: &[Directory, Attendance, Coursework, SupportPlan],
            purposes: &[Purpose::AcademicSupport, Purpose::Mentoring, Purpose::Enrichment, Purpose::BasicNeeds],
        },
        PartnerLine {
            name: FAMILY_SERVICES,
            signed_by: "Lucía Herrera",
            categories: &[Directory, Attendance],
            purposes: &[Purpose::BasicNeeds, Purpose::FamilySupport, Purpose::AcademicSupport, Purpose::MentalHealth],
        },
    ]
};

impl PartnerLine {
    pub(super) fn agreement(&self) -> AgreementInForce {
        AgreementInForce {
            id: id(&format!("agreement/{}", self.name)),
            partner: partner(self.name),
            categories: self.categories.iter().copied().collect(),
            purposes: self.purposes.iter().copied().collect(),
            schools: [school(ALDER), school(HERON)].into(),
            ..AgreementInForce::default()
        }
    }
}

const fn person(who: Who, given: &'static str, family: &'static str, role: Role, place: Where) -> Person {
    Person { who, given, family, role, place }
}

pub(super) const PEOPLE: &[Person] = &[
    person(Who::MentorImani, "Imani", "Brathwaite", Role::SuccessMentor, Where::Alder),
    person(Who::MentorLuis, "Luis", "Ferreira", Role::SuccessMentor, Where::Alder),
    person(Who::MentorDaniel, "Daniel", "Kessler", Role::SuccessMentor, Where::Alder),
    person(Who::MentorGrace, "Grace", "Oyelaran", Role::SuccessMentor, Where::Alder),
    person(Who::Director, "Marisol", "Quiñones", Role::CommunitySchoolDirector, Where::Alder),
    person(Who::Principal, "Anthony", "Whitfield", Role::Principal, Where::Alder),
    person(Who::Teacher, "Priya", "Raman", Role::SchoolStaff, Where::Alder),
    person(Who::Counselor, "Tomasz", "Zielinski", Role::SchoolStaff, Where::Alder),
    person(Who::MentalHealthManager, "Naomi", "Feldman", Role::MentalHealthManager, Where::Both),
    person(Who::Clinic, "Renée", "Baptiste", Role::PartnerStaff, Where::With(CLINIC)),
    person(Who::Tutors, "Kwame", "Mensah", Role::PartnerStaff, Where::With(TUTORS)),
    person(Who::FamilyServices, "Elena", "Petrova", Role::PartnerStaff, Where::With(FAMILY_SERVICES)),
    person(Who::ProgramManager, "Jordan", "Blackwell", Role::ProgramManager, Where::District),
    person(Who::PrivacyOfficer, "Mei-Ling", "Cho", Role::PrivacyOfficer, Where::District),
    person(Who::HeronDirector, "Samir", "Haddad", Role::CommunitySchoolDirector, Where::Heron),
    person(Who::HeronMentor, "Tasha", "Greene", Role::SuccessMentor, Where::Heron),
];

pub(super) fn school(name: &str) -> SchoolId {
    id(&format!("school/{name}"))
}

pub(super) fn partner(name: &str) -> PartnerId {
    id(&format!("partner/{name}"))
}

impl Person {
    pub(super) fn roles(&self) -> Vec<HeldRole> {
        let at = |name: &str| HeldRole { role: self.role, school: Some(school(name)), partner: None };
        match self.place {
            Where::Alder => vec![at(ALDER)],
            Where::Heron => vec![at(HERON)],
            Where::Both => vec![at(ALDER), at(HERON)],
            Where::With(name) => vec![HeldRole { role: self.role, school: None, partner: Some(partner(name)) }],
            Where::District => vec![HeldRole { role: self.role, school: None, partner: None }],
        }
    }

    /// The subject of this person's tokens.
    pub(super) fn subject(&self) -> String {
        format!("demo:{}.{}", self.given, self.family).to_lowercase().replace('ñ', "n").replace('é', "e")
    }

    /// As whom this person acts.
    pub(super) fn principal(&self) -> Arc<Principal> {
        let agreements = match self.place {
            Where::With(name) => PARTNERS.iter().filter(|line| line.name == name).map(PartnerLine::agreement).collect(),
            _ => vec![],
        };
        Arc::new(Principal { agreements, ..Principal::new(self.who.staff(), self.roles()) })
    }
}

impl Who {
    /// The member of staff.
    pub fn staff(self) -> StaffId {
        id(&format!("staff/{self:?}"))
    }

    pub(super) fn person(self) -> &'static Person {
        PEOPLE.iter().find(|person| person.who == self).expect("everybody stands in the table of people")
    }

    /// The name.
    pub fn name(self) -> String {
        let Person { given, family, .. } = self.person();
        format!("{given} {family}")
    }

    /// The role.
    pub fn role(self) -> Role {
        self.person().role
    }

    /// The subject of this person's tokens.
    pub fn subject(self) -> String {
        self.person().subject()
    }
}
