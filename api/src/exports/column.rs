//! What a table has: columns, each with what a researcher must know of it, and cells.
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[schema(as = ColumnKind)]
pub enum Kind {
    /// A word or an id.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A day.
    Day,
}

/// A column, as the data dictionary tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// In which unit; `code`, `id` or `date` where it is no amount.
    pub unit: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What it says, and when a cell is empty.
    pub meaning: &'static str,
}

/// A table: its name and its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A word or an id.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// Unknown, or not told.
    Empty,
}

impl Column {
    /// A column.
    pub const fn new(
        name: &'static str,
        kind: Kind,
        unit: &'static str,
        source: &'static str,
        meaning: &'static str,
    ) -> Self {
        Self { name, kind, unit, source, meaning }
    }
}

impl Cell {
    /// A whole number that may be unknown.
    pub fn whole(number: Option<impl TryInto<i64>>) -> Self {
        number.and_then(|number| number.try_into().ok()).map_or(Self::Empty, Self::Whole)
    }

    /// A number that may be unknown.
    pub fn number(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// A word.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// As it is written in CSV: numbers with a point, days as ISO 8601 has them, nothing for nothing.
    pub fn written(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Empty => String::new(),
        }
    }
}
