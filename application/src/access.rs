//! Who may do what to whose data, and why: the one place where that is decided.
//!
//! What may be done to cases and entries the policies say, which the engine holds against the facts. The rules about
//! reference data and figures stand in code still: see `docs/architecture.md`.
use std::fmt;

use chrono::NaiveDate;
use domain::{
    AgreementId, ConsentId, Role, SchoolId, StaffId, StudentId, Visibility,
    case::{Case, Shared},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::{Error, HeldRole, Principal, view::Record};

mod engine;
mod explain;
mod figures;
pub mod indicators;
mod operation;
pub mod reference;
mod sharing;
mod sight;

pub use explain::{Explained, Grounds};
pub use figures::{FiguresSight, decide_activity, decide_figures};
pub use operation::{Operation, next_with, next_with_case};
pub use sharing::{Disclosure, shared};
pub use sight::Sight;
pub(crate) use sight::reads;

/// The roles that see every case of their school.
pub const SCHOOL_WIDE: &[Role] =
    &[Role::CommunitySchoolDirector, Role::Principal, Role::SchoolStaff, Role::MentalHealthManager];

/// What somebody wants to do to a student's case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, VariantArray, Serialize, Deserialize, ToSchema)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = CaseAct)]
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
    /// Open a case in an emergency.
    Override,
    /// Review who did.
    ReviewOverride,
}

impl Act {
    /// The acts that hang on how somebody is tied to the case: an emergency does not, nor its review.
    fn of_ties() -> impl Iterator<Item = Self> {
        Self::VARIANTS.iter().copied().filter(|act| !matches!(act, Self::Override | Self::ReviewOverride))
    }
}

/// How a student's case is tied to people and organisations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    /// The school that supports the student.
    pub school: Option<SchoolId>,
    /// Staff with an open mentor assignment.
    pub mentors: Vec<StaffId>,
    /// The student, where it is known whose case it is.
    pub student: Option<StudentId>,
    /// What the student's referrals let partners know today.
    pub shared: Vec<Shared>,
}

/// Why somebody may do what they do. Stored with every event written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The ground.
    pub ground: Ground,
    /// The role in which the person acts.
    pub role: Role,
    /// The agreement and the consent by which a partner knows of the student.
    pub sharing: Option<(AgreementId, Option<ConsentId>)>,
}

impl Basis {
    /// A ground that stands by itself.
    pub const fn of(ground: Ground, role: Role) -> Self {
        Self { ground, role, sharing: None }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ground = <&str>::from(self.ground);
        match self.sharing {
            None => f.write_str(ground),
            Some((agreement, None)) => write!(f, "{ground}(agreement {agreement})"),
            Some((agreement, Some(consent))) => write!(f, "{ground}(agreement {agreement}, consent {consent})"),
        }
    }
}

/// The grounds on which access is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, EnumString, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
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
    /// Opened the case in an emergency (34 CFR 99.36).
    Override,
    /// Reviews who did, for the district.
    PrivacyReview,
    /// Erases a student, as the privacy officer has asked and confirmed.
    Erasure,
}

impl Ties {
    /// The ties of a student's case on that day, as its state knows them.
    pub fn of(case: &Case, student: StudentId, today: NaiveDate) -> Self {
        Self {
            school: case.school(),
            mentors: case.mentors().collect(),
            student: Some(student),
            shared: case.shared(today).collect(),
        }
    }
}

/// Decides whether `principal` may do `act` to the case with those `ties`, and on which basis; `visibility` is that of
/// the entry to which it is done, or which it brings about.
///
/// Who may not read the case gets [`Error::NotFound`]; who may read it but not do this, [`Error::Forbidden`].
pub fn decide(principal: &Principal, act: Act, ties: &Ties, visibility: Visibility) -> Result<Basis, Error> {
    match may(principal, act, ties, visibility) {
        Some(basis) => Ok(basis),
        None if may(principal, Act::Read, ties, Visibility::default()).is_none() => Err(Error::NotFound),
        None if is_compartment(visibility) && act != Act::Read => Err(Error::Forbidden {
            reason: "only the School Mental Health Manager writes in the mental-health compartment",
        }),
        None => Err(Error::Forbidden { reason: refusal(act) }),
    }
}

/// Decides whether `principal` may know of the case with those `ties`, and on which basis.
pub fn decide_read(principal: &Principal, ties: &Ties) -> Result<Basis, Error> {
    decide(principal, Act::Read, ties, Visibility::default())
}

