//! Every list, count, search and feed shows exactly what a naive oracle allows: for made-up districts, people, histories.
//!
//! The oracle is written down from the rule book, entry by entry, and knows nothing of the policies.
mod district;
mod exports;
mod plan;
mod rules;

use std::{collections::BTreeSet, time::Duration};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use reqwest::Method;
use serde_json::{Value, json};
use tests::District;
use tokio::sync::OnceCell;
use uuid::Uuid;

use district::{Made, Somebody};
use plan::{Plan, any_plan};
use rules::{counts_for, may_know, may_read};

/// How many districts are made up, where `PROPTEST_CASES` says nothing.
const DISTRICTS: u32 = 3;

/// How often one in which something is wrong is made smaller: each time, all of it happens again.
const SMALLER: u32 = 10;

/// How long a feed may take over its next word while something is missing.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long a feed that has told everything is listened to for something more.
const SILENCE: Duration = Duration::from_millis(300);

/// Who reads figures of their school.
const LEADERS: [&str; 3] = ["community_school_director", "principal", "mental_health_manager"];

/// Something is shown that ought not to be, or not shown that ought to be.
fn same(
    (somebody, what): (&Somebody, &str),
    shown: &BTreeSet<Uuid>,
    allowed: &BTreeSet<Uuid>,
) -> Result<(), TestCaseError> {
    let told = format!("{what} as {} of school {:?}", somebody.role, somebody.school);
    prop_assert_eq!(shown, allowed, "{}", told);
    Ok(())
}

/// The ids that a list shows, read in small pages.
async fn shown(somebody: &Somebody, list: &str, name: &str) -> BTreeSet<Uuid> {
    let items = somebody.person.walk(list, 7).await;
    ids(&items, name)
}

fn ids(items: &[Value], name: &str) -> BTreeSet<Uuid> {
    items.iter().filter_map(|item| item[name].as_str().map(|id| id.parse().expect("an id"))).collect()
}

/// What somebody sees of each student.
async fn cases_show_what_is_allowed(made: &Made, somebody: &Somebody) -> Result<(), TestCaseError> {
    for student in made.students() {
        let path = |list: &str| format!("/v1/students/{student}/{list}");
        if !may_know(made, somebody, student) {
            for list in ["case", "plan", "entries", "timeline"] {
                let status = somebody.person.get(path(list)).await.status;
                prop_assert_eq!(status, 404, "{} as {} of school {:?}", list, somebody.role, somebody.school);
            }
            continue;
        }
        let of_student = made.entries.iter().filter(|entry| entry.student == student);
        let allowed = of_student.filter(|entry| may_read(made, somebody, entry)).map(|entry| entry.id).collect();
        for list in ["entries", "timeline"] {
            same((somebody, list), &shown(somebody, &path(list), "entry").await, &allowed)?;
        }
    }
    Ok(())
}

/// What somebody sees across students.
async fn lists_show_what_is_allowed(made: &Made, somebody: &Somebody) -> Result<(), TestCaseError> {
    let known = |student: &Uuid| may_know(made, somebody, *student);
    let open = || made.entries.iter().filter(|it| known(&it.student) && may_read(made, somebody, it));
    let lists = [("/v1/follow-ups", "follow_up"), ("/v1/referrals", "referral"), ("/v1/interventions", "intervention")];
    for (list, kind) in lists {
        let allowed = open().filter(|entry| entry.kind == kind).map(|entry| entry.id).collect();
        same((somebody, list), &shown(somebody, list, "entry").await, &allowed)?;
    }
    let caseload = made.students().filter(known).collect();
    same((somebody, "/v1/caseload"), &shown(somebody, "/v1/caseload", "student").await, &caseload)?;

    let search = somebody.person.post("/v1/students:search?limit=200", json!({"name": made.name})).await;
    if somebody.role == "partner_staff" {
        prop_assert_eq!(search.status, 403, "{}", search.body);
    } else {
        same((somebody, "search"), &ids(search.expect(200).items(), "id"), &caseload)?;
    }

    if somebody.role == "partner_staff" && somebody.agreed.is_empty() {
        // A partner with which nothing is agreed has nothing to follow.
        prop_assert_eq!(somebody.person.get("/v1/changes").await.status, 404);
        return Ok(());
    }
    let told: BTreeSet<Uuid> = open().map(|entry| entry.id).collect();
    same((somebody, "feed"), &heard(somebody, made, &told).await, &told)
}

