//! What changed after support began: a row for each group, and for each dosage in it.
use application::answer::Effects;
use domain::effect::Comparison;

use crate::exports::{Cell, Column, Kind, Sheet};

const OURS: &str = "this server's log and indicators";

/// The table.
pub const EFFECTS: Sheet = Sheet {
    name: "effects",
    columns: &[
        Column::new("school_year", Kind::Whole, "year", OURS, "The school year, by the year in which it ends."),
        Column::new("by", Kind::Text, "code", OURS, "What is put together in a group."),
        Column::new("outcome", Kind::Text, "code", OURS, "What is counted in the windows."),
        Column::new("window", Kind::Whole, "school days", OURS, "How long the windows before and after the start are."),
        Column::new("policy", Kind::Text, "code", OURS, "The policy and version by whose bands students are alike."),
        Column::new("group", Kind::Text, "code or id", OURS, "The kind of intervention, or the partner or school."),
        Column::new("dosage", Kind::Text, "code", OURS, "How much support they got a week; empty for all together."),
        Column::new(
            "served",
            Kind::Whole,
            "students",
            OURS,
            "How many were served and are compared. Empty, as all that \
                    follows, where either side has fewer than ten students or could be worked out to have.",
        ),
        Column::new("compared_with", Kind::Whole, "students", OURS, "With how many who had no support yet."),
        Column::new(
            "before",
            Kind::Number,
            "of the outcome, in a window",
            OURS,
            "In the window before, for one served.",
        ),
        Column::new("after", Kind::Number, "of the outcome, in a window", OURS, "In the window after, for one served."),
        Column::new(
            "change",
            Kind::Number,
            "of the outcome, in a window",
            OURS,
            "After less before: naive, it contains \
                    regression to the mean.",
        ),
        Column::new("change_of_others", Kind::Number, "of the outcome, in a window", OURS, "The same for the others."),
        Column::new("difference", Kind::Number, "of the outcome, in a window", OURS, "The one less the other."),
        Column::new("from", Kind::Number, "of the outcome, in a window", OURS, "Lower end of the 95 % interval."),
        Column::new("to", Kind::Number, "of the outcome, in a window", OURS, "Upper end of the 95 % interval."),
        Column::new(
            "change_a_year_before",
            Kind::Number,
            "of the outcome, in a window",
            OURS,
            "What changed for the \
                    served in the same days a year before; empty where too little is known.",
        ),
        Column::new(
            "balance_before",
            Kind::Number,
            "standard deviations",
            OURS,
            "How far the windows before of both lie \
                    apart after matching; empty where it cannot be said.",
        ),
    ],
};

/// The rows.
pub fn effects(shown: &Effects) -> Vec<Vec<Cell>> {
    let row = |group: &str, dosage: Cell, comparison: Option<&Comparison>| {
        let number = |of: fn(&Comparison) -> f64| Cell::number(comparison.map(of));
        let (by, outcome): (&str, &str) = (shown.by.into(), shown.outcome.into());
        vec![
            Cell::Whole(i16::from(shown.school_year).into()),
            Cell::text(by),
            Cell::text(outcome),
            Cell::whole(Some(shown.window_school_days)),
            Cell::text(shown.policy.to_string()),
            Cell::text(group),
            dosage,
            Cell::whole(comparison.map(|comparison| comparison.served)),
            Cell::whole(comparison.map(|comparison| comparison.compared_with)),
            number(|comparison| comparison.before),
            number(|comparison| comparison.after),
            number(|comparison| comparison.change),
            number(|comparison| comparison.change_of_others),
            number(|comparison| comparison.difference),
            number(|comparison| comparison.interval.from),
            number(|comparison| comparison.interval.to),
            Cell::number(comparison.and_then(|comparison| comparison.change_a_year_before)),
            Cell::number(comparison.and_then(|comparison| comparison.balance_before.matched)),
        ]
    };
    let group = |group: &application::effects::EffectOfGroup| {
        let whole = row(&group.group, Cell::Empty, group.comparison.as_ref());
        let parts = group.dosage.iter().map(|part| {
            let dosage: &str = part.dosage.into();
            row(&group.group, Cell::text(dosage), part.comparison.as_ref())
        });
        [whole].into_iter().chain(parts).collect::<Vec<_>>()
    };
    shown.groups.iter().flat_map(group).collect()
}
