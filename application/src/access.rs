//! Who may do what to whose data, and why: the one place where that is decided.
//!
//! Who may do what the policies say, `application/policies`, which the engine holds against the facts. What stands in code
//! is how the facts are found, and what is answered to who may not.
use std::fmt;

use chrono::NaiveDate;
use domain::{
    AgreementId, ConsentId, Role, SchoolId, StaffId, StudentId, Visibility,
    case::{Case, HandedOver, Shared},
};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::{Error, HeldRole, Principal, view::Record};

pub mod effects;
mod engine;
mod explain;
mod figures;
pub mod histories;
pub mod indicators;
mod operation;
mod reach;
pub mod reference;
mod sharing;
mod sight;
mod view_as;

pub use explain::{Explained, Grounds};
pub use figures::{FiguresSight, decide_activity, decide_figures};
pub use operation::{Operation, next_with, next_with_case};
pub use reach::{Reach, has_mentees, lists_amendments, lists_overrides, schools_where};
pub use sharing::{Disclosure, shared};
pub(crate) use sight::reads;
pub use sight::{Sight, shared_as};
pub use view_as::view_as;

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
    /// Decide what the next mentor reads of the notes of the one before.
    Supervise,
    /// Approve, return and review the support plan.
    ApprovePlan,
    /// Answer a referral: accept, reject, serve, report the outcome.
    AnswerReferral,
    /// Open a case in an emergency.
    Override,
    /// Review who did.
    ReviewOverride,
    /// Take and decide the family's requests for amendment.
    Amend,
    /// Write down what a hearing about one came to.
    Hear,
    /// Read the forms that the family has signed.
    ReadEvidence,
}

impl Act {
    /// The acts that hang on how somebody is tied to the case: an emergency does not, nor what the privacy officer does.
    fn of_ties() -> impl Iterator<Item = Self> {
        let apart = |act| matches!(act, Self::Override | Self::ReviewOverride | Self::Hear | Self::ReadEvidence);
        Self::VARIANTS.iter().copied().filter(move |act| !apart(*act))
    }
}

/// How a student's case is tied to people and organisations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    /// The school that supports the student.
    pub school: Option<SchoolId>,
    /// Staff with an open mentor assignment.
    pub mentors: Vec<StaffId>,
    /// Which of them may read whose notes that are for these and their supervisor.
    pub handed_over: Vec<HandedOver>,
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
    /// Looks after all schools, their staff and the agreements with partners, for the district.
    DistrictOffice,
    /// Reads what is counted at every school, without small numbers.
    DistrictAggregate,
    /// Works for a partner, about what is the partner's own.
    PartnerStaff,
    /// Reads what is kept of themselves.
    Oneself,
}

impl Ties {
    /// The ties of a student's case, without what is shared with partners, which hangs on the day.
    pub fn at(student: StudentId, school: SchoolId, mentors: impl IntoIterator<Item = StaffId>) -> Self {
        let mentors = mentors.into_iter().collect();
        Self { school: Some(school), mentors, student: Some(student), ..Self::default() }
    }

    /// The ties of a student's case on that day, as its state knows them.
    pub fn of(case: &Case, student: StudentId, today: NaiveDate) -> Self {
        Self {
            school: case.school(),
            mentors: case.mentors().collect(),
            handed_over: case.handed_over().collect(),
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
    principal.both(|one| decide_alone(one, act, ties, visibility))
}

fn decide_alone(principal: &Principal, act: Act, ties: &Ties, visibility: Visibility) -> Result<Basis, Error> {
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

/// The acts that `principal` may do to a case with those `ties`, and to entries of that `visibility`; reading alone for who
/// looks through somebody else's eyes.
pub fn allowed(principal: &Principal, ties: &Ties, visibility: Visibility) -> Vec<Act> {
    let by = |behind: &Principal, act| act == Act::Read && may(behind, act, ties, visibility).is_some();
    let both = |act: &Act| {
        may(principal, *act, ties, visibility).is_some() && principal.behind.as_ref().is_none_or(|one| by(one, *act))
    };
    Act::VARIANTS.iter().copied().filter(both).collect()
}

/// The operations that `principal` may carry out on some case, by the roles in force; none for who looks through
/// somebody else's eyes.
pub fn operations(principal: &Principal) -> Vec<Operation> {
    if principal.behind.is_some() {
        return vec![];
    }
    // As close to a case as the role can be.
    let yes = engine::Same::Yes;
    let tie = |role| engine::Tie { role, school: yes, mentors: true, partner: yes, overrides: false };
    let may = |role, act| [false, true].iter().any(|inside| engine::act(tie(role), act, *inside).is_some());
    let any = |operation: &&Operation| principal.roles.iter().any(|held| may(held.role, operation.act()));
    Operation::VARIANTS.iter().filter(any).copied().filter(|operation| operation.is_offered()).collect()
}

/// Decides whether `principal` may put `record` right: one's own, or anybody's for who leads the case.
pub fn decide_repair(principal: &Principal, record: &Record, ties: &Ties) -> Result<(), Error> {
    match principal.behind.is_none() && Sight::of(principal, ties).repairs(record) {
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
        Act::Supervise => "only the mentors' supervisor, the Community School Director, hands their notes over",
        Act::ApprovePlan => "only the School Mental Health Manager approves and reviews plans",
        Act::Override => "only who works at a school opens a case in an emergency",
        Act::ReviewOverride => "only the privacy officer reviews overrides",
        Act::Amend => "only the Community School Director takes and decides requests for amendment",
        Act::Hear => "only the privacy officer writes down what a hearing came to",
        Act::ReadEvidence => "only the school's staff and the privacy officer read what a family has signed",
        Act::AnswerReferral => "only the partner, or the Community School Director for it, answers a referral",
    }
}

#[cfg(test)]
mod tests;