/// The entries of these students that somebody's feed tells of, from the beginning; `told` is what is waited for.
async fn heard(somebody: &Somebody, made: &Made, told: &BTreeSet<Uuid>) -> BTreeSet<Uuid> {
    let ours: BTreeSet<Uuid> = made.students().collect();
    let id = |change: &Value, name: &str| change[name].as_str().and_then(|id| id.parse().ok());
    let (mut following, mut heard) = (somebody.person.follow("0").await, BTreeSet::new());
    let patience = |heard: &BTreeSet<Uuid>| if told.is_subset(heard) { SILENCE } else { PATIENCE };
    while let Some(change) = following.hears_within(patience(&heard)).await {
        if id(&change.data, "student").is_some_and(|student| ours.contains(&student)) {
            heard.extend(id(&change.data, "entry"));
        }
    }
    heard
}

/// What somebody sees counted of their school.
async fn figures_count_what_is_allowed(made: &Made, somebody: &Somebody) -> Result<(), TestCaseError> {
    let Some(school) = somebody.school.filter(|_| LEADERS.contains(&somebody.role)) else { return Ok(()) };
    let figures = somebody.person.call(Method::GET, format!("/v1/schools/{school}/figures"));
    let figures = figures.header("consistency-token", &made.last).await.expect(200).body;
    let sum = |kind: &str| {
        let all = figures[kind].as_array().into_iter().flatten();
        all.filter_map(|one| one["number"].as_u64()).sum::<u64>()
    };
    let counted = |kind: &str| {
        made.entries.iter().filter(|entry| entry.kind == kind && counts_for(made, somebody, entry)).count() as u64
    };
    for (figure, kind) in [("contacts", "contact"), ("open_follow_ups", "follow_up")] {
        prop_assert_eq!(sum(figure), counted(kind), "{} as {}", figure, somebody.role);
    }
    let cases = made.students().filter(|student| made.school_of(*student) == school).count() as u64;
    prop_assert_eq!(sum("cases"), cases, "cases as {}", somebody.role);
    Ok(())
}

async fn all_show_what_the_oracle_allows(plan: &Plan, district: &District) -> Result<(), TestCaseError> {
    let made = Made::up(plan, district).await;
    for somebody in &made.people {
        cases_show_what_is_allowed(&made, somebody).await?;
        lists_show_what_is_allowed(&made, somebody).await?;
        figures_count_what_is_allowed(&made, somebody).await?;
    }
    Ok(())
}

/// Makes up some, and makes one in which something is wrong smaller.
fn checked<S: Strategy>(any: &S, holds: impl AsyncFn(S::Value) -> Result<(), TestCaseError>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(DISTRICTS);
    let config = Config { cases, max_shrink_iters: SMALLER, failure_persistence: None, ..Config::default() };
    let checked = TestRunner::new(config).run(any, |one| runtime.block_on(holds(one)));
    if let Err(wrong) = checked {
        panic!("{wrong}");
    }
}

#[test]
fn every_list_count_search_and_feed_shows_what_the_oracle_allows() {
    // Of its own: the feed is read from the beginning.
    let district = OnceCell::new();
    checked(&any_plan(), async |plan| {
        let district = district.get_or_init(async || District::fresh().await.expect("a district")).await;
        all_show_what_the_oracle_allows(&plan, district).await
    });
}
