//! The rows of views, compared with those that the events come to.
use std::collections::BTreeMap;

use application::{
    Table,
    retold::{self, Told, retell},
};
use serde_json::{Map, Value};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Finding, Place, rows};

type Key = (Table, Option<String>);

/// The rows that are there, by student.
#[derive(Default)]
pub struct Shown(BTreeMap<Uuid, BTreeMap<Key, Row>>);

/// Reads the rows between two students of a table in a schema: the usual one, or `rebuild.`.
pub fn select(schema: &str, table: Table) -> String {
    format!("SELECT * FROM {schema}{} WHERE student BETWEEN $1 AND $2", <&str>::from(table))
}

/// The column that singles a student's row out.
fn key(table: Table) -> Option<&'static str> {
    match table {
        Table::CaseFiles | Table::Caseload => None,
        Table::Entries => Some("entry"),
        Table::Timeline => Some("version"),
    }
}

impl Shown {
    /// Takes in the rows of a table.
    pub fn take(&mut self, table: Table, rows: Vec<Row>) {
        for row in rows {
            let key = match table {
                Table::Timeline => Some(format!("version {}", row.get::<_, i64>("version"))),
                _ => key(table).map(|name| format!("{name} {}", row.get::<_, Uuid>(name))),
            };
            self.0.entry(row.get("student")).or_default().insert((table, key), row);
        }
    }

    /// Rows of students who have no events at all.
    pub fn left_over(self, findings: &mut Vec<Finding>) {
        for (student, rows) in self.0 {
            findings.extend(rows.into_keys().map(|(table, key)| Finding::Surplus(Place::row(table, student, key))));
        }
    }
}

/// Compares the rows of one student; of one whose events cannot be read nothing can be said.
pub fn check(student: Uuid, told: Option<&[Told]>, tables: &[Table], shown: &mut Shown, findings: &mut Vec<Finding>) {
    let mut there = shown.0.remove(&student).unwrap_or_default();
    let Some(told) = told else { return };
    let expected = retell(student.into(), told).into_iter().filter(|row| tables.contains(&row.table));
    for retold::Row { table, columns: expected } in expected {
        let Value::Object(expected) = expected else { continue };
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let key = key(table).map(|name| format!("{name} {}", expected.get(name).map(text).unwrap_or_default()));
        let place = Place::row(table, student, key.clone());
        match there.remove(&(table, key)) {
            None => findings.push(Finding::Missing(place)),
            Some(row) => {
                findings.extend(difference(&expected, &rows::columns(&row)).map(|it| Finding::Differs(place, it)))
            }
        }
    }
    findings.extend(there.into_keys().map(|(table, key)| Finding::Surplus(Place::row(table, student, key))));
}

/// The columns that differ, with the path into a document.
fn difference(expected: &Map<String, Value>, found: &Map<String, Value>) -> Option<String> {
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let differs = names.filter_map(|name| {
        let (a, b) = (expected.get(name).unwrap_or(&Value::Null), found.get(name).unwrap_or(&Value::Null));
        rows::first_difference(a, b).map(|path| format!("{name}{path}"))
    });
    let differs: Vec<_> = differs.collect();
    (!differs.is_empty()).then(|| differs.join(", "))
}
