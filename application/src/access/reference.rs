//! Who may read schools, students, staff and partners, and who keeps them by hand: the facts of such decisions, and what is
//! answered to who may not. The rules are policies: `schools.cedar`, `students.cedar`, `staff.cedar`, `district.cedar`.
use chrono::NaiveDate;
use domain::{PartnerId, Role, SchoolId, StaffId, case::DataCategory};

use super::{
    Basis, Ground, Reach, Sight, Ties,
    engine::{self, Colleague, Deed, Same, Thing, Tie},
    reach::reach,
    tie,
};
use crate::{Error, HeldRole, Principal, reference::StaffRole};

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

/// The schools that `principal` may know of; nothing where it is all of them.
pub fn schools(principal: &Principal) -> Option<Vec<SchoolId>> {
    reach(principal, Deed::KnowSchool, |_| true).among()
}

/// The schools all of whose students `principal` lists by working there; a service names the school.
pub fn lists_students(principal: &Principal) -> Reach {
    reach(principal, Deed::ListStudents, |ground| !matches!(ground, Ground::MentorOf | Ground::Import))
}

/// Decides what somebody may do about a school.
pub fn decide_school(principal: &Principal, act: SchoolAct, school: SchoolId) -> Result<Basis, Error> {
    let (deed, reason) = match act {
        SchoolAct::Know => (Deed::KnowSchool, "only who works at the school, or across schools, knows of it"),
        SchoolAct::ListStudents => (Deed::ListStudents, "only who works at the school lists its students"),
        SchoolAct::ListStaff => (Deed::ListStaff, "only who works at the school, or for the district, lists its staff"),
        SchoolAct::Keep => {
            (Deed::KeepSchool, "only the school's director, its principal or a service keeps the school's records")
        }
    };
    principal.both(|one| {
        at(one, Deed::KnowSchool, school).ok_or(Error::NotFound)?;
        at(one, deed, school).ok_or(Error::Forbidden { reason })
    })
}

/// Decides what somebody may do about a student's record, and on which basis.
pub fn decide_student(principal: &Principal, act: RecordAct, ties: &StudentTies) -> Result<Basis, Error> {
    principal.both(|one| {
        let reads = student(one, Deed::ReadStudent, ties).ok_or(Error::NotFound)?;
        match act {
            RecordAct::Read => Ok(reads),
            RecordAct::Keep => student(one, Deed::KeepStudent, ties).ok_or(Error::Forbidden {
                reason: "only the school's director, its principal or a service keeps students",
            }),
        }
    })
}

/// Decides whether somebody may say that the student attends, or attended, `school`.
pub fn decide_enrolment(principal: &Principal, ties: &StudentTies, school: SchoolId) -> Result<Basis, Error> {
    decide_student(principal, RecordAct::Keep, ties)?;
    at(principal, Deed::Enrol, school).ok_or(Error::Forbidden { reason: "a school enrols its own students only" })
}

/// Decides what somebody may do about the record of `staff`, who holds, held or will hold `roles`.
pub fn decide_staff(
    principal: &Principal,
    act: RecordAct,
    whom: (StaffId, &[StaffRole]),
    today: NaiveDate,
) -> Result<Basis, Error> {
    let whom = Whom::of(whom, today);
    principal.both(|one| {
        let reads = colleague(one, Deed::ReadStaff, &whom).ok_or(Error::NotFound)?;
        match act {
            RecordAct::Read => Ok(reads),
            RecordAct::Keep => colleague(one, Deed::KeepStaff, &whom).ok_or(Error::Forbidden {
                reason: "a school's director or principal keeps the records of its own mentors and staff",
            }),
        }
    })
}

/// Decides whether somebody may give `staff` a role at a school, or end it.
pub fn decide_role(
    principal: &Principal,
    staff: StaffId,
    (role, school): (Role, Option<SchoolId>),
) -> Result<Basis, Error> {
    gives(principal, staff, (role, school)).ok_or(Error::Forbidden {
        reason: "a school's director or principal makes others its mentors and staff; other roles come from the district",
    })
}

