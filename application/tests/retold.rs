//! Two folds that share nothing come to the same rows, whatever happened.
use std::{collections::BTreeMap, fs, path::Path};

use application::{
    Happening, Metadata, Project, Table,
    access::{Basis, Ground},
    retold::{Row, Told, retell},
};
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::DomainEvent;
use domain::{
    Role,
    case::{Case, CaseEvent, Entry, EntryStatus},
};
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use uuid::Uuid;

const STUDENT: Uuid = Uuid::from_u128(7);

/// One of each event, in the form in which it is stored.
fn examples() -> Vec<Value> {
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src/case/snapshots");
    let files = fs::read_dir(stored).expect("the stored forms").map(|file| file.expect("a file").path());
    let mut files: Vec<_> = files.collect();
    files.sort();
    let read = |path| {
        let text = fs::read_to_string(path).expect("a stored form");
        serde_json::from_str(text.splitn(3, "---").nth(2).expect("the form")).expect("JSON")
    };
    files.iter().map(read).collect()
}

/// The same about other things on other days: every id moved, every day of March another.
fn vary(value: &mut Value, chance: &mut ChaCha8Rng, shift: u128) {
    match value {
        Value::String(text) => {
            if let Ok(id) = text.parse::<Uuid>() {
                *text = Uuid::from_u128(id.as_u128() | shift << 64).to_string();
            } else if text.len() == 10 && text.starts_with("2026-03-") {
                *text = format!("2026-03-{:02}", chance.random_range(1..=31));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| vary(value, chance, shift)),
        Value::Object(values) => values.values_mut().for_each(|value| vary(value, chance, shift)),
        _ => {}
    }
}

/// So many things that happened, sense or nonsense, and what was repaired of them.
fn story(seed: u64, length: usize) -> Vec<Told> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let (mut examples, start) = (examples(), DateTime::<Utc>::from_timestamp(1_770_000_000, 0).expect("a time"));
    let mut told: Vec<Told> = vec![];
    let mut written: Vec<Entry> = vec![];
    // Nothing comes after it: it has a test of its own.
    examples.retain(|event| event["type"] != "CaseErased");
    let opened = examples.iter().find(|event| event["type"] == "CaseOpened").cloned().expect("an opening");
    while told.len() < length {
        let mut event =
            if told.is_empty() { opened.clone() } else { examples.choose(&mut chance).cloned().expect("one") };
        let shift = chance.random_range(0..40);
        vary(&mut event, &mut chance, shift);
        if let Some(was) = written.choose(&mut chance)
            && event.get("was").is_some()
        {
            event["was"] = json!(was);
            if event.get("correction").is_some_and(|correction| correction.get("now").is_some()) {
                let mut like = written.iter().filter(|other| other.content.same_kind(&was.content));
                event["correction"]["now"] = json!(like.next_back().unwrap_or(was).content);
            }
        }
        let event: CaseEvent = serde_json::from_value(event).expect("an event");
        let version = told.len() as u64 + 1;
        let at = start + TimeDelta::hours(5 * version as i64);
        let basis = Basis::of(Ground::MentorOf, Role::SuccessMentor);
        let by = Uuid::from_u128(chance.random_range(1..4)).into();
        let metadata = Metadata::new(Uuid::from_u128(version.into()), by, basis, at, chrono_tz::America::New_York);
        if let (Some(content), Some(id)) = (event.written(), event.entry()) {
            let (role, recorded_at, occurred_on) = (Role::SuccessMentor, at, at.date_naive());
            written.push(Entry {
                id: id.into(),
                content,
                by,
                role,
                recorded_at,
                occurred_on,
                status: EntryStatus::Current,
            });
        }
        let occurred_at = metadata.occurred_at(event.occurred_on());
        told.push(Told { version, id: Uuid::from_u128(1 << 100 | u128::from(version)), event, occurred_at, metadata });
    }
    told
}

type Keyed = BTreeMap<(Table, String), Value>;

fn keyed(rows: impl IntoIterator<Item = Row>) -> Keyed {
    let key = |row: &Row| match row.table {
        Table::CaseFiles | Table::Caseload => String::new(),
        Table::Entries => row.columns["entry"].to_string(),
        Table::Timeline => row.columns["version"].to_string(),
    };
    rows.into_iter().map(|row| ((row.table, key(&row)), row.columns)).collect()
}

/// The rows that the views themselves come to, event by event.
fn live(told: &[Told]) -> Keyed {
    let (mut file, mut rows) = (Default::default(), vec![]);
    for Told { version, id, event, metadata, .. } in told {
        let happening = Happening { stream: STUDENT, version: *version, id: *id, event, metadata };
        rows.extend(Case::project(&mut file, &happening));
        rows.extend(Case::document_rows(&file, STUDENT, *version));
        // As it is between two commits: stored, and read again.
        file = serde_json::from_value(json!(file)).expect("a file");
    }
    keyed(rows.iter().map(|row| Row { table: row.table(), columns: json!(row) }))
}

#[test]
fn the_views_and_the_retelling_come_to_the_same_rows() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..6 {
        let told = story(seed, 500);
        seen.extend(told.iter().map(|told| told.event.event_type()));
        let (expected, found) = (keyed(retell(STUDENT.into(), &told).rows()), live(&told));
        for (key, row) in &expected {
            assert_eq!(found.get(key), Some(row), "seed {seed}, {key:?}");
        }
        assert_eq!(expected.len(), found.len(), "seed {seed}");
    }
    assert_eq!(
        seen.len(),
        <CaseEvent as strum::VariantNames>::VARIANTS.len() - 1,
        "every event but the last has been told"
    );
}

#[test]
fn of_an_erased_student_both_tell_nothing() {
    let mut told = story(7, 40);
    let last = told.last().cloned().expect("something happened");
    let erased = serde_json::from_value(json!({"type": "CaseErased"})).expect("an event");
    told.push(Told { version: last.version + 1, event: erased, ..last });
    assert_eq!(retell(STUDENT.into(), &told).rows(), vec![]);
    let (mut file, mut rows) = (Default::default(), vec![]);
    for Told { version, id, event, metadata, .. } in &told {
        let happening = Happening { stream: STUDENT, version: *version, id: *id, event, metadata };
        rows = Case::project(&mut file, &happening);
        rows.extend(Case::document_rows(&file, STUDENT, *version));
    }
    assert_eq!(rows.len(), 0, "nothing is written with the last event, nor after it");
}
