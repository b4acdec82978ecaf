//! Case histories that name nobody: a row for each thing that happened.
use application::histories::Happened;

use crate::exports::{Cell, Column, Kind, Sheet};

const LOG: &str = "this server's log";
const IMPORTED: &str = "imported enrolment and attendance";

/// The table.
pub const CASE_HISTORIES: Sheet = Sheet {
    name: "case_histories",
    columns: &[
        Column::new(
            "subject",
            Kind::Text,
            "id",
            "drawn for this export",
            "Somebody. The id is kept nowhere, and another \
                    one in the next export.",
        ),
        Column::new(
            "grades",
            Kind::Text,
            "code",
            IMPORTED,
            "elementary (to the fifth), middle (to the eighth) or high. \
                    Empty where unknown, where fewer than ten are in it, or where it would tell of those.",
        ),
        Column::new(
            "school_day",
            Kind::Whole,
            "school days",
            "both",
            "School days since the first support; before it \
                    negative.",
        ),
        Column::new(
            "what",
            Kind::Text,
            "code",
            "both",
            "intervention, mentor or service, started or ended; session_held; \
                    contact_made; days_absent, of the five school days that begin here; incident.",
        ),
        Column::new(
            "code",
            Kind::Text,
            "code",
            LOG,
            "The kind of intervention, or what the service was for. Empty where \
                    fewer than ten had it, or where it would tell of those.",
        ),
        Column::new("number", Kind::Whole, "days", IMPORTED, "Of days_absent: how many."),
        Column::new("of", Kind::Whole, "days", IMPORTED, "Of days_absent: of how many known days."),
    ],
};

/// The rows.
pub fn histories(happened: &[Happened]) -> Vec<Vec<Cell>> {
    let row = |one: &Happened| {
        let (what, span): (&str, Option<&str>) = (one.what.into(), one.span.map(Into::into));
        vec![
            Cell::text(one.subject.to_string()),
            span.map_or(Cell::Empty, Cell::text),
            Cell::Whole(one.school_day),
            Cell::text(what),
            one.code.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::whole(one.number),
            Cell::whole(one.of),
        ]
    };
    happened.iter().map(row).collect()
}