/// Decides what somebody may do about the confidentiality agreement of `staff`, who holds, held or will hold `roles`. One's
/// own is signed, not recorded.
pub fn decide_agreement(
    principal: &Principal,
    act: RecordAct,
    whom: (StaffId, &[StaffRole]),
    today: NaiveDate,
) -> Result<Basis, Error> {
    let (deed, reason) = match act {
        RecordAct::Keep if whom.0 == principal.staff => {
            (Deed::RecordConfidentiality, "your own you sign at /v1/me/confidentiality-agreement")
        }
        act => (
            if act == RecordAct::Keep { Deed::RecordConfidentiality } else { Deed::ReadConfidentiality },
            "only the school's director, its principal and the privacy officer record confidentiality agreements",
        ),
    };
    let whom = Whom::of(whom, today);
    principal.both(|one| {
        colleague(one, Deed::ReadStaff, &whom).ok_or(Error::NotFound)?;
        colleague(one, deed, &whom).ok_or(Error::Forbidden { reason })
    })
}

/// Decides whether somebody may keep partners.
pub fn decide_partner(principal: &Principal) -> Result<Basis, Error> {
    let keeps = grounds(principal, Deed::KeepPartner, |_| Thing::Partner { own: false }).next();
    keeps.ok_or(Error::Forbidden { reason: "only Community School Directors and services keep partners" })
}

/// Decides what somebody may do about the agreements with `partner`.
pub fn decide_sharing(principal: &Principal, act: RecordAct, partner: PartnerId) -> Result<Basis, Error> {
    let (deed, reason) = match act {
        RecordAct::Keep => (Deed::KeepSharing, "only the privacy officer keeps the agreements with partners"),
        RecordAct::Read => {
            (Deed::ReadSharing, "only the partner's own staff, a school's staff and the district read its agreements")
        }
    };
    principal.both(|one| {
        let with = |held: &HeldRole| Thing::Partner { own: held.partner == Some(partner) };
        grounds(one, deed, with).next().ok_or(Error::Forbidden { reason })
    })
}

/// Decides whether somebody may read who was shown what of students.
pub fn decide_register(principal: &Principal) -> Result<Basis, Error> {
    district(principal, Deed::ReadRegister, "only the privacy officer reads who was shown what")
}

/// Decides whether somebody may know of every family's request for amendment.
pub fn decide_amendments(principal: &Principal) -> Result<Basis, Error> {
    let reason = "only the privacy officer and a school's staff read requests for amendment";
    district(principal, Deed::ReadAmendments, reason)
}

/// Decides whether somebody may read what partners still hold of students.
pub fn decide_destructions(principal: &Principal) -> Result<Basis, Error> {
    district(principal, Deed::ReadDestructions, "only the privacy officer reads what partners hold of students")
}

/// Decides whether somebody may ask why `whom`, or everybody, may see the cases that `school` supports.
pub fn decide_explanation(
    principal: &Principal,
    school: Option<SchoolId>,
    whom: Option<StaffId>,
) -> Result<Basis, Error> {
    principal.both(|one| {
        let own = || colleague(one, Deed::ExplainOwnAccess, &Whom::by_name(whom?));
        let asks = school.and_then(|school| at(one, Deed::ExplainAccess, school)).or_else(own);
        asks.ok_or(Error::Forbidden { reason: "only who leads the school and the privacy officer ask about others" })
    })
}

/// Decides what is the whole district's.
pub(super) fn district(principal: &Principal, deed: Deed, reason: &'static str) -> Result<Basis, Error> {
    principal.both(|one| grounds(one, deed, |_| Thing::District).next().ok_or(Error::Forbidden { reason }))
}

/// On which ground somebody does that about `school`.
pub(super) fn at(principal: &Principal, deed: Deed, school: SchoolId) -> Option<Basis> {
    grounds(principal, deed, |held| Thing::School { here: held.school == Some(school) }).next()
}

