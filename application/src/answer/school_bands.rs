//! How many of a school's students are in which band.
use chrono::NaiveDate;
use domain::{SchoolId, case::Band, policy::PolicyVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FEW;

/// A school's students, counted by band. A number is absent where it is fewer than ten, or could be worked out from the
/// others, alone or with others that are absent, and the caller works across schools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school": "0192a000-0000-7000-8000-000000000001", "as_of": "2026-03-04", "known_through": "2026-03-03",
    "policy": {"name": "attendance-works", "version": 1}, "in_force": true,
    "students": 412, "on_track": 301, "at_risk": 54, "chronic": 38, "severe": 12, "unknown": 7
}))]
pub struct SchoolBands {
    /// The school.
    pub school: SchoolId,
    /// The day as of which bands are judged.
    pub as_of: NaiveDate,
    /// The last day for which the school has submitted attendance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub known_through: Option<NaiveDate>,
    /// The policy.
    pub policy: PolicyVersion,
    /// Whether it was in force on that day.
    pub in_force: bool,
    /// Students enrolled on that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students: Option<u32>,
    /// On track.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub on_track: Option<u32>,
    /// At risk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub at_risk: Option<u32>,
    /// Chronic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chronic: Option<u32>,
    /// Severe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub severe: Option<u32>,
    /// Of an unknown band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub unknown: Option<u32>,
}

/// How many are in which band, each told or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandCounts {
    /// All of them together.
    pub students: Option<u32>,
    /// On track, at risk, chronic, severe, unknown.
    pub cells: [Option<u32>; 5],
}

impl BandCounts {
    /// Counts bands.
    pub fn of(bands: impl IntoIterator<Item = Option<Band>>, small_numbers: bool) -> Self {
        let mut cells = [0_u32; 5];
        for band in bands {
            let cell = match band {
                Some(Band::OnTrack) => 0,
                Some(Band::AtRisk) => 1,
                Some(Band::Chronic) => 2,
                Some(Band::Severe) => 3,
                None => 4,
            };
            cells[cell] += 1;
        }
        let students: u32 = cells.iter().sum();
        let told = |number: u32| (small_numbers || number >= FEW).then_some(number);
        let mut told_cells = cells.map(told);
        while could_be_worked_out(students, &told_cells)
            && let Some(smallest) = told_cells.iter_mut().filter(|cell| cell.is_some()).min()
        {
            *smallest = None;
        }
        Self { students: told(students), cells: told_cells }
    }
}

/// Whether the sum gives away a number that is not told, being the only one, or how few are left over together.
fn could_be_worked_out(students: u32, told: &[Option<u32>]) -> bool {
    let left_over = students - told.iter().flatten().sum::<u32>();
    let not_told = told.iter().filter(|cell| cell.is_none()).count();
    not_told == 1 || (not_told > 1 && (1..FEW).contains(&left_over))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(numbers: [usize; 5], small_numbers: bool) -> BandCounts {
        let bands = [Some(Band::OnTrack), Some(Band::AtRisk), Some(Band::Chronic), Some(Band::Severe), None];
        let all = bands.into_iter().zip(numbers).flat_map(|(band, number)| vec![band; number]);
        BandCounts::of(all, small_numbers)
    }

    #[test]
    fn within_the_school_every_number_is_told() {
        assert_eq!(counts([50, 9, 3, 1, 0], true).cells, [Some(50), Some(9), Some(3), Some(1), Some(0)]);
    }

    #[test]
    fn across_schools_a_small_number_is_not_told_nor_can_it_be_worked_out() {
        let told = counts([50, 20, 30, 9, 12], false);
        assert_eq!((told.students, told.cells), (Some(121), [Some(50), Some(20), Some(30), None, None]));
        let two = counts([50, 20, 9, 9, 12], false);
        assert_eq!(two.cells, [Some(50), Some(20), None, None, Some(12)]);
        assert_eq!(counts([9, 0, 0, 0, 0], false).students, None);
    }

    #[test]
    fn nor_can_be_worked_out_how_few_are_left_over_together() {
        let told = counts([37, 0, 0, 3, 0], false);
        assert_eq!((told.students, told.cells), (Some(40), [None; 5]), "three are not on track");
        let told = counts([50, 4, 0, 12, 3], false);
        assert_eq!((told.students, told.cells), (Some(69), [Some(50), None, None, None, None]));
        let told = counts([11, 0, 0, 0, 0], false);
        assert_eq!((told.students, told.cells), (Some(11), [Some(11), None, None, None, None]), "nobody is left over");
    }
}
