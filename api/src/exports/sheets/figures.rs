//! What was done and what stands open at each school: a row for each number.
use application::answer::{DueState, Figure, SchoolFigures, Waiting};

use crate::exports::{Cell, Column, Kind, Sheet};

const OURS: &str = "this server's log";

/// The table.
pub const FIGURES: Sheet = Sheet {
    name: "school_figures",
    columns: &[
        Column::new("school", Kind::Text, "id", "the district's directory", "The school."),
        Column::new(
            "as_of",
            Kind::Day,
            "date",
            OURS,
            "The day at the school from which is judged what is overdue, and how long something waits.",
        ),
        Column::new(
            "measure",
            Kind::Text,
            "code",
            OURS,
            "What is counted. Cases, interventions, open_referrals and open_follow_ups are those that stand today; \
                    contacts, sessions, ended_referrals and ended_follow_ups those of a week.",
        ),
        Column::new("status", Kind::Text, "code", OURS, "Where it stands, or what came of it."),
        Column::new("week", Kind::Day, "date", OURS, "The Monday of the week; empty for what stands today."),
        Column::new("tier", Kind::Whole, "tier", OURS, "The tier of support; empty where it has none."),
        Column::new(
            "waiting",
            Kind::Text,
            "code",
            OURS,
            "How long an open referral has stood where it stands: under_a_week, one_to_two_weeks, two_to_four_weeks or \
                    over_four_weeks; empty for what is no open referral.",
        ),
        Column::new(
            "due",
            Kind::Text,
            "code",
            OURS,
            "Whether an open follow-up is overdue, due today or later; empty for what is no open follow-up.",
        ),
        Column::new("number", Kind::Whole, "things counted", OURS, "How many; empty where fewer than ten."),
        Column::new(
            "minutes",
            Kind::Whole,
            "minutes",
            OURS,
            "How long contacts or sessions took together: the dosage delivered. Empty where the number is, and for \
                    what takes no time.",
        ),
    ],
};

/// The rows of a school.
pub fn figures(school: &SchoolFigures) -> Vec<Vec<Cell>> {
    let measures = [
        ("cases", &school.cases),
        ("interventions", &school.interventions),
        ("contacts", &school.contacts),
        ("sessions", &school.sessions),
        ("open_referrals", &school.open_referrals),
        ("ended_referrals", &school.ended_referrals),
        ("open_follow_ups", &school.open_follow_ups),
        ("ended_follow_ups", &school.ended_follow_ups),
    ];
    let numbers = measures.into_iter().flat_map(|(measure, all)| all.iter().map(move |figure| (measure, figure)));
    numbers.map(|(measure, figure)| row(school, measure, figure)).collect()
}

fn row(school: &SchoolFigures, measure: &str, figure: &Figure) -> Vec<Cell> {
    let word = |word: Option<&'static str>| word.map_or(Cell::Empty, Cell::text);
    vec![
        Cell::text(school.school.uuid().to_string()),
        Cell::Day(school.today),
        Cell::text(measure),
        Cell::text(figure.status.as_str()),
        figure.week.map_or(Cell::Empty, Cell::Day),
        Cell::whole(figure.tier),
        word(figure.waiting.map(Waiting::into)),
        word(figure.due.map(DueState::into)),
        Cell::whole(figure.number),
        Cell::whole(figure.minutes),
    ]
}

#[cfg(test)]
mod tests {
    use application::figures::{CellRow, Measure, Progress};
    use chrono::NaiveDate;
    use domain::SchoolId;

    use super::*;

    #[test]
    fn a_row_has_what_its_columns_say_and_no_small_number() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 11).expect("a day");
        let week = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        let cell = |measure, code: &str, day, number| CellRow {
            measure,
            code: code.to_owned(),
            tier: if measure == Measure::Sessions { 2 } else { 0 },
            day,
            number,
            minutes: 20 * number,
        };
        let cells = [
            cell(Measure::Sessions, "held", week, 12),
            cell(Measure::Contacts, "made", week, 9),
            cell(Measure::OpenFollowUps, "open", week, 10),
        ];
        let told = SchoolFigures::of((SchoolId::default(), today, week), &cells, Progress::default(), false);
        let written: Vec<String> = figures(&told)
            .iter()
            .map(|row| {
                assert_eq!(row.len(), FIGURES.columns.len());
                row[2..].iter().map(Cell::written).collect::<Vec<_>>().join(",")
            })
            .collect();
        let expected = [
            "contacts,made,2026-03-02,,,,,",
            "sessions,held,2026-03-02,2,,,12,240",
            "open_follow_ups,open,,,,overdue,10,",
        ];
        assert_eq!(written, expected);
    }
}
