//! The rows of a student, compared with those that the events come to.
use std::collections::BTreeMap;

use application::{
    Table,
    retold::{self, Retold},
};
use serde_json::{Map, Value};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Finding, Place, rows};

/// A table, and what singles a row out among those of one student.
type Key = (&'static str, Option<String>);

/// A row that ought to be there.
pub type Expected = (Key, Map<String, Value>);

/// The rows that are there, by student.
#[derive(Default)]
pub struct Shown(BTreeMap<Uuid, BTreeMap<Key, Row>>);

/// Reads the rows between two students of a table in a schema: the usual one, or `rebuild.`.
pub fn select(schema: &str, table: Table) -> String {
    format!("SELECT * FROM {schema}{} WHERE student BETWEEN $1 AND $2", <&str>::from(table))
}

/// The column that singles a student's row out.
pub fn key(table: Table) -> Option<&'static str> {
    match table {
        Table::CaseFiles | Table::Caseload => None,
        Table::Entries => Some("entry"),
        Table::Timeline => Some("version"),
    }
}

impl Shown {
    /// Takes in the rows of a table, each of which is singled out by the column `key`.
    pub fn take(&mut self, table: &'static str, key: Option<&str>, rows: Vec<Row>) {
        for row in rows {
            let key = key.map(|name| {
                let number = row.try_get::<_, i64>(name).map(|number| number.to_string());
                format!("{name} {}", number.unwrap_or_else(|_| row.get::<_, Uuid>(name).to_string()))
            });
            self.0.entry(row.get("student")).or_default().insert((table, key), row);
        }
    }

    /// Rows of students who have no events at all.
    pub fn left_over(self, findings: &mut Vec<Finding>) {
        for (student, rows) in self.0 {
            findings.extend(rows.into_keys().map(|key| Finding::Surplus(place(student, key))));
        }
    }
}

fn place(of: Uuid, (table, key): Key) -> Place {
    Place { table, of, key }
}

/// The rows of `tables` that one student ought to have.
pub fn expected(told: &Retold<'_>, tables: &[Table]) -> Vec<Expected> {
    let rows = told.rows().into_iter().filter(|row| tables.contains(&row.table));
    rows.filter_map(|retold::Row { table, columns }| row(table.into(), key(table), columns)).collect()
}

/// A row of a table that ought to be there, singled out by the column `key`.
pub fn row(table: &'static str, key: Option<&str>, columns: Value) -> Option<Expected> {
    let Value::Object(columns) = columns else { return None };
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let key = key.map(|name| format!("{name} {}", columns.get(name).map(text).unwrap_or_default()));
    Some(((table, key), columns))
}

/// Compares the rows of one student; of one whose events cannot be read nothing is expected and nothing can be said.
pub fn check(student: Uuid, expected: Option<Vec<Expected>>, shown: &mut Shown, findings: &mut Vec<Finding>) {
    let mut there = shown.0.remove(&student).unwrap_or_default();
    let Some(expected) = expected else { return };
    for (key, expected) in expected {
        let place = place(student, key.clone());
        match there.remove(&key) {
            None => findings.push(Finding::Missing(place)),
            Some(row) => {
                findings.extend(difference(&expected, &rows::columns(&row)).map(|it| Finding::Differs(place, it)))
            }
        }
    }
    findings.extend(there.into_keys().map(|key| Finding::Surplus(self::place(student, key))));
}

/// The columns that differ, with the path into a document.
fn difference(expected: &Map<String, Value>, found: &Map<String, Value>) -> Option<String> {
    let names = expected.keys().chain(found.keys().filter(|name| !expected.contains_key(*name)));
    let differs = names.filter_map(|name| {
        let (a, b) = (expected.get(name).unwrap_or(&Value::Null), found.get(name).unwrap_or(&Value::Null));
        rows::first_difference(a, b).map(|path| format!("{name}{path}"))
    });
    let mut differs: Vec<_> = differs.collect();
    differs.sort();
    (!differs.is_empty()).then(|| differs.join(", "))
}