/// The acts that `principal` may do to a case with those `ties`, and to entries of that `visibility`.
pub fn allowed(principal: &Principal, ties: &Ties, visibility: Visibility) -> Vec<Act> {
    Act::VARIANTS.iter().copied().filter(|act| may(principal, *act, ties, visibility).is_some()).collect()
}

/// The operations that `principal` may carry out on some case, by the roles in force.
pub fn operations(principal: &Principal) -> Vec<Operation> {
    // As close to a case as the role can be.
    let yes = engine::Same::Yes;
    let tie = |role| engine::Tie { role, school: yes, mentors: true, partner: yes, overrides: false };
    let may = |role, act| [false, true].iter().any(|inside| engine::act(tie(role), act, *inside).is_some());
    let any = |operation: &&Operation| principal.roles.iter().any(|held| may(held.role, operation.act()));
    Operation::VARIANTS.iter().filter(any).copied().filter(|operation| operation.is_offered()).collect()
}

/// Decides whether `principal` may put `record` right: one's own, or anybody's for who leads the case.
pub fn decide_repair(principal: &Principal, record: &Record, ties: &Ties) -> Result<(), Error> {
    match Sight::of(principal, ties).repairs(record) {
        true => Ok(()),
        false => {
            Err(Error::Forbidden { reason: "only its author, or the Community School Director, puts an entry right" })
        }
    }
}

/// Everything that ties a person to a case.
pub(crate) fn bases(principal: &Principal, ties: &Ties) -> Vec<Basis> {
    let any = |tie| Act::of_ties().find_map(|act| engine::act(tie, act, false));
    granted(principal, ties, any).collect()
}

/// The first role in which `principal` may do `act`.
fn may(principal: &Principal, act: Act, ties: &Ties, visibility: Visibility) -> Option<Basis> {
    granted(principal, ties, |tie| engine::act(tie, act, is_compartment(visibility))).next()
}

/// The roles in which something is granted.
fn granted(
    principal: &Principal,
    ties: &Ties,
    ask: impl Fn(engine::Tie) -> Option<Ground>,
) -> impl Iterator<Item = Basis> {
    let basis = move |held: &HeldRole| {
        let ground = ask(tie(principal, held, ties))?;
        let sharing = matches!(ground, Ground::PartnerReferral).then(|| sharing::of(principal, held, ties)).flatten();
        Some(Basis { ground, role: held.role, sharing: sharing.map(|sharing| (sharing.agreement, sharing.consent)) })
    };
    principal.roles.iter().filter_map(basis)
}

/// How a role is tied to a case.
fn tie(principal: &Principal, held: &HeldRole, ties: &Ties) -> engine::Tie {
    let tie = engine::Tie {
        role: held.role,
        school: engine::Same::of(held.school, |school| ties.school == Some(school)),
        mentors: ties.mentors.contains(&principal.staff),
        partner: engine::Same::of(held.partner, |_| sharing::of(principal, held, ties).is_some()),
        overrides: false,
    };
    // An override counts for who could not read the case without it.
    let overrides = held.school.is_some()
        && ties.student.is_some_and(|student| principal.overrides.iter().any(|(of, _)| *of == student))
        && engine::act(tie, Act::Read, false).is_none();
    engine::Tie { overrides, ..tie }
}

fn is_compartment(visibility: Visibility) -> bool {
    visibility == Visibility::MentalHealth
}

fn refusal(act: Act) -> &'static str {
    match act {
        Act::Read => "your role does not read cases",
        Act::Lead => "only the Community School Director leads the case",
        Act::Refer => "only the Community School Director and the School Mental Health Manager refer to partners",
        Act::SetGoals => "only the school's staff set needs, strengths and goals",
        Act::LogSupport => "only those who support the student log contacts, sessions, follow-ups and notes",
        Act::ApprovePlan => "only the School Mental Health Manager approves and reviews plans",
        Act::Override => "only who works at a school opens a case in an emergency",
        Act::ReviewOverride => "only the privacy officer reviews overrides",
        Act::AnswerReferral => "only the partner, or the Community School Director for it, answers a referral",
    }
}

#[cfg(test)]
mod tests {
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
        for act in [Act::Lead, Act::SetGoals, Act::AnswerReferral, Act::ReviewOverride] {
            assert!(matches!(decide(&manager, act, &ties(), Visibility::Team), Err(Error::Forbidden { .. })));
        }
    }

    /// What is never done in the compartment.
    const OF_OVERRIDES: &[Act] = &[Act::Override, Act::ReviewOverride];

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
            students: Default::default(),
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
}
