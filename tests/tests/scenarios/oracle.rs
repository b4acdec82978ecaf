//! Every list shows exactly what a naive oracle allows: for made-up districts, people and histories.
//!
//! The oracle is written down from the rule book, entry by entry, and knows nothing of the policies.
mod district;
mod rules;

use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use district::{Made, Somebody};
use rules::{may_know, may_read};

/// The ids that a list shows, read in small pages.
async fn shown(somebody: &Somebody, list: &str, name: &str) -> BTreeSet<Uuid> {
    let items = somebody.person.walk(list, 7).await;
    let id = |item: &Value| item[name].as_str().map(|id| id.parse().expect("an id"));
    items.iter().filter_map(id).collect()
}

async fn lists_show_what_the_oracle_allows(seed: u64) {
    let made = Made::up(seed).await;
    for somebody in &made.people {
        let told = |what: &str| format!("seed {seed}, {} of school {:?}: {what}", somebody.role, somebody.school);
        let known = |student: &Uuid| may_know(&made, somebody, *student);
        for student in made.students() {
            let path = |list: &str| format!("/v1/students/{student}/{list}");
            if !known(&student) {
                for list in ["case", "plan", "entries", "timeline"] {
                    assert_eq!(somebody.person.get(path(list)).await.status, 404, "{}", told(list));
                }
                continue;
            }
            let of_student = made.entries.iter().filter(|entry| entry.student == student);
            let allowed: BTreeSet<Uuid> =
                of_student.filter(|entry| may_read(&made, somebody, entry)).map(|entry| entry.id).collect();
            assert_eq!(shown(somebody, &path("entries"), "entry").await, allowed, "{}", told("entries"));
            assert_eq!(shown(somebody, &path("timeline"), "entry").await, allowed, "{}", told("timeline"));
        }
        let reads = |kind: &str| {
            let of_kind = made.entries.iter().filter(|entry| entry.kind == kind);
            let open = of_kind.filter(|entry| known(&entry.student) && may_read(&made, somebody, entry));
            open.map(|entry| entry.id).collect::<BTreeSet<_>>()
        };
        for (list, kind) in [("/v1/follow-ups", "follow_up"), ("/v1/referrals", "referral")] {
            assert_eq!(shown(somebody, list, "entry").await, reads(kind), "{}", told(list));
        }
        let caseload: BTreeSet<Uuid> = made.students().filter(known).collect();
        assert_eq!(shown(somebody, "/v1/caseload", "student").await, caseload, "{}", told("caseload"));
    }
}

#[tokio::test]
async fn every_list_shows_what_the_oracle_allows_in_one_district() {
    lists_show_what_the_oracle_allows(1).await;
}

#[tokio::test]
async fn every_list_shows_what_the_oracle_allows_in_another_district() {
    lists_show_what_the_oracle_allows(2).await;
}

#[tokio::test]
async fn every_list_shows_what_the_oracle_allows_in_a_third_district() {
    lists_show_what_the_oracle_allows(3).await;
}
