//! How many students of each school were in which band at the end of each month: a row for each school and month.
use application::answer::BandsOnAxis;
use domain::{SchoolId, policy::PolicyVersion};

use crate::exports::{Cell, Column, Kind, Sheet};

const OURS: &str = "imported enrolment and attendance, under a policy";

/// The table.
pub const BANDS: Sheet = Sheet {
    name: "school_bands",
    columns: &[
        Column::new("school", Kind::Text, "id", "the district's directory", "The school."),
        Column::new("policy", Kind::Text, "code", OURS, "The policy and its version."),
        Column::new("as_of", Kind::Day, "date", OURS, "The last day of the month that the school has submitted."),
        Column::new(
            "students",
            Kind::Whole,
            "students",
            OURS,
            "All who were enrolled. Empty, as what follows, where a \
                    number is below ten or could be worked out from the others, alone or with others that are not told.",
        ),
        Column::new("on_track", Kind::Whole, "students", OURS, "On track."),
        Column::new("at_risk", Kind::Whole, "students", OURS, "At risk."),
        Column::new("chronic", Kind::Whole, "students", OURS, "Chronic."),
        Column::new("severe", Kind::Whole, "students", OURS, "Severe."),
        Column::new("unknown", Kind::Whole, "students", OURS, "Of an unknown band."),
    ],
};

/// The rows of a school.
pub fn bands(school: SchoolId, policy: &PolicyVersion, months: &[BandsOnAxis]) -> Vec<Vec<Cell>> {
    let row = |month: &BandsOnAxis| {
        let numbers = [month.students, month.on_track, month.at_risk, month.chronic, month.severe, month.unknown]
            .map(Cell::whole);
        let head = [Cell::text(school.uuid().to_string()), Cell::text(policy.to_string()), Cell::Day(month.as_of)];
        head.into_iter().chain(numbers).collect()
    };
    months.iter().map(row).collect()
}
