//! Who may do what to whose data, and why: the one place where that is decided.
//!
//! The rules here are the seam, not yet the whole of the access table: see `docs/architecture.md`.
use domain::{PartnerId, Role, SchoolId, StaffId, case::Case};
use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

use crate::{Error, Principal};

mod figures;
mod operation;
pub mod reference;
mod sight;

pub use figures::{FiguresSight, decide_activity, decide_figures};
pub use operation::{Operation, next_with, next_with_case};
pub use sight::Sight;
pub(crate) use sight::supervises;

/// The roles that see every case of their school.
pub const SCHOOL_WIDE: &[Role] =
    &[Role::CommunitySchoolDirector, Role::Principal, Role::SchoolStaff, Role::MentalHealthManager];

/// What somebody wants to do to a student's case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray, Serialize, Deserialize)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Read the case and its views.
    Read,
    /// Open, close, move the case; plans, interventions, mentors.
    Lead,
    /// Refer to a partner, and keep the consents that this takes.
    Refer,
    /// Needs, strengths and goals.
    SetGoals,
    /// Contacts, sessions, progress, follow-ups, notes; and putting one's own right.
    LogSupport,
    /// Approve, return and review the support plan.
    ApprovePlan,
    /// Answer a referral: accept, reject, serve, report the outcome.
    AnswerReferral,
}

/// How a student's case is tied to people and organisations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    /// The school that supports the student.
    pub school: Option<SchoolId>,
    /// Staff with an open mentor assignment.
    pub mentors: Vec<StaffId>,
    /// Partners with a referral of the student that was sent and is not over.
    pub partners: Vec<PartnerId>,
}

/// Why somebody may do what they do. Stored with every event written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The ground.
    pub ground: Ground,
    /// The role in which the person acts.
    pub role: Role,
}

/// The grounds on which access is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Ground {
    /// Has an open assignment as the student's mentor.
    MentorOf,
    /// School official with a legitimate educational interest (34 CFR 99.31).
    SchoolOfficial,
    /// School Mental Health Manager of the student's school.
    MentalHealthManager,
    /// Works for a partner to which the student was referred.
    PartnerReferral,
    /// Brings in what the student information system tells.
    Import,
}

impl Ties {
    /// The ties of a case, as its state knows them.
    pub fn of(case: &Case) -> Self {
        Self { school: case.school(), mentors: case.mentors().collect(), partners: case.partners().collect() }
    }
}

/// Decides whether `principal` may do `act` to the case with those `ties`, and on which basis.
///
/// Who may not read the case gets [`Error::NotFound`]; who may read it but not do this, [`Error::Forbidden`].
pub fn decide(principal: &Principal, act: Act, ties: &Ties) -> Result<Basis, Error> {
    let bases = bases(principal, ties);
    match bases.iter().find(|basis| may(basis.role, act)) {
        Some(basis) => Ok(*basis),
        None if bases.iter().any(|basis| may(basis.role, Act::Read)) => Err(Error::Forbidden { reason: refusal(act) }),
        None => Err(Error::NotFound),
    }
}

/// The acts that `principal` may do to a case with those `ties`.
pub fn allowed(principal: &Principal, ties: &Ties) -> Vec<Act> {
    let bases = bases(principal, ties);
    let may = |act: &&Act| bases.iter().any(|basis| may(basis.role, **act));
    Act::VARIANTS.iter().filter(may).copied().collect()
}

/// The operations that `principal` may carry out on some case, by the roles in force.
pub fn operations(principal: &Principal) -> Vec<Operation> {
    let may = |operation: &&Operation| principal.roles.iter().any(|held| may(held.role, operation.act()));
    Operation::VARIANTS.iter().filter(may).copied().collect()
}

/// Decides whether `principal` may put right what `author` wrote: one's own, or anybody's for who leads the case.
pub fn decide_repair(principal: &Principal, author: StaffId, ties: &Ties) -> Result<(), Error> {
    let leads = bases(principal, ties).iter().any(|basis| may(basis.role, Act::Lead));
    match leads || author == principal.staff {
        true => Ok(()),
        false => {
            Err(Error::Forbidden { reason: "only its author, or the Community School Director, puts an entry right" })
        }
    }
}

/// Everything that ties a person to a case.
pub(crate) fn bases(principal: &Principal, ties: &Ties) -> Vec<Basis> {
    let tied = |role: Role, school: Option<SchoolId>, partner: Option<PartnerId>| {
        let at_school = ties.school.is_some() && school == ties.school;
        match role {
            Role::SuccessMentor if ties.mentors.contains(&principal.staff) => Some(Ground::MentorOf),
            Role::CommunitySchoolDirector | Role::Principal | Role::SchoolStaff if at_school => {
                Some(Ground::SchoolOfficial)
            }
            Role::MentalHealthManager if at_school => Some(Ground::MentalHealthManager),
            Role::PartnerStaff if partner.is_some_and(|p| ties.partners.contains(&p)) => Some(Ground::PartnerReferral),
            Role::Service if school.is_none() || at_school => Some(Ground::Import),
            _ => None,
        }
    };
    let held = principal.roles.iter();
    held.filter_map(|held| Some(Basis { ground: tied(held.role, held.school, held.partner)?, role: held.role }))
        .collect()
}

