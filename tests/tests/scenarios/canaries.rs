//! Words that nobody says but here are written wherever people can write, and looked for wherever they ought not to be.
mod found;
mod sown;

use std::collections::HashSet;

use futures::{StreamExt, stream};
use tests::{Clear, District, command, directory, dump, said};

use super::authority::{callers::Callers, contract::Contract, ready::Ready, table::Table};
use found::{Search, told_to};
use sown::{Field, sow};

/// How many look around at a time.
const AT_ONCE: usize = 4;

/// For whom things are written, with the line that says who may read a note of theirs.
const FOR: [(&str, &str); 4] = [
    ("team", "show_case"),
    ("school", "show_entry / school"),
    ("author_and_supervisor", "show_entry / author and supervisor"),
    ("mental_health", "show_entry / mental health"),
];

#[tokio::test]
async fn what_is_written_is_told_to_nobody_who_may_not_know_it_in_any_answer_log_or_dump() {
    let district = District::fresh().await.expect("a district");
    let (table, contract) = (Table::read(), Contract::read());
    let callers = Callers::hired(&district).await;
    let ready = Ready::new(&table, &contract, &callers).await;
    let search = Search { table: &table, contract: &contract, callers: &callers };

    let mut fields: Vec<Field> = vec![];
    for (visibility, read) in FOR {
        fields.push(sow(&ready, &table, &contract, visibility, table.row(read).expect(read)).await);
    }
    let sown: usize = fields.iter().map(|field| field.words.len()).sum();
    assert!(sown > 150, "only {sown} words were written");

    let everybody = stream::iter(&table.callers).map(|caller| search.as_caller(caller, &fields)).buffered(AT_ONCE);
    let found: Vec<_> = everybody.collect::<Vec<_>>().await.into_iter().flatten().collect();
    let leaks: Vec<_> = found.iter().filter(|one| !one.may).map(|one| one.told()).collect();
    assert!(leaks.is_empty(), "{} words are told to who may not know them:\n{}", leaks.len(), leaks.join("\n"));
    let told: HashSet<_> = found.iter().map(|one| &*one.word).collect();
    let open = fields.iter().flat_map(|field| &field.words).filter(|word| !word.is_kept_from_all());
    let unseen = open.filter(|word| !told.contains(&*word.text));
    let unseen: Vec<_> = unseen.map(|word| format!("{} in {}", word.text, word.row)).collect();
    assert!(unseen.is_empty(), "nobody is told of, so that the search shows nothing:\n{}", unseen.join("\n"));
    let echoed = search.refusals(&ready).await;
    assert!(echoed.is_empty(), "refusals that say what was sent:\n{}", echoed.join("\n"));

    nothing_of_it("the log", &district.server.said(), &fields);
    nothing_of_it("a dump", &dump(&district.url), &fields);
    erase_all(&district, &callers, &fields).await;
    for caller in ["director", "mental health manager", "mentor"] {
        let told = told_to(&search, caller, &fields).await;
        nothing_of_it(&format!("what a {caller} is told of the erased"), &told, &fields);
    }
    nothing_of_it("a dump after all were erased", &dump(&district.url), &fields);
    nothing_of_it("the log after all were erased", &district.server.said(), &fields);
}

#[track_caller]
fn nothing_of_it(what: &str, told: &str, fields: &[Field]) {
    assert!(!told.is_empty(), "{what} says nothing at all");
    for word in fields.iter().flat_map(|field| &field.words) {
        assert!(!told.contains(&word.text), "{what} has {} of {}", word.text, word.row);
    }
}

/// Erases every student of whom something was written.
async fn erase_all(district: &District, callers: &Callers<'_>, fields: &[Field]) {
    let officer = callers.person("privacy officer").await.id.to_string();
    let place = directory().expect("a directory");
    let ledger = place.path().join("erasures.ledger");
    let erase = |arguments: &[&str]| {
        let mut erase = command();
        erase.arg("erase").args(arguments).args(["--by", &officer]).env("DATABASE_URL", &district.url);
        let (done, told) = said(erase.env("THROUGHLINE_ERASURE_LEDGER", &ledger));
        assert!(done, "{told}");
    };
    for student in fields.iter().flat_map(Field::students) {
        let student = student.to_string();
        erase(&[&student]);
        erase(&[&student, "--confirm", &student]);
    }
    let clear = Clear::open(&district.url).await.expect("a connection");
    clear.tell("VACUUM").await.expect("room");
}
