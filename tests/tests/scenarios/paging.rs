//! Lists by page: each item once, in one order, whatever is written meanwhile.
use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Person, School, ahead, today};

fn ids(items: &[Value], name: &str) -> Vec<String> {
    items.iter().map(|item| item[name].to_string()).collect()
}

#[track_caller]
fn each_once(items: &[Value], name: &str, count: usize) {
    let ids = ids(items, name);
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (count, count), "{ids:?}");
}

async fn in_pages_and_whole(person: &Person, list: &str, name: &str, count: usize) {
    let whole = person.walk(list, 200).await;
    each_once(&whole, name, count);
    for limit in [1, 2] {
        assert_eq!(ids(&person.walk(list, limit).await, name), ids(&whole, name), "{list} by {limit}");
    }
}

#[tokio::test]
async fn pages_of_one_item_show_each_item_once_in_the_same_order() {
    let school = School::found().await;
    let csd = school.csd().await;
    let mut first = None;
    for number in 0..5_u64 {
        let student = csd.open_case(&school).await;
        first.get_or_insert(student);
        let due = json!({"what": "Call", "due": {"on": ahead(number / 2)}, "owner": csd.id});
        csd.create(student.to("follow-ups"), due).await;
        csd.create(student.to("goals"), json!({"description": "Come"})).await;
        csd.act(student.to("plan/draft"), json!({"summary": "A plan"})).await;
        csd.act(student.to("plan/submission"), Value::Null).await;
        csd.start_intervention(student, "team").await;
        csd.act(student.to("case/tier"), json!({"tier": 1, "reason": "Better"})).await;
        if number % 2 == 0 {
            let contact = json!({"on": today(), "outcome": "made", "medium": "phone"});
            csd.create(student.to("contacts"), contact).await;
        }
    }
    for order in ["attention", "next_due", "last_contact", "contacts_this_week", "tier"] {
        in_pages_and_whole(&csd, &format!("/v1/caseload?order={order}"), "student", 5).await;
    }
    in_pages_and_whole(&csd, "/v1/follow-ups", "entry", 5).await;
    in_pages_and_whole(&csd, "/v1/plans", "entry", 5).await;
    in_pages_and_whole(&csd, "/v1/interventions", "entry", 5).await;
    let student = first.expect("a student");
    in_pages_and_whole(&csd, &student.to("timeline"), "version", 9).await;
    in_pages_and_whole(&csd, &student.to("entries"), "entry", 5).await;
}

#[tokio::test]
async fn what_is_written_while_somebody_reads_neither_repeats_nor_hides_anything() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    for number in 0..6 {
        csd.create(student.to("notes"), json!({"text": format!("Note {number}")})).await;
    }
    for list in ["timeline", "entries"] {
        let whole = csd.walk(&student.to(list), 200).await;
        let (mut seen, mut cursor) = (vec![], String::new());
        loop {
            let page = csd.get(student.to(&format!("{list}?limit=2{cursor}"))).await.expect(200);
            seen.extend_from_slice(page.items());
            csd.create(student.to("notes"), json!({"text": "Meanwhile"})).await;
            match page.body["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let name = if list == "entries" { "entry" } else { "version" };
        assert_eq!(ids(&seen, name), ids(&whole, name), "{list}");
    }
}

#[tokio::test]
async fn a_link_keeps_the_filters() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    for number in 0..3 {
        csd.create(student.to("notes"), json!({"text": format!("Note {number}")})).await;
        csd.create(student.to("strengths"), json!({"description": "Sings"})).await;
    }
    let notes = csd.walk(&student.to("entries?kind=note"), 1).await;
    assert_eq!(notes.len(), 3);
    assert!(notes.iter().all(|note| note["content"]["kind"] == "note"));
    assert_eq!(csd.walk(&student.to("timeline?about=strength"), 2).await.len(), 3);
}

#[tokio::test]
async fn a_cursor_that_this_list_did_not_give_out_is_refused() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    for _ in 0..2 {
        let other = csd.open_case(&school).await;
        csd.create(student.to("notes"), json!({"text": "A note"})).await;
        csd.create(other.to("follow-ups"), json!({"what": "Call", "due": {"on": ahead(3)}, "owner": csd.id})).await;
    }
    let lists = [
        student.to("timeline?limit=1"),
        student.to("entries?limit=1"),
        "/v1/follow-ups?limit=1".to_owned(),
        "/v1/caseload?limit=1&order=tier".to_owned(),
        "/v1/caseload?limit=1&order=next_due".to_owned(),
    ];
    let mut cursors = vec![];
    for list in &lists {
        cursors.push(csd.see(list).await["next"].as_str().expect("a next page").to_owned());
    }
    for (at, list) in lists.iter().enumerate() {
        for (from, cursor) in cursors.iter().enumerate().filter(|(from, _)| *from != at) {
            let refused = csd.get(format!("{list}&cursor={cursor}")).await;
            assert_eq!(
                (refused.status, refused.problem()),
                (400, "invalid-cursor"),
                "{list} with one of {}",
                lists[from]
            );
        }
        for garbage in ["AAAA", "bm90IGpzb24", "e30"] {
            csd.get(format!("{list}&cursor={garbage}")).await.refused(400, "invalid-cursor");
        }
        csd.get(format!("{list}&cursor=%00")).await.refused(400, "invalid-parameter");
    }
}

/// Cursors are opaque, and yet somebody may make one: whatever it says, it is refused and not tripped over.
#[tokio::test]
async fn a_forged_cursor_is_refused() {
    let school = School::found().await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    csd.create(student.to("follow-ups"), json!({"what": "Call", "due": {"on": ahead(3)}, "owner": csd.id})).await;
    let lists = [
        (student.to("timeline"), "timeline"),
        (student.to("entries"), "entries"),
        ("/v1/follow-ups".to_owned(), "follow-ups"),
        ("/v1/plans".to_owned(), "plans"),
    ];
    for (list, name) in lists {
        for key in ["", "x", "9999999-99-99", "2026-01-01T00:00:00Z", "infinity", "\0"] {
            let forged = json!({"list": name, "after": [key, uuid::Uuid::max()]});
            let forged = base64(forged.to_string().as_bytes());
            let answer = csd.get(format!("{list}?cursor={forged}")).await;
            assert!(matches!(answer.status, 200 | 400), "{list} after {key:?}: {} {:#}", answer.status, answer.body);
        }
    }
}

/// Base64 for addresses, without padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect::<Vec<_>>();
    let digit = |six: &[u8]| six.iter().chain([0; 6].iter()).take(6).fold(0, |digit, bit| digit << 1 | bit);
    bits.chunks(6).map(|six| char::from(DIGITS[usize::from(digit(six))])).collect()
}
