//! Why somebody may, in words that were not written for machines.
use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::{AgreementId, ConsentId, EntryId, PartnerId, Role, SchoolId, StaffId, case::DataCategory};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Act, Ground, Ties, engine, sharing, tie};
use crate::{HeldRole, Personal, Principal, StaffMember};

/// What one role opens of a student's case, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Grounds {
    /// The role.
    pub role: Role,
    /// The school at which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<SchoolId>,
    /// The partner with which it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub partner: Option<PartnerId>,
    /// The ground, as it is stored with what is written on it; nothing where the role opens nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub ground: Option<Ground>,
    /// The policies that say so, by their names.
    pub policies: BTreeSet<String>,
    /// What may be done outside of the mental-health compartment.
    pub acts: Vec<Act>,
    /// What may be done inside of it.
    pub acts_in_compartment: Vec<Act>,
    /// The agreement that lets a partner know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub agreement: Option<AgreementId>,
    /// The family's consent that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub consent: Option<ConsentId>,
    /// The override by which the case was open to the person at some time of that day, where it was in an emergency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub access_override: Option<EntryId>,
    /// The kinds of data that are shared with the partner.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<DataCategory>,
    /// What is missing, where the role opens nothing here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub missing: Option<String>,
}

/// Whether somebody may see a student's case on a day, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "staff": "0192a000-0000-7000-8000-000000000011", "name": "Rosa Diaz", "on": "2026-03-02", "may_read": true,
    "agreement_in_force": true, "roles": [{
        "role": "success_mentor", "school": "0192a000-0000-7000-8000-000000000001", "ground": "mentor_of",
        "policies": ["mentors support their mentees"], "acts": ["read", "log_support"], "acts_in_compartment": ["read"]
    }]
}))]
pub struct Explained {
    /// The person.
    pub staff: StaffId,
    /// The name.
    pub name: Personal,
    /// The day.
    pub on: NaiveDate,
    /// Whether the case opens to the person that day.
    pub may_read: bool,
    /// Whether the person's confidentiality agreement is in force that day: without it nothing opens.
    pub agreement_in_force: bool,
    /// Every role that the person holds that day, and what it opens.
    pub roles: Vec<Grounds>,
}

impl Explained {
    /// What `person`, with the roles and agreements of that day, could see of a case with the ties of that day.
    pub fn of(person: &StaffMember, ties: &Ties, on: NaiveDate) -> Self {
        let (principal, agreement_in_force) = (person.principal(), !person.agreement.is_missing());
        let roles: Vec<_> = principal.roles.iter().map(|held| grounds(&principal, held, ties)).collect();
        let may_read = agreement_in_force && roles.iter().any(|role| role.acts.contains(&Act::Read));
        Self { staff: person.id, name: person.name.clone(), on, may_read, agreement_in_force, roles }
    }
}

fn grounds(principal: &Principal, held: &HeldRole, ties: &Ties) -> Grounds {
    let tie = tie(principal, held, ties);
    let acts = |inside| Act::of_ties().filter(move |act| engine::act(tie, *act, inside).is_some());
    let policies = [false, true]
        .into_iter()
        .flat_map(|inside| Act::of_ties().flat_map(move |act| engine::policies(tie, act, inside)));
    let sharing = sharing::of(principal, held, ties);
    Grounds {
        role: held.role,
        school: held.school,
        partner: held.partner,
        ground: Act::of_ties().find_map(|act| engine::act(tie, act, false)),
        policies: policies.collect(),
        acts: acts(false).collect(),
        acts_in_compartment: acts(true).collect(),
        agreement: sharing.as_ref().map(|sharing| sharing.agreement),
        consent: sharing.as_ref().and_then(|sharing| sharing.consent),
        access_override: tie.overrides.then(|| overriding(principal, ties)).flatten(),
        missing: acts(false).next().is_none().then(|| missing(principal, held, ties).to_owned()),
        categories: sharing.map(|sharing| sharing.categories).unwrap_or_default(),
    }
}

fn overriding(principal: &Principal, ties: &Ties) -> Option<EntryId> {
    let mut of_student = principal.overrides.iter().filter(|(student, _)| Some(*student) == ties.student);
    of_student.next_back().map(|(_, entry)| *entry)
}

fn missing(principal: &Principal, held: &HeldRole, ties: &Ties) -> &'static str {
    match held.role {
        Role::SuccessMentor => "no open assignment as the student's mentor",
        Role::ProgramManager | Role::PrivacyOfficer => "the district's roles open no student's case",
        Role::PartnerStaff if !principal.agreements.iter().any(|one| Some(one.partner) == held.partner) => {
            "no agreement with the partner in force"
        }
        Role::PartnerStaff if !ties.shared.iter().any(|shared| Some(shared.partner) == held.partner) => {
            "no referral to the partner that is under way and shares, with the consent that it needs"
        }
        Role::PartnerStaff => "no agreement with the partner about this student for what the student was referred for",
        _ => "the role is held at another school",
    }
}
