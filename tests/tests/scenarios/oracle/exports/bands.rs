//! Bands at each school month by month, counted from the stories.
use proptest::prelude::*;
use uuid::Uuid;

use super::{
    FEWEST,
    story::{Away, Story},
    tables::Rows,
};

/// The months in which there was school, and attendance was submitted.
const MONTHS: [&str; 3] = ["2026-01", "2026-02", "2026-03"];

/// What is told is what there is, and from it nothing follows about few.
pub fn bands_are_what_happened(rows: &Rows, stories: &[Story], schools: [Uuid; 2]) -> Result<(), TestCaseError> {
    for (at, school) in schools.into_iter().enumerate() {
        let of_school: Vec<_> = rows.iter().filter(|row| row["school"] == school.to_string()).collect();
        let own: Vec<&Story> = stories.iter().filter(|story| story.school == at).collect();
        // Who is away every second day is severe in each of them.
        let severe = own.iter().filter(|story| story.away != Away::Never).count();
        let on_track = own.len() - severe;
        let is_few = |number: usize| (1..FEWEST).contains(&number);
        let told = |number: usize, others: usize| {
            if number >= FEWEST && !is_few(others) { number.to_string() } else { String::new() }
        };
        let expected = [
            ("students", told(own.len(), 0)),
            ("on_track", told(on_track, severe)),
            ("severe", told(severe, on_track)),
            ("at_risk", String::new()),
            ("chronic", String::new()),
            ("unknown", String::new()),
        ];
        let months: Vec<&str> = of_school.iter().map(|row| &row["as_of"][..7]).collect();
        prop_assert_eq!(months, MONTHS);
        for row in of_school {
            for (column, expected) in &expected {
                prop_assert_eq!(
                    &row[*column],
                    expected,
                    "{} of {:?}: {} severe, {} not",
                    column,
                    row,
                    severe,
                    on_track
                );
            }
        }
    }
    prop_assert!(rows.iter().all(|row| schools.iter().any(|school| row["school"] == school.to_string())));
    Ok(())
}