/// On which ground somebody does that about a student; who is more than a partner's staff acts as that.
pub(super) fn student(principal: &Principal, deed: Deed, ties: &StudentTies) -> Option<Basis> {
    let none = Ties::default();
    let case = ties.case.as_ref().unwrap_or(&none);
    let schools = || ties.schools.iter().copied().chain(case.school);
    let knows = ties.case.is_some() && Sight::of(principal, case).knows(DataCategory::Directory);
    let basis = |held: &HeldRole| {
        let tied = tie(principal, held, case);
        let thing = Thing::Student {
            here: schools().any(|school| held.school == Some(school)),
            placed: schools().next().is_some(),
            mentors: tied.mentors,
            named: knows && tied.partner == Same::Yes,
        };
        Some(Basis::of(engine::reference(tied, deed, thing)?, held.role))
    };
    let all = || principal.roles.iter().filter_map(basis);
    all().find(|basis| basis.ground != Ground::PartnerReferral).or_else(|| all().next())
}

/// A colleague, with the roles that the colleague holds, held or will hold.
pub(super) struct Whom {
    staff: StaffId,
    /// Those that are not over.
    open: Vec<HeldRole>,
    over: Vec<HeldRole>,
}

impl Whom {
    fn of((staff, roles): (StaffId, &[StaffRole]), today: NaiveDate) -> Self {
        let is_open = |role: &&StaffRole| role.until.is_none_or(|until| until >= today);
        let (open, over): (Vec<_>, Vec<_>) = roles.iter().partition(is_open);
        let held = |role: &StaffRole| HeldRole { role: role.role, school: role.school, partner: role.partner };
        let held = |roles: Vec<&StaffRole>| roles.into_iter().map(held).collect();
        Self { staff, open: held(open), over: held(over) }
    }

    /// Of whom only the roles in force are known.
    pub fn today(staff: StaffId, roles: &[HeldRole]) -> Self {
        Self { staff, open: roles.to_vec(), over: vec![] }
    }

    /// Of whom nothing matters but who it is.
    pub fn by_name(staff: StaffId) -> Self {
        Self::today(staff, &[])
    }
}

/// On which ground somebody does that about a colleague.
pub(super) fn colleague(principal: &Principal, deed: Deed, whom: &Whom) -> Option<Basis> {
    let all = || whom.open.iter().chain(&whom.over);
    let given = whom.open.iter().all(|role| gives(principal, whom.staff, (role.role, role.school)).is_some());
    let thing = |held: &HeldRole| {
        let here = |role: &HeldRole| held.school.is_some() && role.school == held.school;
        Thing::Colleague(Colleague {
            own: whom.staff == principal.staff,
            worked_here: all().any(here),
            works_here: whom.open.iter().any(here),
            same_partner: all().any(|role| held.partner.is_some() && role.partner == held.partner),
            of_partners: all().any(|role| role.partner.is_some()),
            has_roles: all().next().is_some(),
            given,
        })
    };
    grounds(principal, deed, thing).next()
}

/// On which ground somebody gives `staff` that role, there.
fn gives(principal: &Principal, staff: StaffId, (role, school): (Role, Option<SchoolId>)) -> Option<Basis> {
    let thing = |held: &HeldRole| {
        let school = Same::of(school, |school| held.school == Some(school));
        Thing::Post { own: staff == principal.staff, role, school }
    };
    grounds(principal, Deed::GiveRole, thing).next()
}

/// The grounds on which somebody does that, role by role.
pub(super) fn grounds(
    principal: &Principal,
    deed: Deed,
    thing: impl Fn(&HeldRole) -> Thing,
) -> impl Iterator<Item = Basis> {
    principal.roles.iter().filter_map(move |held| {
        let ground = engine::reference(Tie::apart(held), deed, thing(held))?;
        Some(Basis::of(ground, held.role))
    })
}

#[cfg(test)]
mod tests;
