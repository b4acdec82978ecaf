//! View rows, written by table in one statement each.
use std::collections::BTreeMap;

use application::{Row, Table};
use serde_json::Value;

/// The name of `table`.
pub fn name(table: Table) -> &'static str {
    table.into()
}

/// The statement that replaces the rows of `table` by those in `$1`, a JSON array of objects.
pub fn upsert(table: Table) -> &'static str {
    match table {
        Table::CaseFiles => {
            "INSERT INTO case_files SELECT * FROM jsonb_populate_recordset(NULL::case_files, $1)
             ON CONFLICT (student) DO UPDATE SET (version, body) = (excluded.version, excluded.body)"
        }
        Table::Caseload => {
            "INSERT INTO caseload SELECT * FROM jsonb_populate_recordset(NULL::caseload, $1)
             ON CONFLICT (student) DO UPDATE SET
               (school, status, tier, opened_on, mentors, partners, last_contact_on, contacts_on, open_follow_ups,
                next_due_on, plan_status, next_review_on, version)
             = (excluded.school, excluded.status, excluded.tier, excluded.opened_on, excluded.mentors,
                excluded.partners, excluded.last_contact_on, excluded.contacts_on, excluded.open_follow_ups,
                excluded.next_due_on, excluded.plan_status, excluded.next_review_on, excluded.version)"
        }
        Table::Entries => {
            "INSERT INTO entries SELECT * FROM jsonb_populate_recordset(NULL::entries, $1)
             ON CONFLICT (student, entry) DO UPDATE SET
               (status, standing, school, visibility, occurred_on, changed_at, version, parent, owner, partner, due_on, body)
             = (excluded.status, excluded.standing, excluded.school, excluded.visibility, excluded.occurred_on,
                excluded.changed_at, excluded.version, excluded.parent, excluded.owner, excluded.partner,
                excluded.due_on, excluded.body)"
        }
        Table::Timeline => "INSERT INTO timeline SELECT * FROM jsonb_populate_recordset(NULL::timeline, $1)",
    }
}

/// What singles a row out in its table.
pub fn key(row: &Row) -> String {
    let column = |name| row.columns.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    match row.table {
        Table::CaseFiles | Table::Caseload => column("student"),
        Table::Entries => column("student") + &column("entry"),
        Table::Timeline => column("event"),
    }
}

/// The rows by table; of two rows for one key in a commit, the later one stands.
pub fn by_table<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<(Table, Vec<&'a Value>)> {
    let mut tables = BTreeMap::<Table, BTreeMap<String, &Value>>::new();
    for row in rows {
        tables.entry(row.table).or_default().insert(key(row), &row.columns);
    }
    tables.into_iter().map(|(table, rows)| (table, rows.into_values().collect())).collect()
}
