//! Who may know what, naively: from the rule book, not from the policies.
use uuid::Uuid;

use super::district::{Made, Somebody, Written};

const OF_THE_SCHOOL: &[&str] = &["community_school_director", "principal", "school_staff", "mental_health_manager"];

/// Whether somebody may know of a student's case.
pub fn may_know(made: &Made, somebody: &Somebody, student: Uuid) -> bool {
    match somebody.role {
        "success_mentor" => made.mentors.contains(&(student, somebody.person.id)),
        "partner_staff" => !shared(made, somebody, student).is_empty(),
        role => OF_THE_SCHOOL.contains(&role) && somebody.school == Some(made.school_of(student)),
    }
}

/// Whether somebody may read an entry, of a case of which they may know.
pub fn may_read(made: &Made, somebody: &Somebody, entry: &Written) -> bool {
    if somebody.role == "partner_staff" {
        let about = entry.partner.is_some() && entry.partner == somebody.partner;
        let categories: Vec<_> = shared(made, somebody, entry.student).into_iter().flatten().collect();
        let category = match entry.kind {
            "need" | "strength" | "intervention" => "support_plan",
            "note" | "contact" => "case_notes",
            _ => "nothing that is shared as such",
        };
        return about || (entry.visibility == "team" && categories.contains(&category));
    }
    if entry.visibility == "mental_health" {
        return somebody.role == "mental_health_manager";
    }
    if entry.author == somebody.person.id {
        return true;
    }
    match (entry.visibility, somebody.role) {
        ("team", _) => true,
        ("school", role) => role != "success_mentor",
        // A supervisor: the director for mentors, the mental health manager for their like.
        ("author_and_supervisor", "community_school_director") => entry.author_role == "success_mentor",
        ("author_and_supervisor", "mental_health_manager") => entry.author_role == "mental_health_manager",
        _ => false,
    }
}

/// Whether an entry counts in the figures that somebody reads of their school: whoever holds their role may read it.
pub fn counts_for(made: &Made, somebody: &Somebody, entry: &Written) -> bool {
    let foreign = Written { author: Uuid::nil(), ..*entry };
    somebody.school == Some(made.school_of(entry.student)) && may_read(made, somebody, &foreign)
}

/// The kinds of data that each referral shares with somebody's partner: what is consented to and agreed on.
fn shared(made: &Made, somebody: &Somebody, student: Uuid) -> Vec<Vec<&'static str>> {
    let agreed = somebody.agreed.iter().filter(|(school, _)| *school == made.school_of(student));
    let categories: Vec<&'static str> = agreed.clone().flat_map(|(_, categories)| categories.clone()).collect();
    let covers = agreed.count() > 0;
    let referrals = made.referrals.iter().filter(|referral| {
        referral.student == student && Some(referral.partner) == somebody.partner && covers && referral.sent
    });
    let holds = referrals.filter(|referral| referral.shares.is_empty() || referral.consent_holds);
    holds.map(|referral| referral.shares.iter().copied().filter(|one| categories.contains(one)).collect()).collect()
}