/// What each role may do to a case that it is tied to.
fn may(role: Role, act: Act) -> bool {
    match role {
        Role::CommunitySchoolDirector => act != Act::ApprovePlan,
        Role::MentalHealthManager => matches!(act, Act::Read | Act::Refer | Act::LogSupport | Act::ApprovePlan),
        Role::Principal | Role::SchoolStaff => matches!(act, Act::Read | Act::SetGoals | Act::LogSupport),
        Role::SuccessMentor => matches!(act, Act::Read | Act::LogSupport),
        Role::PartnerStaff => matches!(act, Act::Read | Act::AnswerReferral),
        Role::Service => act == Act::Lead,
        Role::ProgramManager | Role::PrivacyOfficer => false,
    }
}

fn refusal(act: Act) -> &'static str {
    match act {
        Act::Read => "your role does not read cases",
        Act::Lead => "only the Community School Director leads the case",
        Act::Refer => "only the Community School Director and the School Mental Health Manager refer to partners",
        Act::SetGoals => "only the school's staff set needs, strengths and goals",
        Act::LogSupport => "only those who support the student log contacts, sessions, follow-ups and notes",
        Act::ApprovePlan => "only the School Mental Health Manager approves and reviews plans",
        Act::AnswerReferral => "only the partner, or the Community School Director for it, answers a referral",
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::HeldRole;

    fn school(number: u128) -> SchoolId {
        Uuid::from_u128(number).into()
    }

    fn person(role: Role, school: Option<SchoolId>, partner: Option<PartnerId>) -> Principal {
        Principal { staff: Uuid::from_u128(1).into(), roles: vec![HeldRole { role, school, partner }] }
    }

    fn ties() -> Ties {
        Ties { school: Some(school(100)), mentors: vec![Uuid::from_u128(1).into()], partners: vec![] }
    }

    #[test]
    fn a_mentor_knows_of_mentees_only() {
        let mentor = person(Role::SuccessMentor, Some(school(100)), None);
        let basis = decide(&mentor, Act::LogSupport, &ties()).expect("a mentee");
        assert_eq!(basis, Basis { ground: Ground::MentorOf, role: Role::SuccessMentor });
        let stranger = Ties { mentors: vec![], ..ties() };
        assert!(matches!(decide(&mentor, Act::Read, &stranger), Err(Error::NotFound)));
    }

    #[test]
    fn who_sees_a_case_but_may_not_do_this_is_told_why() {
        let mentor = person(Role::SuccessMentor, Some(school(100)), None);
        assert!(matches!(decide(&mentor, Act::ApprovePlan, &ties()), Err(Error::Forbidden { .. })));
    }

    #[test]
    fn a_mental_health_manager_refers_and_approves_but_does_not_lead() {
        let manager = person(Role::MentalHealthManager, Some(school(100)), None);
        for act in [Act::Read, Act::Refer, Act::ApprovePlan, Act::LogSupport] {
            assert!(decide(&manager, act, &ties()).is_ok());
        }
        for act in [Act::Lead, Act::SetGoals, Act::AnswerReferral] {
            assert!(matches!(decide(&manager, act, &ties()), Err(Error::Forbidden { .. })));
        }
    }

    #[test]
    fn an_entry_is_put_right_by_its_author_or_by_who_leads() {
        let (own, other) = (Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        let mentor = person(Role::SuccessMentor, Some(school(100)), None);
        assert!(decide_repair(&mentor, own, &ties()).is_ok());
        assert!(matches!(decide_repair(&mentor, other, &ties()), Err(Error::Forbidden { .. })));
        let director = person(Role::CommunitySchoolDirector, Some(school(100)), None);
        assert!(decide_repair(&director, other, &ties()).is_ok());
    }

    #[test]
    fn a_director_of_another_school_knows_nothing() {
        let director = person(Role::CommunitySchoolDirector, Some(school(101)), None);
        assert!(matches!(decide(&director, Act::Read, &ties()), Err(Error::NotFound)));
    }

    #[test]
    fn the_district_reads_no_case() {
        for role in [Role::ProgramManager, Role::PrivacyOfficer] {
            assert!(matches!(decide(&person(role, None, None), Act::Read, &ties()), Err(Error::NotFound)));
        }
    }

    #[test]
    fn a_partner_sees_the_students_referred_to_it() {
        let partner: PartnerId = Uuid::from_u128(9).into();
        let worker = person(Role::PartnerStaff, None, Some(partner));
        assert!(matches!(decide(&worker, Act::Read, &ties()), Err(Error::NotFound)));
        let referred = Ties { partners: vec![partner], ..ties() };
        assert!(decide(&worker, Act::AnswerReferral, &referred).is_ok());
        assert!(matches!(decide(&worker, Act::LogSupport, &referred), Err(Error::Forbidden { .. })));
    }
}
