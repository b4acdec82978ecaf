//! Looks for words in every answer that somebody gets.
use std::collections::BTreeSet;

use reqwest::Method;

use super::sown::Field;
use crate::authority::{
    callers::Callers,
    contract::{Contract, Operation},
    ready::Ready,
    table::Table,
};

/// Callers of whom nothing is known: they are let in nowhere.
const STRANGERS: [&str; 4] = ["nobody", "expired token", "no staff record", "not signed"];

/// What it takes to look.
pub struct Search<'a> {
    pub table: &'a Table,
    pub contract: &'a Contract,
    pub callers: &'a Callers<'a>,
}

/// A word that somebody was told.
pub struct Found {
    /// The word.
    pub word: String,
    /// Whether they may know it.
    pub may: bool,
    caller: String,
    operation: String,
}

impl Found {
    /// Who was told what, and where.
    pub fn told(&self) -> String {
        format!("{} tells {}: {}", self.operation, self.caller, self.word)
    }
}

impl Search<'_> {
    /// The words that `caller` is told in any answer to any question.
    pub async fn as_caller(&self, caller: &str, fields: &[Field]) -> Vec<Found> {
        let mut found = vec![];
        for (operation, told) in self.answers(caller, fields).await {
            if !told.contains("canary-") {
                continue;
            }
            for word in fields.iter().flat_map(|field| &field.words).filter(|word| told.contains(&word.text)) {
                let may = word.known_to.contains(caller);
                let (caller, operation) = (caller.to_owned(), operation.to_owned());
                found.push(Found { word: word.text.clone(), may, caller, operation });
            }
        }
        found
    }

    /// Whatever `caller` is answered about those cases, and about none. What several of them would ask is asked once.
    async fn answers(&self, caller: &str, fields: &[Field]) -> Vec<(&str, String)> {
        let person = self.callers.person(caller).await;
        let mut answers = vec![];
        for operation in self.contract.operations().filter(|operation| operation.method == "GET") {
            let asked: BTreeSet<String> = fields.iter().flat_map(|field| addresses(operation, caller, field)).collect();
            // What goes on for ever is heard by tests of its own: it tells ids alone.
            for kind in operation.answers_in().filter(|kind| *kind != "text/event-stream") {
                let mut next: Vec<String> = asked.iter().cloned().collect();
                while let Some(address) = next.pop() {
                    let answer = person.get(&address).header("accept", kind).open().await.expect("an answer");
                    let status = answer.status();
                    assert!(!status.is_server_error(), "{address} as {caller}: {status}");
                    let link = answer.headers().get("link").and_then(|link| link.to_str().ok());
                    next.extend(link.and_then(|link| Some(link.split_once('<')?.1.split_once('>')?.0.to_owned())));
                    answers.push((operation.name(), answer.text().await.expect("text")));
                }
            }
        }
        answers
    }

    /// Which refusals say again what was sent.
    pub async fn refusals(&self, ready: &Ready<'_>) -> Vec<String> {
        let mut echoed = vec![];
        for row in self.table.rows.iter().filter(|row| ready.changes(row)) {
            let operation = self.contract.operation(&row.operation);
            let Some(example) = self.contract.example(operation) else { continue };
            let place = ready.place(row, None).await.expect("a place");
            let body = ready.body(row, example, &place);
            let body = self.contract.saying(operation, body, &|property| format!("canary-{property}"));
            for (caller, _) in row.answers().filter(|(_, answer)| *answer != "yes") {
                let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
                let call = self.callers.person(caller).await.call(method, Ready::path(operation, &place));
                let told = call.json(body.clone()).open().await.expect("an answer").text().await.expect("text");
                if told.contains("canary-") {
                    echoed.push(format!("{} as {caller}: {told}", row.name));
                }
            }
        }
        echoed
    }
}

/// Everything that `caller` is told, in one piece.
pub async fn told_to(search: &Search<'_>, caller: &str, fields: &[Field]) -> String {
    search.answers(caller, fields).await.into_iter().map(|(_, answer)| answer).collect()
}

/// Where `caller` asks: once, once a case, or once for each thing of its kind that was written on it. Lists come in pages as large as
/// they can be.
fn addresses(operation: &Operation, caller: &str, field: &Field) -> BTreeSet<String> {
    let cases = if STRANGERS.contains(&caller) { 1 } else { field.places.len() };
    let places = &field.places[..cases];
    let kind = operation.path.rsplit_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(kind, _)| kind);
    let of_entries = field.entries.iter().filter(|made| made.may_be(kind)).filter_map(|made| {
        let mut place = places.get(made.at)?.clone();
        place.insert("entry", made.entry);
        Some(place)
    });
    let all = places.iter().cloned().chain(of_entries).map(|place| Ready::path(operation, &place));
    let paged = |address: String| {
        let join = if address.contains('?') { '&' } else { '?' };
        if operation.comes_in_pages() { format!("{address}{join}limit=200") } else { address }
    };
    all.map(paged).collect()
}
