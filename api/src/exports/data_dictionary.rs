//! `GET /v1/exports/data-dictionary`
use actix_web::{HttpRequest, HttpResponse, get, http::header::ACCEPT};
use futures::stream;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Cell, Column, Kind, SHEETS, Sheet, answer::answer, form::Form, table::Table};
use crate::{Caller, Problem, Problems};

/// A column of a table that can be exported.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({
    "table": "effects", "column": "served", "kind": "whole", "unit": "students", "source": "the log; indicators",
    "meaning": "How many were served and are compared."
}))]
pub struct DictionaryEntry {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// In which unit; `code`, `id` or `date` where it is no amount.
    pub unit: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What it says, and when a cell is empty.
    pub meaning: &'static str,
}

/// What every column says of all tables that can be exported.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({"items": [{
    "table": "effects", "column": "served", "kind": "whole", "unit": "students", "source": "the log; indicators",
    "meaning": "How many were served and are compared."
}]}))]
pub struct DataDictionary {
    /// The columns, table by table, in their order.
    pub items: Vec<DictionaryEntry>,
}

/// The dictionary as a table itself.
const SHEET: Sheet = Sheet {
    name: "data_dictionary",
    columns: &[
        Column::new("table", Kind::Text, "code", "this dictionary", "The table."),
        Column::new("column", Kind::Text, "code", "this dictionary", "The column."),
        Column::new("kind", Kind::Text, "code", "this dictionary", "What its cells are: text, whole, number or day."),
        Column::new("unit", Kind::Text, "code", "this dictionary", "In which unit."),
        Column::new("source", Kind::Text, "words", "this dictionary", "Where it comes from."),
        Column::new("meaning", Kind::Text, "words", "this dictionary", "What it says."),
    ],
};

/// Show what every column of every table says that can be exported.
///
/// Name, kind, unit and source of each column, and when a cell is empty. With `Accept: text/csv` as a table.
#[utoipa::path(
    tag = "exports",
    responses(
        (status = 200, description = "The columns", content(
            (DataDictionary = "application/json"),
            (String = "text/csv", example = "table,column,kind,unit,source,meaning"),
        )),
        Problems,
    ),
)]
#[get("/exports/data-dictionary")]
pub async fn show_data_dictionary(request: HttpRequest, _: Caller) -> Result<HttpResponse, Problem> {
    let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !accept.contains("text/csv") {
        return Ok(HttpResponse::Ok().json(DataDictionary { items: entries().collect() }));
    }
    Ok(answer(Form::Csv, dictionary())?)
}

/// The dictionary, as a table.
pub fn dictionary() -> Table {
    let row = |entry: DictionaryEntry| {
        let kind: &str = entry.kind.into();
        [entry.table, entry.column, kind, entry.unit, entry.source, entry.meaning].map(Cell::text).to_vec()
    };
    Table::new(&SHEET, stream::iter([Ok(entries().map(row).collect())]))
}

fn entries() -> impl Iterator<Item = DictionaryEntry> {
    SHEETS.iter().flat_map(|sheet| {
        sheet.columns.iter().map(|&Column { name, kind, unit, source, meaning }| DictionaryEntry {
            table: sheet.name,
            column: name,
            kind,
            unit,
            source,
            meaning,
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_says_what_it_is() {
        for entry in entries() {
            let said = [entry.unit, entry.source, entry.meaning].iter().all(|words| !words.is_empty());
            assert!(said && entry.meaning.ends_with('.'), "{} {}", entry.table, entry.column);
        }
        for sheet in SHEETS {
            let names: BTreeSet<_> = sheet.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), sheet.columns.len(), "{}", sheet.name);
        }
    }
}
