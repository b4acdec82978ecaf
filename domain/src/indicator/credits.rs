//! Credits: what a student attempted, and what was earned of it.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{SchoolYear, StudentYear};

/// The credits of one course, as the student's transcript has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseCredits {
    /// The school year in which the course was taken.
    pub school_year: SchoolYear,
    /// The last day of its term, where somebody says it.
    pub until: Option<NaiveDate>,
    /// Credits attempted, in hundredths.
    pub attempted: u32,
    /// Credits earned, in hundredths.
    pub earned: u32,
}

/// Credits as they stand, in hundredths of a credit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"attempted": 700, "earned": 550, "earned_in_all": 1650}))]
pub struct Credits {
    /// Attempted in this school year, of courses whose term is over.
    pub attempted: u32,
    /// Of these, earned.
    pub earned: u32,
    /// Earned in this school year and all before it.
    pub earned_in_all: u32,
}

impl Credits {
    /// What was attempted in this school year and not earned.
    pub fn missed(&self) -> u32 {
        self.attempted.saturating_sub(self.earned)
    }
}

impl StudentYear {
    /// The credits of terms that were over on `as_of`; nothing where no transcript tells of any.
    pub fn credits(&self, as_of: NaiveDate) -> Option<Credits> {
        let over = self.credits.iter().filter(|course| course.until.is_none_or(|until| until <= as_of));
        over.fold(None, |all: Option<Credits>, course| {
            let all = all.unwrap_or_default();
            let this_year = u32::from(course.school_year == SchoolYear::of(as_of));
            Some(Credits {
                attempted: all.attempted + course.attempted * this_year,
                earned: all.earned + course.earned * this_year,
                earned_in_all: all.earned_in_all + course.earned,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::given::{day, year};

    fn course(year: i16, until: Option<&str>, attempted: u32, earned: u32) -> CourseCredits {
        CourseCredits { school_year: SchoolYear::from(year), until: until.map(day), attempted, earned }
    }

    #[test]
    fn credits_count_once_their_term_is_over_and_those_of_earlier_years_in_all() {
        let credits = vec![
            course(2025, Some("2025-06-20"), 600, 500),
            course(2026, Some("2026-01-30"), 300, 200),
            course(2026, Some("2026-06-20"), 300, 300),
            course(2026, None, 100, 0),
        ];
        let year = StudentYear { credits, ..year() };
        let in_march = year.credits(day("2026-03-31")).expect("credits");
        assert_eq!(in_march, Credits { attempted: 400, earned: 200, earned_in_all: 700 });
        assert_eq!(in_march.missed(), 200);
        assert_eq!(year.credits(day("2026-06-30")).map(|credits| credits.earned_in_all), Some(1_000));
    }

    #[test]
    fn without_a_transcript_nothing_is_known_of_credits() {
        assert_eq!(year().credits(day("2026-03-31")), None);
    }
}
